import { expect, test } from 'vitest'
import { cronOf, scheduleOf } from './cron.ts'

test.each([
  [null, { every: 'never' }],
  ['0 3 * * *', { every: 'day', time: '03:00' }],
  ['30 22 * * 1', { every: 'week', time: '22:30' }],
  ['5 4 1 * *', { every: 'month', time: '04:05' }],
  ['30 3 * * 1-5', { every: 'other', cron: '30 3 * * 1-5' }],
  ['0 3 1 * 1', { every: 'other', cron: '0 3 1 * 1' }],
] as const)('the schedule %j is said as %j, and back', (cron, schedule) => {
  expect(scheduleOf(cron)).toEqual(schedule)
  expect(cronOf(schedule)).toBe(cron)
})
