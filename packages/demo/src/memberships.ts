import type { Birthday } from './birthdays.ts'
import type { Calendar } from './calendar.ts'
import type { SalesChannel } from './channels.ts'
import { salesChannels } from './channels.ts'
import type { Day } from './days.ts'
import { cityNamed } from './divisions.ts'
import type { Person } from './people.ts'
import { placeholderPhones } from './phones.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import type { TypingError } from './typing-errors.ts'
import { soundAlike, swapDigits, typingErrors, wrongDigit } from './typing-errors.ts'

/** Why records that share a phone are nevertheless different people. */
export type Guard = 'placeholder-phone' | 'shared-landline'

/** What one channel knows about a person: one row of its customer file. */
export interface Membership {
  channel: SalesChannel
  /** Index of the person. */
  person: number
  joined: Day
  /** The record's number in its own system. */
  externalId: string
  memberNumber: string | null
  name: string
  phone: string | null
  birthday: Birthday | null
  unionid: string | null
  shop: { code: string; name: string }
  error: TypingError | null
  guard: Guard | null
}

/** Share of repeated records with a typing error. */
export const ERROR_SHARE = 0.03
const PLACEHOLDER_SHARE = 0.006

/**
 * The records of all people, by channel and in the order in which they were made. `lastSeen`: for each person the last day on
 * which another channel may be joined.
 */
export function makeMemberships(seed: number, people: readonly Person[], lastSeen: readonly Day[], calendar: Calendar): Membership[] {
  const random = createRandom(seed, 'memberships')
  const made = people.flatMap((person, index) => membershipsOf(random, person, index, lastSeen[index] ?? calendar.last, calendar))
  made.sort((one, other) => salesChannels.indexOf(one.channel) - salesChannels.indexOf(other.channel) || one.joined - other.joined)
  numberRecords(made)
  bindCards(random, made)
  return made
}

function membershipsOf(random: Random, person: Person, index: number, lastSeen: Day, calendar: Calendar): Membership[] {
  const start = person.habit.firstDay ?? calendar.someDay(random, person.segment, calendar.first, calendar.last)
  const unionid = `oDEMO${Array.from({ length: 23 }, () => random.int(36).toString(36)).join('')}`
  return channelsOf(random, person).map((channel, nth) => {
    const joined = nth === 0 ? start : random.between(start, Math.max(start, lastSeen))
    const phone = nth === 0 ? (person.formerMobile ?? person.mobile) : person.mobile
    const record: Membership = {
      channel,
      person: index,
      joined,
      externalId: '',
      memberNumber: null,
      name: person.name.full,
      phone,
      birthday: knownBirthday(random, channel, person.birthday),
      unionid: channel === 'mini' || (channel === 'web' && random.chance(0.15)) ? unionid : null,
      shop: random.pick(cityNamed(person.home.city.hub).shops),
      error: null,
      guard: null,
    }
    if (channel === 'till') return guarded(random, record, person, nth)
    return nth > 0 ? mistyped(random, record, person) : record
  })
}

/** The channel of the first purchase comes first; one till member in forty lost the card and got a second one. */
function channelsOf(random: Random, person: Person): SalesChannel[] {
  if (person.kind === 'organization') return random.chance(0.3) ? ['office', 'web'] : ['office']
  const found = (
    [
      ['till', 0.6],
      ['web', 0.28],
      ['mini', 0.4],
    ] as const
  )
    .filter(([, share]) => random.chance(share))
    .map(([channel]) => channel)
  if (found.length === 0 || person.sharesLandline) return ['till', ...found.filter((channel) => channel !== 'till')]
  const first = random.int(found.length)
  const ordered: SalesChannel[] = [...found.slice(first), ...found.slice(0, first)]
  return found.includes('till') && random.chance(0.025) ? [...ordered, 'till'] : ordered
}

/** A mini-program seldom asks; a web shop's date field takes no lunar day. */
function knownBirthday(random: Random, channel: SalesChannel, birthday: Birthday | null): Birthday | null {
  if (channel === 'mini' && random.chance(0.35)) return null
  if (channel === 'web' && (birthday?.calendar === 'lunar' || birthday?.year === null)) return null
  return birthday
}

function guarded(random: Random, record: Membership, person: Person, nth: number): Membership {
  if (person.sharesLandline) return { ...record, phone: person.landline, guard: 'shared-landline' }
  if (random.chance(PLACEHOLDER_SHARE)) return { ...record, phone: random.pick(placeholderPhones), guard: 'placeholder-phone' }
  return nth > 0 ? mistyped(random, record, person) : record
}

function mistyped(random: Random, record: Membership, person: Person): Membership {
  if (!random.chance(ERROR_SHARE) || record.phone === null) return record
  const error = random.pick(person.kind === 'person' ? typingErrors : (['phone-swapped', 'phone-digit', 'missing-phone'] as const))
  const wrong: Record<TypingError, () => Partial<Membership>> = {
    'phone-swapped': () => ({ phone: swapDigits(random, person.mobile) }),
    'phone-digit': () => ({ phone: wrongDigit(random, person.mobile) }),
    'name-sound': () => ({ name: soundAlike(person.name.full) }),
    'name-title': () => ({ name: `${person.name.surname}${person.sex === 'female' ? '女士' : '先生'}` }),
    'missing-birthday': () => ({ birthday: null }),
    'missing-phone': () => ({ phone: null }),
  }
  return { ...record, ...wrong[error](), error }
}

/** Each system counts its records as they come; a card says in which city it was handed out. */
function numberRecords(records: readonly Membership[]): void {
  const serial = { office: 0, till: 0, web: 0, mini: 0 }
  for (const record of records) {
    const number = ++serial[record.channel]
    const digits = (length: number) => String(number).padStart(length, '0')
    if (record.channel === 'till') record.memberNumber = `${record.shop.code.slice(0, 2)}${digits(6)}`
    record.externalId = { office: `KH${digits(5)}`, till: `T${digits(7)}`, web: String(100000 + number), mini: `U${digits(8)}` }[
      record.channel
    ]
  }
}

/** Some people have typed their card's number into the mini-program or the web shop. */
function bindCards(random: Random, records: readonly Membership[]): void {
  const cards = new Map<number, string>()
  for (const record of records)
    if (record.channel === 'till' && record.memberNumber && !cards.has(record.person)) cards.set(record.person, record.memberNumber)
  for (const record of records) {
    const share = { office: 0, till: 0, web: 0.2, mini: 0.5 }[record.channel]
    if (share > 0 && random.chance(share)) record.memberNumber = cards.get(record.person) ?? null
  }
}
