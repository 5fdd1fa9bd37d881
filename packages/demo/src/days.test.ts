import { expect, test } from 'vitest'
import { createCalendar } from './calendar.ts'
import { clockTime, dayOf, festivals, firstDayOfTwoYears, isoDay, weekday } from './days.ts'
import { createRandom } from './random.ts'

test('the feasts fall on the published days', () => {
  const { spring, midAutumn } = festivals(dayOf('2024-01-01'), dayOf('2026-12-31'))
  expect(spring.map(isoDay)).toEqual(['2024-02-10', '2025-01-29', '2026-02-17'])
  expect(midAutumn.map(isoDay)).toEqual(['2024-09-17', '2025-10-06', '2026-09-25'])
})

test('two years end with the last day', () => {
  expect(isoDay(firstDayOfTwoYears(dayOf('2026-06-30')))).toBe('2024-07-01')
  expect(isoDay(firstDayOfTwoYears(dayOf('2024-02-29')))).toBe('2022-03-01')
})

test.each(['2025-02-30', '2025-1-1', 'yesterday'])('%s is no date', (text) => expect(() => dayOf(text)).toThrow(RangeError))

test('days and seconds have their usual names', () => {
  expect(weekday(dayOf('2025-03-09'))).toBe(0)
  expect(clockTime(86_399)).toBe('23:59:59')
})

const calendar = createCalendar(dayOf('2024-07-01'), dayOf('2026-06-30'))

test('companies buy on no weekend', () => {
  const random = createRandom(1, 'days')
  const days = Array.from({ length: 500 }, () => weekday(calendar.someDay(random, 'company', calendar.first, calendar.last)))
  expect(days.filter((day) => day === 0 || day === 6)).toEqual([])
})

test('the whole period passes in its own length, and nothing comes after it', () => {
  const length = calendar.last - calendar.first + 1
  expect(calendar.after('gift', calendar.first - 1, length - 0.001)).toBe(calendar.last)
  expect(calendar.after('gift', calendar.first - 1, length)).toBe(null)
})

test('gift buyers come before the feasts', () => {
  const random = createRandom(1, 'days')
  const months = Array.from({ length: 1000 }, () => isoDay(calendar.someDay(random, 'gift', calendar.first, calendar.last)).slice(5, 7))
  expect(months.filter((month) => ['01', '02', '09', '10', '08'].includes(month)).length).toBeGreaterThan(700)
})
