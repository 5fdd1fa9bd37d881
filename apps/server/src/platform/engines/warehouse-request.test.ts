import { expect, test } from 'vitest'
import { insertedFormat, isStreamable, literal, queryRequest, settingsStatement } from './warehouse-request.ts'

test('names of the protocol are kept apart from settings and values', () => {
  const request = queryRequest(new URLSearchParams('query=select+1&database=a`b&max_threads=2&param_x=y&wait_end_of_query=1'))
  expect(request).toMatchObject({ sql: 'select 1', database: '`a\\`b`', format: 'TabSeparated' })
  expect(settingsStatement(request.settings)).toBe("SET max_threads = '2', param_x = 'y'")
})

test('a name that could smuggle in a statement is refused', () => {
  expect(() => queryRequest(new URLSearchParams({ 'a=1; drop table b; SET c': '1' }))).toThrow('UNKNOWN_SETTING')
})

test.each([
  ["a'b", "'a\\'b'"],
  ['a\\', "'a\\\\'"],
  ['名\n\t\0', "'名\\n\\t\\0'"],
])('%j is written as %s', (value, written) => {
  expect(literal(value)).toBe(written)
})

test.each([
  ['INSERT INTO t FORMAT JSONEachRow', 'JSONEachRow'],
  ['insert into d.t (a, b)\nformat CSV', 'CSV'],
  ['insert into t select 1', undefined],
  ['insert into t values (1)', undefined],
  ['select 1 format JSON', undefined],
])('%j announces rows as %s', (sql, format) => {
  expect(insertedFormat(sql)).toBe(format)
})

test.each([
  ['select 1\nFORMAT JSONEachRow', true],
  ['with 1 as a select a FORMAT JSONCompactEachRow;', true],
  ['select 1', true],
  ['select 1 FORMAT JSON', false],
  ['select 1 FORMAT CSVWithNames', false],
  ['show tables FORMAT JSONEachRow', false],
])('%j is streamed: %s', (sql, streamed) => {
  expect(isStreamable(sql, 'TabSeparated')).toBe(streamed)
})
