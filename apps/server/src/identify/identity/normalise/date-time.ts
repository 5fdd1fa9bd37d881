import { cleanText } from './text.ts'
import { localToInstant } from './time-zone.ts'

/**
 * How a column writes its dates. `year-first`: year first, in any of its spellings (2026-01-03, 2026/1/3 8:05, 2026年1月3日, 20260103; also 3 Jan 2026). `month-first`: 12/1/2010 is
 * the first of December. `day-first`: it is the twelfth of January. `excel-serial`: days since 1899-12-30.
 * `unix-seconds`, `unix-milliseconds`: instants.
 */
export const dateFormats = ['year-first', 'month-first', 'day-first', 'excel-serial', 'unix-seconds', 'unix-milliseconds'] as const
export type DateFormat = (typeof dateFormats)[number]

/** A wall-clock time, or an instant when the text says how far from UTC it is. */
interface Clock {
  year: number
  month: number
  day: number
  /** Milliseconds since midnight. */
  time: number
  hasTime: boolean
  /** Minutes ahead of UTC, when the text says so. */
  offset?: number
}

export type DateProblem = 'date-invalid' | 'date-ambiguous'

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const fast = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/
const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT,]*(.+))?$/
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[\sT,]+(.+))?$/
const dayMonthName = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-.]*([a-z]{3,9})\.?[\s\-,]*(\d{4}|\d{2})(?:[\sT,]+(.+))?$/i
const monthNameDay = /^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[\sT,]+(.+))?$/i
const clockTime =
  /^(?:(?:星期|周|礼拜)[一二三四五六日天]\s*)?(上午|下午|晚上|凌晨|早上|中午|am|pm)?\s*(\d{1,2})(?:[:：时点](\d{1,2}))?(?:[:：分](\d{1,2}))?(?:[.,](\d{1,9}))?[时点分秒]?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\))?$/i
const weekday = /^(?:星期|周|礼拜)[一二三四五六日天]$/

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

const isDay = (year: number, month: number, day: number): boolean =>
  year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

/** Two digits: 70–99 are the last century's, as spreadsheets write them. */
const wholeYear = (digits: string): number => (digits.length > 2 ? Number(digits) : Number(digits) + (Number(digits) >= 70 ? 1900 : 2000))

function parseClock(text: string | undefined): Pick<Clock, 'time' | 'hasTime' | 'offset'> | undefined {
  if (text === undefined || text === '' || weekday.test(text)) return { time: 0, hasTime: false }
  const match = clockTime.exec(text)
  if (!match) return undefined
  const [, front = '', hourText = '', minuteText, secondText, fraction, back = '', zone] = match
  if (minuteText === undefined && front === '' && back === '' && !/[时点]/.test(text)) return undefined
  const half = /^p|下午|晚上/i.test(front + back) ? 'pm' : /^a|上午|凌晨|早上/i.test(front + back) ? 'am' : ''
  let hour = Number(hourText)
  if (half === 'pm' && hour < 12) hour += 12
  if (half === 'am' && hour === 12) hour = 0
  const minute = Number(minuteText ?? 0)
  const second = Number(secondText ?? 0)
  const midnight = hour === 24 && minute === 0 && second === 0
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return undefined
  const milliseconds = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3))
  const clock = { time: ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds, hasTime: true }
  return zone === undefined ? clock : { ...clock, offset: zoneOffset(zone) }
}

function zoneOffset(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * (zone.startsWith('-') ? -1 : 1)
}

function assemble(year: number, month: number, day: number, rest: string | undefined): Clock | DateProblem {
  const clock = parseClock(rest?.trim())
  return clock && isDay(year, month, day) ? { year, month, day, ...clock } : 'date-invalid'
}

function fromUtc(instant: number, hasTime: boolean, offset?: number): Clock {
  const date = new Date(instant)
  const time = ((instant % 86_400_000) + 86_400_000) % 86_400_000
  const clock = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), time, hasTime }
  return offset === undefined ? clock : { ...clock, offset }
}

const inRange = (instant: number): boolean => instant > -62_000_000_000_000 && instant < 253_402_300_800_000

/** Numbers without marks. Their length tells what they are, unless the column's format is known. */
function parseNumber(text: string, format: DateFormat | undefined): Clock | DateProblem {
  const digits = text.replace(/\.\d*$/, '')
  const kind = format && format !== 'year-first' && format !== 'month-first' && format !== 'day-first' ? format : numberFormat(text)
  if (kind === 'compact') {
    if (digits !== text || !/^\d{8}(?:\d{4}(?:\d{2})?)?$/.test(digits)) return 'date-invalid'
    const rest = digits.length > 8 ? `${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12) || '00'}` : undefined
    return assemble(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)), rest)
  }
  if (kind === 'excel-serial') {
    const serial = Number(text)
    if (serial < 1 || serial >= 2_958_466) return 'date-invalid'
    // serials before March 1900 count a 29 February that never was
    const milliseconds = Math.round((serial + (serial < 60 ? 1 : 0)) * 86_400) * 1000 - 2_209_161_600_000
    return fromUtc(milliseconds, !Number.isInteger(serial))
  }
  if (kind === 'unix-seconds' || kind === 'unix-milliseconds') {
    const instant = kind === 'unix-seconds' ? Math.round(Number(text) * 1000) : Math.round(Number(text))
    return inRange(instant) ? fromUtc(instant, true, 0) : 'date-invalid'
  }
  return 'date-invalid'
}

function numberFormat(text: string): DateFormat | 'compact' | undefined {
  if (/^(?:1[89]|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$/.test(text)) return 'compact'
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return 'excel-serial'
  if (/^1\d{9}(?:\.\d+)?$/.test(text)) return 'unix-seconds'
  if (/^1\d{12}$/.test(text)) return 'unix-milliseconds'
  return undefined
}

function parse(raw: string, format: DateFormat | undefined): Clock | DateProblem {
  const quick = fast.exec(raw)
  if (quick) {
    const [year, month, day] = [Number(quick[1]), Number(quick[2]), Number(quick[3])]
    const [hour, minute, second] = [Number(quick[4] ?? 0), Number(quick[5] ?? 0), Number(quick[6] ?? 0)]
    if (!isDay(year, month, day) || minute > 59 || second > 59) return 'date-invalid'
    if (hour < 24) return { year, month, day, time: ((hour * 60 + minute) * 60 + second) * 1000, hasTime: quick[4] !== undefined }
  }
  if (raw.length > 60) return 'date-invalid'
  const text = cleanText(raw)
  if (/^\d+(?:\.\d+)?$/.test(text) && !/^\d{1,4}\.\d{1,2}$/.test(text)) return parseNumber(text, format)
  const first = yearFirst.exec(text)
  if (first) return assemble(Number(first[1]), Number(first[2]), Number(first[3]), first[4])
  const last = yearLast.exec(text)
  if (last) return parseYearLast(last, format)
  const named = dayMonthName.exec(text)
  if (named) return withMonthName(named[3] as string, named[2] as string, named[1] as string, named[4])
  const american = monthNameDay.exec(text)
  if (american) return withMonthName(american[3] as string, american[1] as string, american[2] as string, american[4])
  return 'date-invalid'
}

function withMonthName(year: string, monthName: string, day: string, rest: string | undefined): Clock | DateProblem {
  const month = monthNames.indexOf(monthName.slice(0, 3).toLowerCase()) + 1
  return month === 0 ? 'date-invalid' : assemble(wholeYear(year), month, Number(day), rest)
}

function parseYearLast(match: RegExpExecArray, format: DateFormat | undefined): Clock | DateProblem {
  const [, a = '', b = '', yearText = '', rest] = match
  const [one, two, year] = [Number(a), Number(b), wholeYear(yearText)]
  if (format === 'month-first') return assemble(year, one, two, rest)
  if (format === 'day-first') return assemble(year, two, one, rest)
  if (one > 12) return assemble(year, two, one, rest)
  if (two > 12 || one === two) return assemble(year, one, two, rest)
  return 'date-ambiguous'
}

export interface DateOptions {
  /** The column's format, from `detectDateFormat` or the user. Without it each text must speak for itself. */
  format?: DateFormat | undefined
}

/**
 * The instant that a text means: local to the IANA `timeZone` unless it says otherwise (Z, +08:00, unix time). A day without a time is its
 * midnight. Skipped and doubled hours: see `localToInstant`.
 */
export function parseDateTime(raw: string, timeZone: string, options: DateOptions = {}): Date | DateProblem {
  const clock = parse(raw, options.format)
  if (typeof clock === 'string') return clock
  const local = Date.UTC(clock.year, clock.month - 1, clock.day) + clock.time
  const instant = clock.offset === undefined ? localToInstant(local, timeZone) : local - clock.offset * 60_000
  return inRange(instant) && clock.year >= 100 ? new Date(instant) : 'date-invalid'
}

const pad = (value: number, size: number): string => String(value).padStart(size, '0')

/** The calendar day that a text means, as YYYY-MM-DD; a time behind it is left out. */
export function parseDate(raw: string, options: DateOptions = {}): string | DateProblem | undefined {
  const clock = parse(raw, options.format)
  return typeof clock === 'string' ? clock : `${pad(clock.year, 4)}-${pad(clock.month, 2)}-${pad(clock.day, 2)}`
}

/** Whether a parsed value is a problem's name. */
export const isDateProblem = (value: unknown): value is DateProblem => value === 'date-invalid' || value === 'date-ambiguous'

/** 13/4/2025 can only be day first and 4/13/2025 only month first. `open`: both orders give a day, and not the same one; undefined: the order does not matter. */
export function dateOrderOf(raw: string): 'day-first' | 'month-first' | 'open' | undefined {
  if (raw.length > 60) return undefined
  const text = cleanText(raw)
  const match = yearFirst.test(text) ? null : yearLast.exec(text)
  if (!match) return undefined
  const [one, two] = [Number(match[1]), Number(match[2])]
  if (one === two || one < 1 || two < 1 || one > 31 || two > 31) return undefined
  if (one > 12) return two > 12 ? undefined : 'day-first'
  return two > 12 ? 'month-first' : 'open'
}

export interface DateColumn {
  format: DateFormat
  /** Both day first and month first fit all samples: ask. */
  ambiguous: boolean
  /** The part of the samples that fit the format, in [0, 1]. */
  fit: number
  /** Whether some sample has a time of day. */
  hasTime: boolean
  /** Days written as plain digits (20260103), which numbers of another kind may look like. */
  compact: boolean
}

/** How a column writes its dates, by the samples together: one 13/1/2010 settles a thousand 12/1/2010. Undefined when fewer than half are dates. */
export function detectDateFormat(samples: readonly string[]): DateColumn | undefined {
  const texts = samples.map(cleanText).filter((text) => text !== '')
  if (texts.length === 0) return undefined
  const votes = new Map<DateFormat, number>()
  let yearLastSeen = 0
  let monthOver12 = 0
  let dayOver12 = 0
  let hasTime = false
  let compact = 0
  for (const text of texts) {
    if (/^\d+(?:\.\d+)?$/.test(text)) {
      const format = numberFormat(text)
      if (format === 'compact') compact++
      const vote = format === 'compact' ? 'year-first' : format
      if (vote) votes.set(vote, (votes.get(vote) ?? 0) + 1)
      hasTime ||= format !== undefined && !isDayOnly(text, format)
      continue
    }
    const last = yearLast.exec(text)
    const clock = last && !yearFirst.test(text) ? parseYearLast(last, undefined) : parse(text, undefined)
    if (last && !yearFirst.test(text)) {
      if (clock === 'date-invalid') continue
      yearLastSeen++
      const order = dateOrderOf(text)
      if (order === 'day-first') dayOver12++
      else if (order === 'month-first') monthOver12++
      hasTime ||= last[4] !== undefined
    } else if (typeof clock !== 'string') {
      votes.set('year-first', (votes.get('year-first') ?? 0) + 1)
      hasTime ||= clock.hasTime
    }
  }
  const order: DateFormat = dayOver12 > monthOver12 ? 'day-first' : 'month-first'
  if (yearLastSeen > 0) votes.set(order, yearLastSeen - Math.min(dayOver12, monthOver12))
  const [format, count] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? []
  if (format === undefined || count === undefined || count * 2 < texts.length) return undefined
  const ambiguous = format === order && ((dayOver12 === 0 && monthOver12 === 0) || (dayOver12 > 0 && monthOver12 > 0))
  return { format, ambiguous, fit: count / texts.length, hasTime, compact: compact * 2 > texts.length }
}

const isDayOnly = (text: string, format: DateFormat | 'compact'): boolean =>
  (format === 'compact' && text.length === 8) || (format === 'excel-serial' && !text.includes('.'))
