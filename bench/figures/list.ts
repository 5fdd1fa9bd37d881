import { compare, ratesOf } from '../compare.ts'
import { levels, places } from '../data/names.ts'
import { pick, seeded, weighted } from '../data/random.ts'
import type { Context, Figure } from '../figure.ts'
import { timed } from '../requests.ts'
import { timesFloor } from '../result.ts'
import type { Size } from '../world.ts'

const times = 2.5

const listOf = (name: string, size: Size): Figure => ({
  name,
  target: `50 customers by city and level, newest first, 8 clients: ≤ ${times} × the CPU of the floor`,
  run: (context) => measure(context, name, size),
})

export const list100k = listOf('list-100k', 'tenth')
export const list1m = listOf('list-1m', 'all')

async function measure(context: Context, name: string, size: Size) {
  const world = await context.world()
  await world.grow(size)
  const random = seeded(1)
  const choose = () => ({ city: weighted(random, places)[1], level: pick(random, levels)[0] })
  const ours = () => [oursFor(choose())]
  const floor = () => [floorFor(choose())]
  const same = choose()
  const [mine, bare] = [await timed(world.app, oursFor(same)), await timed(world.floor, floorFor(same))]
  sameRows(mine.text, bare.text)
  const found = await compare(context, world, { ours, floor })
  const note = `${world.customersOf(size)} customers; ${ratesOf(found)}; ${mine.text.length} against ${bare.text.length} bytes`
  return [timesFloor({ name, value: found.ours.cpuMs, floor: found.floor.cpuMs, unit: 'CPU ms', note }, times)]
}

interface Choice {
  city: string
  level: string
}

function oursFor({ city, level }: Choice) {
  const filter = {
    match: 'all',
    conditions: [
      { field: 'city', operator: 'is', value: city },
      { field: 'memberLevel', operator: 'is', value: level },
    ],
  }
  return { path: `/api/v1/customers?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=createdAt&order=descending&limit=50` }
}

const floorFor = ({ city, level }: Choice) => ({ path: `/list?${new URLSearchParams({ city, level })}` })

/** A floor that answers something else would be no floor. */
function sameRows(mine: string, bare: string): void {
  const ids = (text: string) => (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id).join()
  if (ids(mine) !== ids(bare)) throw new Error('The list and its floor answer with different customers')
}
