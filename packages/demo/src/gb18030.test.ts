import { expect, test } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'

test.each(['plain, "ASCII"\r\n', '会员姓名·阿依古丽', '䶮', '138', '€', '㛃'])('%j is read back unchanged', (text) => {
  expect(new TextDecoder('gb18030', { fatal: true }).decode(encodeGb18030(text))).toBe(text)
})

test('a character outside the basic plane is refused, not lost', () => {
  expect(() => encodeGb18030('𠮷')).toThrow(RangeError)
})
