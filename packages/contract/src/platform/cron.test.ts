import { expect, test } from 'vitest'
import { Cron } from './cron.ts'

test.each(['* * * * *', '30 3 * * 1-5', '*/15 8-18/2 1,15 */3 7', ' 0  0 1 1 * '])('%s says when', (text) => {
  expect(Cron.safeParse(text).success).toBe(true)
})

test.each([
  '',
  '* * * *',
  '60 * * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 * 13 *',
  '0 0 * * 8',
  '5-3 * * * *',
  '*/0 * * * *',
  '0 0 * * mon',
  '* * * * * *',
])('%s is no schedule', (text) => {
  expect(Cron.safeParse(text).success).toBe(false)
})
