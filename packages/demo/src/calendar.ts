import type { Day } from './days.ts'
import { festivals } from './days.ts'
import type { Random } from './random.ts'
import { firstAbove } from './random.ts'
import type { Segment } from './segments.ts'
import { dayWeight, habits, segments } from './segments.ts'

/**
 * Time as a segment lives it: it runs fast on days when the segment buys much and stands still when it buys nothing, and over
 * the whole period it runs as fast as the clock. A steady (Poisson) buyer in it is a seasonal buyer in the calendar.
 */
export interface Calendar {
  first: Day
  last: Day
  /** The day on which `days` of the segment's time have passed since the end of `from`; null when that is after the last day. */
  after(segment: Segment, from: Day, days: number): Day | null
  /** A day drawn in proportion to the segment's weights, from `from` to `to`. */
  someDay(random: Random, segment: Segment, from: Day, to: Day): Day
}

/** The calendar of the period from `first` to `last`, both included. */
export function createCalendar(first: Day, last: Day): Calendar {
  const feasts = festivals(first, last + 40)
  const length = last - first + 1
  const passed = new Map(segments.map((segment) => [segment, passedTime(segment, first, length, feasts)]))
  const through = (segment: Segment, day: Day) => (day < first ? 0 : (passed.get(segment)?.[day - first] ?? length))
  const at = (segment: Segment, time: number) => first + firstAbove(passed.get(segment) ?? [], time)
  return {
    first,
    last,
    after: (segment, from, days) => {
      const time = through(segment, from) + days
      return time >= length ? null : at(segment, time)
    },
    someDay: (random, segment, from, to) => {
      const [start, end] = [through(segment, from - 1), through(segment, to)]
      return Math.min(at(segment, start + random.next() * (end - start)), to)
    },
  }
}

/** Time of the segment that has passed at the end of each day, scaled so that it is `length` at the end. */
function passedTime(segment: Segment, first: Day, length: number, feasts: ReturnType<typeof festivals>): Float64Array {
  const sums = new Float64Array(length)
  let sum = 0
  for (let i = 0; i < length; i++) sums[i] = sum += dayWeight(habits[segment], first + i, feasts)
  return sums.map((value, i) => (i === length - 1 ? length : (value / sum) * length))
}
