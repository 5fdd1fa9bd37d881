import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'
import { terminalLocale } from './text.ts'

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_TW.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
  [{ LANG: 'C' }, 'en'],
  [{}, 'en'],
])('the terminal %j speaks %s', (env, locale) => {
  expect(terminalLocale(env)).toBe(locale)
})

test('the nearest word is one that may be meant', () => {
  expect(nearest('exprot', ['import', 'export'])).toBe('export')
  expect(nearest('xyzzy', ['import', 'export'])).toBeUndefined()
})
