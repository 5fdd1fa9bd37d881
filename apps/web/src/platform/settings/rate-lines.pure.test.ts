import { expect, test } from 'vitest'
import { rateLines, UnreadableLine } from './rate-lines.ts'

test('a heading, empty lines, a mark and any of the usual separators are read', () => {
  expect(rateLines('\ufeff货币,日期,汇率\r\nUSD,2026-03-01,7.2\r\n\r\njpy;2026-03-01;0.048\nEUR\t2026-03-02\t"7.8"')).toEqual([
    { currency: 'USD', day: '2026-03-01', rate: 7.2 },
    { currency: 'JPY', day: '2026-03-01', rate: 0.048 },
    { currency: 'EUR', day: '2026-03-02', rate: 7.8 },
  ])
})

test.each([
  ['USD,2026-03-01,7.2\nUSD,yesterday,7', 2, 'USD,yesterday,7'],
  ['USD,2026-03-01,', 1, 'USD,2026-03-01,'],
  ['DOLLAR,2026-03-01,7', 1, 'DOLLAR,2026-03-01,7'],
])('the first line that is no rate is named: %s', (text, line, content) => {
  expect(() => rateLines(text)).toThrow(expect.objectContaining({ line, text: content }))
  expect(() => rateLines(text)).toThrow(UnreadableLine)
})
