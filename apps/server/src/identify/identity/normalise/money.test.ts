import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectDecimalMark, parseAmount, parseCurrency, parsePrice, parseQuantity } from './money.ts'

describe('amounts in minor units', () => {
  test.each([
    ['0', 0],
    ['12', 1200],
    ['12.3', 1230],
    ['-12.34', -1234],
    ['+5', 500],
    ['0.07', 7],
    ['1,234.50', 123450],
    ['1,234', 123400],
    ['12,34,567.00', 123456700],
    ['1.234,50', 123450],
    ['1 234,50', 123450],
    ["1'234.50", 123450],
    ['1,5', 150],
    ['(12.00)', -1200],
    ['12.00-', -1200],
    ['−3', -300],
    ['.5', 50],
    ['5.', 500],
    ['１２３．４５', 12345],
    ['12.5万', 12500000],
    ['1.2亿', 12000000000],
    ['3k', 300000],
    ['1.2E+3', 120000],
    ['1.5e-1', 15],
    ['1.234.567', 123456700],
    ['90071992547409.91', 9007199254740991],
  ])('%s is %i', (raw, value) => {
    expect(parseAmount(raw)).toEqual({ value })
  })

  test.each([
    ['¥1,234.50', 123450, 'CNY'],
    ['￥ 12', 1200, 'CNY'],
    ['12元', 1200, 'CNY'],
    ['12元整', 1200, 'CNY'],
    ['人民币12.5万元', 12500000, 'CNY'],
    ['-¥12', -1200, 'CNY'],
    ['¥-12', -1200, 'CNY'],
    ['(US$12.00)', -1200, 'USD'],
    ['$3.50', 350, 'USD'],
    ['12 USD', 1200, 'USD'],
    ['HK$8', 800, 'HKD'],
    ['1.234,50 €', 123450, 'EUR'],
    ['JPY 500', 500, 'JPY'],
    ['1.5 KWD', 1500, 'KWD'],
    ['RMB 20', 2000, 'CNY'],
    ['20RMB', 2000, 'CNY'],
    ['12.5万', 12500000, undefined],
  ])('%s is %i %s', (raw, value, currency) => {
    expect(parseAmount(raw)).toEqual(currency ? { value, currency } : { value })
  })

  test.each([
    ['0.005', 1],
    ['-0.005', -1],
    ['8.324', 832],
    ['29.330000000000002', 2933],
    ['0.30000000000000004', 30],
    ['29.999999999999996', 3000],
  ])('%s is finer than a cent and is rounded to %i, and says so', (raw, value) => {
    expect(parseAmount(raw)).toEqual({ value, rounded: true })
  })

  test.each([
    '',
    'abc',
    '12元美元',
    '1..2',
    '1,23,4',
    '--5',
    '(-5)',
    '1,2345',
    '12,345,6',
    '99999999999999999',
    '1e99',
    '五元',
    'NaN',
    'Infinity',
    '0x10',
    '1 2',
    '9'.repeat(4000),
  ])('%s is no amount', (raw) => {
    expect(typeof parseAmount(raw)).toBe('string')
  })

  test('a known decimal mark settles what is ambiguous', () => {
    expect(parseAmount('1,234', { decimal: ',' })).toEqual({ value: 123, rounded: true })
    expect(parseAmount('1.234', { decimal: ',' })).toEqual({ value: 123400 })
    expect(parseAmount('12,5', { decimal: ',' })).toEqual({ value: 1250 })
    expect(parseAmount('12.5', { decimal: ',' })).toBe('money-invalid')
  })

  test('any integer of cents comes back from its decimal text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        const digits = String(Math.abs(cents)).padStart(3, '0')
        const text = `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
        expect(parseAmount(text)).toEqual({ value: cents })
      }),
    )
  })

  test('no text makes it throw or give anything but a safe integer', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+(¥$]?[\d.,]{1,20}[)元万kE]{0,3}$/))
    const isSafe = (parsed: ReturnType<typeof parseAmount>) => typeof parsed === 'string' || Number.isSafeInteger(parsed.value)
    const holds = (text: string) => isSafe(parseAmount(text)) && isSafe(parsePrice(text)) && Number.isFinite(parseQuantity(text) ?? 0)
    expect(() => fc.assert(fc.property(texts, holds))).not.toThrow()
  })
})

test('prices are in ten-thousandths', () => {
  expect(parsePrice('2.55')).toEqual({ value: 25500 })
  expect(parsePrice('0.001')).toEqual({ value: 10 })
  expect(parsePrice('¥1,234.5678')).toEqual({ value: 12345678, currency: 'CNY' })
  expect(parsePrice('500 JPY')).toEqual({ value: 5000000, currency: 'JPY' })
})

test.each([
  ['6', 6],
  ['-6', -6],
  ['1,200', 1200],
  ['2.5', 2.5],
  ['2.5kg', 2.5],
  ['3件', 3],
  ['x2', 2],
  ['12.0', 12],
  ['(3)', -3],
  ['0.1234', undefined],
  ['two', undefined],
])('%s is the quantity %s', (raw, quantity) => {
  expect(parseQuantity(raw)).toBe(quantity)
})

test('¥ and $ are the default currency where they can be', () => {
  expect([
    parseCurrency('¥'),
    parseCurrency('¥', 'JPY'),
    parseCurrency('$'),
    parseCurrency('$', 'CAD'),
    parseCurrency('元'),
    parseCurrency('cny'),
    parseCurrency('abc'),
  ]).toEqual(['CNY', 'JPY', 'USD', 'CAD', 'CNY', 'CNY', undefined])
})

test('a column tells its decimal mark', () => {
  expect(detectDecimalMark(['1.234,50', '12,5'])).toBe(',')
  expect(detectDecimalMark(['1,234.50', '3'])).toBe('.')
  expect(detectDecimalMark(['1,234', '1.234', '5'])).toBeUndefined()
})
