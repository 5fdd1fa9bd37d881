import { expectedOverTime } from '@zhike/analytics/clv/expected-over-time.ts'
import type { BgNbdFit } from '@zhike/analytics/clv/fit-bg-nbd.ts'
import type { ClvSummary } from '@zhike/contract/differentiate/analyses.ts'

/** First and repeat purchases of a day, counted from 1970-01-01. */
export interface PurchaseDay {
  day: number
  births: number
  repeats: number
}

const daysPerWeek = 7
const millisecondsPerDay = 86_400_000
/** Of the picture: more weeks than this are taken several at a time. */
const mostPoints = 160

export const dayNumber = (day: string): number => Date.parse(day) / millisecondsPerDay

/**
 * Repeat purchases as they were and as the model expects them, week by week.
 * @param days rising
 */
export function trackingOf(
  { parameters, verdict }: BgNbdFit,
  days: readonly PurchaseDay[],
  { asOf, calibrationEnd }: { asOf: string; calibrationEnd: string | undefined },
): ClvSummary['tracking'] {
  const origin = days[0]?.day
  if (origin === undefined || verdict === 'no-repeat-purchases') return null
  const length = Math.floor((dayNumber(asOf) - origin) / daysPerWeek)
  const step = Math.max(1, Math.ceil(length / mostPoints))
  const weeks = Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
  const ends = weeks.map((week) => week * daysPerWeek)
  const first = days.filter(({ births }) => births > 0).map(({ day, births }) => ({ day: day - origin, customers: births }))
  return {
    from: new Date(origin * millisecondsPerDay).toISOString().slice(0, 10),
    calibrationWeek: calibrationEnd === undefined ? null : (dayNumber(calibrationEnd) - origin) / daysPerWeek,
    weeks,
    actual: summedUp(days, origin, ends),
    expected: expectedOverTime(parameters, first, ends, daysPerWeek),
  }
}

/** Repeat purchases through each of some rising days. */
function summedUp(days: readonly PurchaseDay[], origin: number, ends: readonly number[]): number[] {
  let next = 0
  let sum = 0
  return ends.map((end) => {
    for (let row = days[next]; row && row.day - origin <= end; row = days[++next]) sum += row.repeats
    return sum
  })
}
