import { expect, test } from 'vitest'
import { difference } from './difference.ts'

const text = (wanted: string, present: string) => difference(Buffer.from(wanted), present).toString()

test('rows of a record that is new are inserted as they are', () => {
  expect(text('1\ta\t1\n1\tb\t1\n', '')).toBe('1\ta\t1\n1\tb\t1\n')
})

test('rows that are there already are neither repeated nor taken away', () => {
  expect(text('1\ta\t1\n1\ta\t1\n', '1\ta\t2\n')).toBe('')
})

test('what changed is taken away and added', () => {
  expect(text('1\tnew\t1\n2\tsame\t1\n', '1\told\t1\n2\tsame\t1\n')).toBe('1\tnew\t1\n1\told\t-1\n')
})

test('what is there too often is taken away as often, and what was taken away too often comes back', () => {
  expect(text('1\ta\t1\n2\tb\t1\n', '1\ta\t3\n2\tb\t-1\n')).toBe('1\ta\t-1\n1\ta\t-1\n2\tb\t1\n2\tb\t1\n')
})

test('nothing is left of a record that does not count any more', () => {
  expect(text('', '1\ta\t1\n')).toBe('1\ta\t-1\n')
})

test.each([
  ['a quote', "L'Aquila", "L\\'Aquila"],
  ['a backslash before a quote', "\\\\'", "\\\\\\'"],
  ['a vertical tab', '\\v', '\v'],
  ['a line end and a tab', '\\n\\t', '\\n\\t'],
  ['a missing value', '\\N', '\\N'],
])('%s is the same as the engines write it', (_name, postgres, warehouse) => {
  expect(text(`${postgres}\t1\n`, `${warehouse}\t1\n`)).toBe('')
})
