import { namePinyin } from '../../apps/server/src/identify/identity/normalise/name.ts'
import { compare, ratesOf } from '../compare.ts'
import { seed } from '../data/load.ts'
import { person } from '../data/person.ts'
import { below, type Random, seeded } from '../data/random.ts'
import type { Context, Figure } from '../figure.ts'
import { askFor, percentile } from '../requests.ts'
import { atMost, type Result, timesFloor } from '../result.ts'
import type { Size, World } from '../world.ts'

const p95Most = 100

const searchOf = (name: string, size: Size, times: number, absolute: boolean): Figure => ({
  name,
  target: `part of a name, pinyin, initials or phone, 8 clients: ≤ ${times} × the CPU of the floor${absolute ? `, p95 ≤ ${p95Most} ms` : ''}`,
  run: (context) => measure(context, { name, size, times, absolute }),
})

export const search100k = searchOf('search-100k', 'tenth', 2.5, false)
export const search1m = searchOf('search-1m', 'all', 2, true)

const kinds = ['one character', 'two characters', 'whole name', 'pinyin', 'initials', 'part of a phone'] as const
type Kind = (typeof kinds)[number]

interface Plan {
  name: string
  size: Size
  times: number
  absolute: boolean
}

async function measure(context: Context, { name, size, times, absolute }: Plan): Promise<Result[]> {
  const world = await context.world()
  await world.grow(size)
  const random = seeded(2)
  const people = world.customersOf(size)
  const word = () => wordOf(random, kinds[below(random, kinds.length)] as Kind, people)
  const found = await compare(context, world, { ours: () => [oursFor(word())], floor: () => [floorFor(word())] })
  const note = `${people} customers; ${ratesOf(found)}`
  const results = [timesFloor({ name, value: found.ours.cpuMs, floor: found.floor.cpuMs, unit: 'CPU ms', note }, times)]
  if (!absolute) return results
  const byKind = await eachKind(context, world, people)
  return [...results, atMost({ name: `${name} p95`, value: percentile(found.ours.latencies, 0.95), unit: 'ms', note: byKind }, p95Most)]
}

async function eachKind({ milliseconds }: Context, world: World, people: number): Promise<string> {
  const random = seeded(3)
  const parts: string[] = []
  for (const kind of kinds) {
    const { latencies } = await askFor(milliseconds / 4, world.app, () => [oursFor(wordOf(random, kind, people))])
    parts.push(`${kind} ${percentile(latencies, 0.95).toFixed(0)}`)
  }
  return `by kind: ${parts.join(', ')} ms`
}

const oursFor = (word: string) => ({ path: `/api/v1/customers?search=${encodeURIComponent(word)}&limit=50` })
const floorFor = (word: string) => ({ path: `/search?word=${encodeURIComponent(word)}` })

/** What somebody types who looks for one of the people: all of them occur. */
function wordOf(random: Random, kind: Kind, people: number): string {
  for (;;) {
    const { name = '', phone = '' } = person(seed, below(random, people), { users: 1, channels: 1 }).values
    if (!/^\p{Script=Han}{3}$/u.test(name) || phone === '') continue
    switch (kind) {
      case 'one character':
        return name.slice(2)
      case 'two characters':
        return name.slice(1)
      case 'whole name':
        return name
      case 'pinyin':
        return namePinyin(name).full
      case 'initials':
        return namePinyin(name).initials
      case 'part of a phone':
        return phone.slice(-4)
    }
  }
}
