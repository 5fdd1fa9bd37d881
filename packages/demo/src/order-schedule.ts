import type { Calendar } from './calendar.ts'
import type { SalesChannel } from './channels.ts'
import type { Day } from './days.ts'
import { weekday } from './days.ts'
import type { Membership } from './memberships.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'

const SECONDS_PER_DAY = 86_400
/** Stands for the record of a walk-in. */
export const NOBODY = -1
/** Walk-ins among all till receipts. */
const WALK_IN_SHARE = 0.2

/** All orders by time. Flat arrays, because there are many: the order at `i` was placed by the record `records[i]` at `seconds[i]`. */
export interface OrderSchedule {
  count: number
  /** Index of the membership, or NOBODY. */
  records: Int32Array
  /** Seconds since 1970-01-01 in the company's own time. */
  seconds: Float64Array
}

export const dayOfSecond = (second: number): Day => Math.floor(second / SECONDS_PER_DAY)
export const secondOfDay = (second: number): number => second % SECONDS_PER_DAY

/** Gives every purchase a channel and an hour, adds the walk-ins, and sorts by time. `purchaseDays`: by person, ascending. */
export function scheduleOrders(
  seed: number,
  purchaseDays: readonly (readonly Day[])[],
  memberships: readonly Membership[],
  calendar: Calendar,
): OrderSchedule {
  const random = createRandom(seed, 'order-schedule')
  const ofPerson: number[][] = purchaseDays.map(() => [])
  memberships.forEach((record, index) => ofPerson[record.person]?.push(index))
  const placed: { record: number; second: number }[] = []
  let receipts = 0
  purchaseDays.forEach((days, person) => {
    const own = (ofPerson[person] ?? []).toSorted((a, b) => joinedOf(memberships, a) - joinedOf(memberships, b))
    for (const day of days) {
      const record = recordInUse(
        random,
        own.filter((index) => joinedOf(memberships, index) <= day),
        memberships,
      )
      const channel = memberships[record]?.channel ?? 'till'
      if (channel === 'till') receipts++
      placed.push({ record, second: day * SECONDS_PER_DAY + timeOfDay(random, channel, day) })
    }
  })
  const walkIns = Math.round((receipts * WALK_IN_SHARE) / (1 - WALK_IN_SHARE))
  for (let i = 0; i < walkIns; i++) {
    const day = calendar.someDay(random, 'regular', calendar.first, calendar.last)
    placed.push({ record: NOBODY, second: day * SECONDS_PER_DAY + timeOfDay(random, 'till', day) })
  }
  placed.sort((a, b) => a.second - b.second || a.record - b.record)
  return {
    count: placed.length,
    records: Int32Array.from(placed, ({ record }) => record),
    seconds: Float64Array.from(placed, ({ second }) => second),
  }
}

const joinedOf = (memberships: readonly Membership[], index: number): Day => memberships[index]?.joined ?? 0

/** Of the records that exist by then the first is used twice as often; of two till cards the newer one counts, the older is lost. */
function recordInUse(random: Random, existing: readonly number[], memberships: readonly Membership[]): number {
  const chosen = existing[Math.max(0, random.int(existing.length + 1) - 1)]
  if (chosen === undefined) throw new RangeError('a purchase before the first record')
  const channel = memberships[chosen]?.channel
  return existing.findLast((index) => memberships[index]?.channel === channel) ?? chosen
}

/** Shops open from 9:30 to 21:30 with a peak in the afternoon, offices from 9 to 17:30; on line people buy in the evening. */
function timeOfDay(random: Random, channel: SalesChannel, day: Day): number {
  const hours = () => {
    const bell = (random.next() + random.next() + random.next()) / 3
    if (channel === 'office') return 9 + 8.5 * bell
    if (channel === 'till') return 9.5 + 12 * (weekday(day) % 6 === 0 ? bell : Math.sqrt(bell))
    return random.chance(0.75) ? 15 + 8.9 * bell : 24 * random.next()
  }
  return Math.floor(hours() * 3600)
}
