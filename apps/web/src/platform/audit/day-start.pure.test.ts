import { expect, test } from 'vitest'
import { dayStart, nextDay } from './day-start.ts'

test.each([
  ['2026-03-01', 'Asia/Shanghai', '2026-02-28T16:00:00.000Z'],
  ['2026-03-01', 'UTC', '2026-03-01T00:00:00.000Z'],
  ['2026-01-15', 'America/New_York', '2026-01-15T05:00:00.000Z'],
  // Clocks go forward at 02:00 of this day, and back at 02:00 of the next.
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
])('%s in %s begins at %s', (day, zone, instant) => {
  expect(dayStart(day, zone)).toBe(instant)
})

test('the day after the last of February is the first of March', () => {
  expect(nextDay('2026-02-28')).toBe('2026-03-01')
})
