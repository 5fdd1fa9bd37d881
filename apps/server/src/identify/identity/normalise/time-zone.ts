const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = value
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year)
  const local =
    utc(year, Number(parts.month), Number(parts.day)) +
    (Number(parts.hour) * 60 + Number(parts.minute)) * 60_000 +
    Number(parts.second) * 1000
  return local - Math.floor(instant / 1000) * 1000
}

/** `Date.UTC` with years below 100 as they are. */
function utc(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day)
}

const dayLength = 86_400_000
/** zone → day → its offset, or `changing`. Asking Intl costs 4 µs, and imports ask for the same days over and over. */
const dayOffsets = new Map<string, Map<number, number>>()
const changing = Number.NaN

function dayOffset(localDay: number, timeZone: string): number {
  let days = dayOffsets.get(timeZone)
  if (!days) {
    days = new Map()
    dayOffsets.set(timeZone, days)
  }
  const known = days.get(localDay)
  if (known !== undefined) return known
  if (days.size > 20_000) days.clear()
  // zones lie within 26 hours of each other: the offset is the day's own when it is the same a day before and after
  const before = offsetAt((localDay - 1) * dayLength, timeZone)
  const after = offsetAt((localDay + 2) * dayLength, timeZone)
  const offset = before === after ? before : changing
  days.set(localDay, offset)
  return offset
}

/** Whether the runtime knows the IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone)
    return true
  } catch {
    return false
  }
}

/**
 * The instant of a local wall-clock time, given as if it were UTC milliseconds. A time that the clocks skip (spring) is read with the offset before the
 * change, one that they show twice (autumn) is the first of the two.
 */
export function localToInstant(local: number, timeZone: string): number {
  const offset = dayOffset(Math.floor(local / dayLength), timeZone)
  if (!Number.isNaN(offset)) return local - offset
  const before = offsetAt(local - dayLength, timeZone)
  const first = local - before
  if (offsetAt(first, timeZone) === before) return first
  const after = offsetAt(local + dayLength, timeZone)
  const second = local - after
  return offsetAt(second, timeZone) === after ? second : first
}
