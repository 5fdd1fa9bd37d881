import type { BirthDate } from '@zhike/contract/identify/profile-fields.ts'
import { LunarDay, LunarMonth, LunarYear, SolarDay, SolarMonth } from 'tyme4ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Fragment } from './fragment.ts'

/**
 * The birthdays that are kept on one of `days` days from `from` on, as `customer.birthday` has them. Who was born on 29 February
 * keeps the 28th in other years; on the 30th of a lunar month, the 29th when the month has no 30th; in a leap month (闰月), the
 * month of the same number in years without it.
 * @param from a calendar day, YYYY-MM-DD
 */
export function birthdaysKept(from: string, days: number): string[] {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number]
  const first = SolarDay.fromYmd(year, month, day)
  const kept = Array.from({ length: days }, (_, i) => first.next(i)).flatMap((each) => [
    ...solarKept(each),
    ...lunarKept(each.getLunarDay()),
  ])
  return [...new Set(kept)]
}

const key = (calendar: 's' | 'l', month: number, day: number, leap = ''): string =>
  `${calendar}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${leap}`

function solarKept(day: SolarDay): string[] {
  const month = day.getSolarMonth()
  const lastOfFebruary = month.getMonth() === 2 && day.getDay() === month.getDayCount()
  return [key('s', month.getMonth(), day.getDay()), ...(lastOfFebruary ? [key('s', 2, 29)] : [])]
}

function lunarKept(day: LunarDay): string[] {
  const month = day.getLunarMonth()
  const number = month.getMonth()
  const days = day.getDay() === month.getDayCount() ? [day.getDay(), 30] : [day.getDay()]
  const standsForLeap = month.getLunarYear().getLeapMonth() !== number
  return days.flatMap((each) => {
    if (month.isLeap()) return [key('l', number, each, 'r')]
    return standsForLeap ? [key('l', number, each), key('l', number, each, 'r')] : [key('l', number, each)]
  })
}

/** The first day from `from` on on which a birthday is kept, by the same rules: both are calendar days, YYYY-MM-DD. */
export function nextBirthday({ calendar, month, day, leap }: BirthDate, from: string): string {
  const year = Number(from.slice(0, 4))
  const inYear = (each: number): SolarDay => {
    if (calendar === 'solar') return SolarDay.fromYmd(each, month, Math.min(day, SolarMonth.fromYm(each, month).getDayCount()))
    const number = leap && LunarYear.fromYear(each).getLeapMonth() === month ? -month : month
    return LunarDay.fromYmd(each, number, Math.min(day, LunarMonth.fromYm(each, number).getDayCount())).getSolarDay()
  }
  // The twelfth lunar month of a year lies in the next.
  const days = [year - 1, year, year + 1].map(inYear).map(isoDay)
  return days.find((each) => each >= from) ?? isoDay(inYear(year + 2))
}

const isoDay = (day: SolarDay): string =>
  [day.getYear(), day.getMonth(), day.getDay()].map((part) => String(part).padStart(2, '0')).join('-')

const dayMs = 86_400_000

/** That `customer c` has a birthday within so many days, today by the company's calendar included. */
export function birthdayWithin(tx: Tx, now: Date, days: number): Fragment {
  // Which day it is follows from the company's time zone, which the same statement reads: one of these three.
  const [yesterday, today, tomorrow] = [-1, 0, 1].map((shift) => {
    const day = new Date(now.getTime() + shift * dayMs).toISOString().slice(0, 10)
    return tx`when ${day}::date then ${birthdaysKept(day, days)}::text[]`
  }) as [Fragment, Fragment, Fragment]
  return tx`(c.birthday is not null and c.birthday = any (
    (select case (${now}::timestamptz at time zone y.time_zone)::date ${yesterday} ${today} ${tomorrow} end from company y)::text[]))`
}
