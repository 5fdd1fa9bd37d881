import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

const DAYS_PER_WEEK = 7

export interface Purchases {
  days: Day[]
  /** The day of the last purchase of somebody who has dropped out; null while alive on the last day of the calendar. */
  droppedOut: Day | null
}

/**
 * The purchase days of a person as BG/NBD tells it: after each repeat purchase gone for good with probability p, else the next
 * one after an exponential wait. Waits pass in the segment's own time, which is where the seasons come in.
 * @see Fader, Hardie & Lee (2005), Marketing Science 24, 275–284
 */
export function drawPurchases(person: Person, calendar: Calendar, random: Random): Purchases {
  const { firstDay, rate, dropProbability, leavesBy } = person.habit
  if (firstDay === null) return { days: [], droppedOut: null }
  const days = [firstDay]
  for (let day = firstDay; ; ) {
    const next = calendar.after(person.segment, day, (random.exponential() / rate) * DAYS_PER_WEEK)
    if (leavesBy !== null && (next === null || next > leavesBy)) return { days, droppedOut: day }
    if (next === null) return { days, droppedOut: null }
    days.push(next)
    if (random.chance(dropProbability)) return { days, droppedOut: next }
    day = next
  }
}
