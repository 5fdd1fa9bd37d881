import { expect, test } from 'vitest'
import { firstCharacter } from './first-character.ts'

test.each([
  ['王小明', '王'],
  [' ana', 'A'],
  ['𠮷田', '𠮷'],
  ['e\u0301mile', 'E\u0301'],
  ['葛\u{e0100}城', '葛\u{e0100}'],
  ['👩‍🚀 Ann', '👩‍🚀'],
  ['นิดา', 'นิ'],
  ['7 Eleven', '7'],
  ['  ', '·'],
])('the first character of %j is %j', (name, first) => {
  expect(firstCharacter(name)).toBe(first)
})
