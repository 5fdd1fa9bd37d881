import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBirthDate } from './birth-date.ts'
import { type DateFormat, detectDateFormat, parseDate, parseDateTime } from './date-time.ts'

const shanghai = 'Asia/Shanghai'
const iso = (raw: string, timeZone = shanghai, format?: DateFormat) => {
  const parsed = parseDateTime(raw, timeZone, { format })
  return typeof parsed === 'string' ? parsed : parsed.toISOString()
}

describe('instants', () => {
  test.each([
    ['2026-01-03', '2026-01-02T16:00:00.000Z'],
    ['2026-01-03 08:05', '2026-01-03T00:05:00.000Z'],
    ['2026-01-03T08:05:09', '2026-01-03T00:05:09.000Z'],
    ['2026-01-03T08:05:09.123Z', '2026-01-03T08:05:09.123Z'],
    ['2026-01-03T08:05:09+02:00', '2026-01-03T06:05:09.000Z'],
    ['2026/1/3 8:05', '2026-01-03T00:05:00.000Z'],
    ['2026.1.3 8:05:06', '2026-01-03T00:05:06.000Z'],
    ['2026年1月3日', '2026-01-02T16:00:00.000Z'],
    ['2026年1月3日 下午3点20分', '2026-01-03T07:20:00.000Z'],
    ['2026年1月3日 星期六 15:20', '2026-01-03T07:20:00.000Z'],
    ['2026/1/3 上午 8:05', '2026-01-03T00:05:00.000Z'],
    ['2026-01-03 24:00', '2026-01-03T16:00:00.000Z'],
    ['20260103', '2026-01-02T16:00:00.000Z'],
    ['20260103080500', '2026-01-03T00:05:00.000Z'],
    ['46025', '2026-01-02T16:00:00.000Z'],
    ['46025.5', '2026-01-03T04:00:00.000Z'],
    ['1767398400', '2026-01-03T00:00:00.000Z'],
    ['1767398400123', '2026-01-03T00:00:00.123Z'],
    ['3 Jan 2026', '2026-01-02T16:00:00.000Z'],
    ['January 3, 2026 8:05 PM', '2026-01-03T12:05:00.000Z'],
    ['13/1/2010', '2010-01-12T16:00:00.000Z'],
    ['1/13/2010', '2010-01-12T16:00:00.000Z'],
    ['２０２６－０１－０３', '2026-01-02T16:00:00.000Z'],
  ])('%s in Shanghai is %s', (raw, instant) => {
    expect(iso(raw)).toBe(instant)
  })

  test.each([
    '',
    'today',
    '2026-02-30',
    '2026-13-01',
    '2026-01-03 25:00',
    '2026-01-03 8:61',
    '1/2/3/4',
    '99999999',
    '2026-1',
    '12.5',
    '0000-01-01',
    '7'.repeat(500),
    '2026-01-03 abc',
  ])('%s is no time', (raw) => {
    expect(iso(raw)).toBe('date-invalid')
  })

  test('12/1/2010 needs the order of its column', () => {
    expect(iso('12/1/2010 8:26', 'UTC')).toBe('date-ambiguous')
    expect(iso('12/1/2010 8:26', 'UTC', 'month-first')).toBe('2010-12-01T08:26:00.000Z')
    expect(iso('12/1/10 8:26', 'UTC', 'month-first')).toBe('2010-12-01T08:26:00.000Z')
    expect(iso('12/1/2010 8:26', 'UTC', 'day-first')).toBe('2010-01-12T08:26:00.000Z')
    expect(iso('13/1/2010', 'UTC', 'month-first')).toBe('date-invalid')
  })

  test('hours that daylight saving skips or doubles are settled', () => {
    expect(iso('2026-03-29 02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(iso('2026-10-25 02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(iso('2026-10-25 03:30', 'Europe/Berlin')).toBe('2026-10-25T02:30:00.000Z')
    expect(iso('2026-03-08 02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(iso('1988-07-01 12:00', shanghai)).toBe('1988-07-01T03:00:00.000Z')
  })

  test('any local time comes back when its instant is shown in the zone', () => {
    const zones = [shanghai, 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), fc.constantFrom(...zones), (seconds, timeZone) => {
        const shown = (at: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
        const local = shown(new Date(seconds * 1000))
        const parsed = parseDateTime(local, timeZone)
        expect(shown(parsed as Date)).toBe(local)
      }),
      { numRuns: 400 },
    )
  })

  test('no text makes it throw', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d\-/.: TZ年月日+]{1,25}$/))
    const holds = (text: string) => {
      const parsed = parseDateTime(text, shanghai)
      parseDate(text)
      parseBirthDate(text)
      detectDateFormat([text])
      return typeof parsed === 'string' || !Number.isNaN(parsed.getTime())
    }
    expect(() => fc.assert(fc.property(texts, holds))).not.toThrow()
  })
})

test.each([
  ['2026/1/3 8:05', '2026-01-03'],
  ['20260103', '2026-01-03'],
  ['2026-02-30', 'date-invalid'],
  ['1/2/2026', 'date-ambiguous'],
])('the day of %s is %s', (raw, day) => {
  expect(parseDate(raw)).toBe(day)
})

describe('the format of a column', () => {
  test.each([
    [['12/1/2010 8:26', '12/13/2010 9:00'], 'month-first', false],
    [['1/12/2010', '13/12/2010'], 'day-first', false],
    [['1/12/2010', '2/12/2010'], 'month-first', true],
    [['2026-01-03', '2026/1/4', ''], 'year-first', false],
    [['20260103', '20260104'], 'year-first', false],
    [['46025', '46026.25'], 'excel-serial', false],
    [['1767398400', '1767398401'], 'unix-seconds', false],
    [['1767398400000'], 'unix-milliseconds', false],
  ] as const)('%j is %s, ambiguous: %s', (samples, format, ambiguous) => {
    expect(detectDateFormat(samples)).toMatchObject({ format, ambiguous, fit: 1 })
  })

  test('text, prices and few dates among others are no dates', () => {
    expect(detectDateFormat(['a', 'b', '2026-01-03'])).toBeUndefined()
    expect(detectDateFormat(['12.50', '3.99', '8'])).toBeUndefined()
    expect(detectDateFormat([])).toBeUndefined()
  })
})

describe('birth dates', () => {
  const solar = (year: number | null, month: number, day: number) => ({ calendar: 'solar', year, month, day, leap: false })
  const lunar = (year: number | null, month: number, day: number, leap = false) => ({ calendar: 'lunar', year, month, day, leap })
  test.each([
    ['1990-02-03', solar(1990, 2, 3)],
    ['1990/2/3', solar(1990, 2, 3)],
    ['19900203', solar(1990, 2, 3)],
    ['1990.2.3', solar(1990, 2, 3)],
    ['1990年2月3日', solar(1990, 2, 3)],
    ['90年2月3日', solar(1990, 2, 3)],
    ['90-02-03', solar(1990, 2, 3)],
    ['1990-02-03 00:00:00', solar(1990, 2, 3)],
    ['05-12', solar(null, 5, 12)],
    ['5月12日', solar(null, 5, 12)],
    ['02-29', solar(null, 2, 29)],
    ['公历1990年5月12日', solar(1990, 5, 12)],
    ['农历正月十五', lunar(null, 1, 15)],
    ['腊月廿三', lunar(null, 12, 23)],
    ['农历1990年闰五月初八', lunar(1990, 5, 8, true)],
    ['阴历1990-05-12', lunar(1990, 5, 12)],
    ['1990-05-30(农历)', lunar(1990, 5, 30)],
    ['一九九〇年八月十五', solar(1990, 8, 15)],
    ['农历一九九〇年八月十五', lunar(1990, 8, 15)],
    ['八月初二', lunar(null, 8, 2)],
    ['冬月三十', lunar(null, 11, 30)],
  ])('%s', (raw, date) => {
    expect(parseBirthDate(raw)).toEqual(date)
  })

  test.each([
    '',
    '1990-02-30',
    '1991-02-29',
    '农历1990年5月31日',
    '1990-13-01',
    '1700-01-01',
    '13-40',
    '1/2/1990',
    '32907',
    '1767398400',
    '不详',
    '九月',
  ])('%s is refused', (raw) => {
    expect(parseBirthDate(raw)).toBeUndefined()
  })

  test('the column settles serial numbers and the order of days and months', () => {
    expect(parseBirthDate('32907', { format: 'excel-serial' })).toEqual(solar(1990, 2, 3))
    expect(parseBirthDate('2/3/1990', { format: 'month-first' })).toEqual(solar(1990, 2, 3))
    expect(parseBirthDate('3/2/1990', { format: 'day-first' })).toEqual(solar(1990, 2, 3))
  })
})
