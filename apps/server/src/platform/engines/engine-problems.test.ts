import { expect, test } from 'vitest'
import { EngineProblem, engineProblems, isDiskFull } from './engine-problems.ts'

test('a problem is one sentence in each language, with its details filled in', () => {
  const problem = new EngineProblem('disk-full', { folder: '/srv/data', freeMegabytes: 12, neededMegabytes: 200 })
  expect(problem.message).toBe('The disk of the data folder /srv/data has only 12 MB left; at least 200 MB are needed to start.')
  expect(problem.texts.zh).toBe('数据目录 /srv/data 所在磁盘仅剩 12 MB；启动至少需要 200 MB。')
})

test('both languages of a sentence name the same details', () => {
  const named = (sentence: string) => new Set(sentence.match(/\{\w+\}/g))
  for (const { en, zh } of Object.values(engineProblems)) expect(named(zh)).toEqual(named(en))
})

test.each([
  ['the file system', Object.assign(new Error('write'), { code: 'ENOSPC' })],
  ['a quota', Object.assign(new Error('write'), { code: 'EDQUOT' })],
  ['PostgreSQL', Object.assign(new Error('could not extend file'), { code: '53100' })],
  ['the warehouse', Object.assign(new Error('Cannot reserve 1.00 MiB, not enough space'), { code: '243', type: 'NOT_ENOUGH_SPACE' })],
  ['a program of PostgreSQL', new Error('initdb: error: could not write to file: No space left on device')],
  ['another error around it', new Error('import failed', { cause: Object.assign(new Error('write'), { code: 'ENOSPC' }) })],
])('a full disk is recognised from %s', (_, error) => {
  expect(isDiskFull(error)).toBe(true)
})

test.each([[new Error('no')], [undefined], ['ENOSPC'], [Object.assign(new Error('duplicate key'), { code: '23505' })]])(
  'other failures are not a full disk: %s',
  (error) => {
    expect(isDiskFull(error)).toBe(false)
  },
)
