import { expect, test } from 'vitest'
import { ageOf } from './age.ts'

const now = new Date(2026, 10, 21)
const born = (year: number | null, month: number, day: number, calendar: 'solar' | 'lunar' = 'solar') => ({
  calendar,
  year,
  month,
  day,
  leap: false,
})

test.each([
  ['the birthday has been', born(1988, 11, 21), 38],
  ['the birthday is to come', born(1988, 11, 22), 37],
  ['the year is unknown', born(null, 1, 1), undefined],
  ['the date is lunar', born(1988, 1, 1, 'lunar'), undefined],
  ['the day is covered', { calendar: 'solar' as const, year: 1988 }, undefined],
])('age when %s', (_, birth, age) => {
  expect(ageOf(birth, now)).toBe(age)
})
