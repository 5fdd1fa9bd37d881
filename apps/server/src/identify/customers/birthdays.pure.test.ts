import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { birthdaysKept, nextBirthday } from './birthdays.ts'

const keeps = (from: string, days: number, birthday: string) => birthdaysKept(from, days).includes(birthday)

test('seven days are today and the six after it, over the end of a month and of a year', () => {
  const solar = birthdaysKept('2026-12-28', 7).filter((each) => each.startsWith('s'))
  expect(solar).toEqual(['s1228', 's1229', 's1230', 's1231', 's0101', 's0102', 's0103'])
})

describe('29 February', () => {
  test.each([
    ['2026-02-28', true],
    ['2026-03-01', false],
    ['2028-02-28', false],
    ['2028-02-29', true],
  ])('is kept on %s: %s', (day, kept) => expect(keeps(day, 1, 's0229')).toBe(kept))
})

// Days as the almanac has them (GB/T 33661–2017): Spring Festival, Dragon Boat, Mid-Autumn, the eve of the new year.
describe('lunar birthdays fall on the day that they have this year', () => {
  test.each([
    ['2026-02-17', 'l0101'],
    ['2027-02-06', 'l0101'],
    ['2030-02-03', 'l0101'],
    ['2026-06-19', 'l0505'],
    ['2027-06-09', 'l0505'],
    ['2026-09-25', 'l0815'],
    ['2033-09-08', 'l0815'],
    ['2026-11-30', 'l1022'],
  ])('%s is %s', (day, birthday) => {
    expect(birthdaysKept(day, 1)).toContain(birthday)
    expect(birthdaysKept(day, 1).filter((each) => each.startsWith('l') && !each.endsWith('r'))).toHaveLength(1)
  })

  test('over the turn of the lunar year', () => {
    expect(birthdaysKept('2026-02-15', 4).filter((each) => /^l\d+$/.test(each))).toEqual(['l1228', 'l1229', 'l1230', 'l0101', 'l0102'])
  })
})

test('the 30th of a lunar month is kept on its last day', () => {
  // The twelfth month before the new year of 2026 has 29 days, the one before that of 2027 as well, the one of 2024 thirty.
  expect(keeps('2026-02-16', 1, 'l1230')).toBe(true)
  expect(keeps('2024-02-08', 1, 'l1230')).toBe(false)
  expect(keeps('2024-02-09', 1, 'l1230')).toBe(true)
})

describe('who was born in a leap month', () => {
  // 2025 has a second sixth month from 25 July on; 2026 has none, and its sixth begins on 14 July.
  test.each([
    ['2025-06-25', 'l0601r', false],
    ['2025-07-25', 'l0601r', true],
    ['2026-07-14', 'l0601r', true],
    ['2025-06-25', 'l0601', true],
    ['2025-07-25', 'l0601', false],
    // A leap month of 29 days: its 30th is kept on the 29th.
    ['2025-08-22', 'l0630r', true],
  ])('%s keeps %s: %s', (day, birthday, kept) => expect(keeps(day, 1, birthday)).toBe(kept))
})

describe('the next birthday', () => {
  const solar = (month: number, day: number) => ({ calendar: 'solar', year: null, month, day, leap: false }) as const
  const lunar = (month: number, day: number, leap = false) => ({ calendar: 'lunar', year: 1976, month, day, leap }) as const
  test.each([
    [solar(11, 30), '2026-11-30', '2026-11-30'],
    [solar(11, 29), '2026-11-30', '2027-11-29'],
    [solar(2, 29), '2026-11-30', '2027-02-28'],
    [solar(2, 29), '2027-03-01', '2028-02-29'],
    [lunar(10, 22), '2026-11-30', '2026-11-30'],
    [lunar(12, 30), '2026-01-05', '2026-02-16'],
    [lunar(6, 1, true), '2025-06-26', '2025-07-25'],
    [lunar(6, 1, true), '2025-07-26', '2026-07-14'],
  ])('of %o from %s on is %s', (birthDate, from, next) => expect(nextBirthday(birthDate, from)).toBe(next))

  test('is a day on which it is kept, and none before it is', () => {
    const born = fc.record({
      calendar: fc.constantFrom('solar' as const, 'lunar' as const),
      year: fc.constant(null),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 29 }),
      leap: fc.boolean(),
    })
    const from = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(born, from, ({ leap, ...rest }, day) => {
        const birthDate = { ...rest, leap: leap && rest.calendar === 'lunar' }
        const next = nextBirthday(birthDate, day)
        const key = `${birthDate.calendar[0]}${String(birthDate.month).padStart(2, '0')}${String(birthDate.day).padStart(2, '0')}${birthDate.leap ? 'r' : ''}`
        expect(birthdaysKept(next, 1)).toContain(key)
        const between = (Date.parse(next) - Date.parse(day)) / 86_400_000
        expect(birthdaysKept(day, Math.min(between, 40))).not.toContain(key)
      }),
      { numRuns: 100 },
    )
  })
})
