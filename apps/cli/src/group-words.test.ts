import { expect, test } from 'vitest'
import { groupOf, levelOf } from './group-words.ts'

test.each([
  ['rfm', 'cannot-lose', 'cannot-lose'],
  ['rfm', '不能失去', 'cannot-lose'],
  ['rfm', "can't lose", 'cannot-lose'],
  ['abc', 'a', 'A'],
  ['clv', 'VIP', 'vip'],
] as const)('of %s: %s means %s', (method, written, group) => {
  expect(groupOf(method, written)).toBe(group)
})

test('a group that there is not is refused with the nearest', () => {
  expect(() => groupOf('rfm', 'at-rsk')).toThrow(expect.objectContaining({ values: expect.objectContaining({ meant: 'at-risk' }) }))
  expect(() => levelOf('keys')).toThrow(expect.objectContaining({ values: expect.objectContaining({ meant: 'key' }) }))
})
