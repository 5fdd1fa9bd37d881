/** A calendar day of the company as the number of days since 1970-01-01. */
export type Day = number

const MS_PER_DAY = 86_400_000

/** @throws RangeError unless the text is an existing date, YYYY-MM-DD */
export function dayOf(text: string): Day {
  const ms = Date.parse(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw new RangeError(`not a date: ${text}`)
  return ms / MS_PER_DAY
}

/** YYYY-MM-DD */
export const isoDay = (day: Day): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10)

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: Day): number => (day + 4) % 7

/** The day after `last`, two years earlier: a period of two whole years from it ends with `last`. */
export function firstDayOfTwoYears(last: Day): Day {
  const next = new Date((last + 1) * MS_PER_DAY)
  return Date.UTC(next.getUTCFullYear() - 2, next.getUTCMonth(), next.getUTCDate()) / MS_PER_DAY
}

/** HH:MM:SS of a second of the day. */
export function clockTime(second: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
}

const lunarFormat = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })

/** Month and day of the Chinese calendar, e.g. `8/15`; a leap month reads `6bis/1`. */
const lunarMonthAndDay = (day: Day): string =>
  lunarFormat
    .formatToParts(day * MS_PER_DAY)
    .filter((part) => part.type === 'month' || part.type === 'day')
    .map((part) => part.value)
    .join('/')

/** The days of Spring Festival (1/1) and Mid-Autumn (8/15) from `first` to `last`. */
export function festivals(first: Day, last: Day): { spring: Day[]; midAutumn: Day[] } {
  const found = { spring: [] as Day[], midAutumn: [] as Day[] }
  for (let day = first; day <= last; day++) {
    const lunar = lunarMonthAndDay(day)
    if (lunar === '1/1') found.spring.push(day)
    if (lunar === '8/15') found.midAutumn.push(day)
  }
  return found
}
