import type { Random } from './random.ts'

export interface Birthday {
  calendar: 'solar' | 'lunar'
  year: number | null
  month: number
  day: number
  leap: boolean
}

const MONTHS = ['正月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '冬月', '腊月']
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
/** Leap months of the years in which today's shoppers were born. */
const LEAP_MONTHS = [
  [1963, 4],
  [1966, 3],
  [1971, 5],
  [1974, 4],
  [1976, 8],
  [1979, 6],
  [1982, 4],
  [1987, 6],
  [1990, 5],
  [1993, 3],
  [1995, 8],
  [1998, 5],
  [2001, 4],
] as const

/** Every fifth birthday is kept by the lunar calendar, the older the more often; some people do not give the year. */
export function randomBirthday(random: Random, birthYear: number): Birthday {
  const year = random.chance(0.9) ? birthYear : null
  if (random.chance(birthYear < 1975 ? 0.4 : 0.125)) return lunarBirthday(random, year)
  const month = random.between(1, 12)
  return { calendar: 'solar', year, month, day: random.between(1, month === 2 ? 28 : 30), leap: false }
}

function lunarBirthday(random: Random, year: number | null): Birthday {
  const leapMonth = LEAP_MONTHS.find(([leapYear]) => leapYear === year)?.[1]
  if (leapMonth !== undefined && random.chance(1 / 13))
    return { calendar: 'lunar', year, month: leapMonth, day: random.between(1, 29), leap: true }
  // Lunar months have 29 or 30 days; the thirtieth is left out because not every year has it.
  return { calendar: 'lunar', year, month: random.between(1, 12), day: random.between(1, 29), leap: false }
}

function lunarDay(day: number): string {
  if (day <= 10) return `初${DIGITS[day]}`
  if (day < 20) return `十${DIGITS[day - 10]}`
  return day === 20 ? '二十' : `廿${DIGITS[day - 20]}`
}

/** 农历1976年闰八月廿三 */
export const lunarText = (birthday: Birthday): string =>
  `农历${birthday.year === null ? '' : `${birthday.year}年`}${birthday.leap ? '闰' : ''}${MONTHS[birthday.month - 1]}${lunarDay(birthday.day)}`

const two = (value: number) => String(value).padStart(2, '0')

/** 1988-03-15, or 03-15 when the year is unknown; a lunar day in words. */
export function birthdayText(birthday: Birthday | null): string {
  if (!birthday) return ''
  if (birthday.calendar === 'lunar') return lunarText(birthday)
  return `${birthday.year === null ? '' : `${birthday.year}-`}${two(birthday.month)}-${two(birthday.day)}`
}

/** As a Chinese till writes it: 1988年3月15日. */
export function birthdayInWords(birthday: Birthday | null): string {
  if (!birthday) return ''
  if (birthday.calendar === 'lunar') return lunarText(birthday)
  return `${birthday.year === null ? '' : `${birthday.year}年`}${birthday.month}月${birthday.day}日`
}
