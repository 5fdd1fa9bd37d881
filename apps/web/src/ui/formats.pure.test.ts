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

test('a net movement carries its sign', () => {
  expect([126, -40, 0].map(zh.signed)).toEqual(['+126', '−40', '0'])
})
