import { expect, test } from 'vitest'
import { createFormats } from './formats.ts'

const now = () => new Date('2026-11-21T16:30:00Z')
const zh = createFormats({ locale: 'zh-CN', currency: 'CNY', timeZone: 'Asia/Shanghai' }, now)
const en = createFormats({ locale: 'en', currency: 'CNY', timeZone: 'Asia/Shanghai' }, now)

test('tables show every digit of an amount, cards count in 万', () => {
  expect(zh.money(4_821_050)).toBe('¥48,210.50')
  expect(zh.moneyShort(4_821_050)).toBe('¥4.8万')
  expect(en.moneyShort(4_821_050)).toBe('¥48.2K')
  expect(zh.moneyShort(9_400)).toBe('¥94')
})

test('a currency without decimals has no minor unit to divide by', () => {
  expect(en.money(1200, 'JPY')).toBe('¥1,200')
})

test('days are cut in the company’s time zone', () => {
  expect(zh.day('2026-11-21T15:59:00Z')).toBe('2026-11-21')
  expect(zh.day('2026-11-21T16:01:00Z')).toBe('2026-11-22')
  expect(zh.ago('2026-11-21T15:59:00Z')).toBe('昨天')
  expect(zh.ago('2026-11-18T20:00:00Z')).toBe('3 天前')
  expect(en.ago('2026-11-21T16:01:00Z')).toBe('today')
})

test('a long time ago is counted in months, then in years, never “last year”', () => {
  expect(zh.ago('2025-09-16T04:00:00Z')).toBe('14 个月前')
  expect(en.ago('2025-09-16T04:00:00Z')).toBe('14 months ago')
  expect(en.ago('2025-11-22T04:00:00Z')).toBe('11 months ago')
  expect(zh.ago('2024-11-20T04:00:00Z')).toBe('2 年前')
  expect(en.ago('2026-08-25T04:00:00Z')).toBe('89 days ago')
})

test('a net movement carries its sign', () => {
  expect([126, -40, 0].map(zh.signed)).toEqual(['+126', '−40', '0'])
})

test('a wall clock of the company is an instant, on both sides of a change of clocks', () => {
  const lisbon = createFormats({ locale: 'en', currency: 'EUR', timeZone: 'Europe/Lisbon' })
  expect(lisbon.instantOf('2026-03-29T00:30')).toBe('2026-03-29T00:30:00.000Z')
  expect(lisbon.instantOf('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
  expect(lisbon.instantOf('2026-10-25T12:00')).toBe('2026-10-25T12:00:00.000Z')
  expect(zh.instantOf('2026-11-21T00:00')).toBe('2026-11-20T16:00:00.000Z')
})

test('a unit price has as many decimals as it needs, at least those of its currency', () => {
  expect([zh.price(198_000), zh.price(125)]).toEqual(['¥19.80', '¥0.0125'])
})
