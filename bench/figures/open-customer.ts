import { compare, ratesOf } from '../compare.ts'
import { customerId } from '../data/person.ts'
import { below, seeded } from '../data/random.ts'
import type { Context, Figure } from '../figure.ts'
import { askFor, percentile, timed } from '../requests.ts'
import { atMost, timesFloor } from '../result.ts'

const times = 3.5
const p95Most = 50

/** The card with the last twenty orders, as the customer's page asks for them. */
export const openCustomer: Figure = {
  name: 'open-customer',
  target: `a customer with 20 orders, 8 clients: ≤ ${times} × the CPU of the floor; the whole page p95 ≤ ${p95Most} ms`,
  run: measure,
}

async function measure(context: Context) {
  const world = await context.world()
  await world.grow('all')
  const random = seeded(4)
  const someone = () => customerId(below(random, world.customersOf('all')))
  const ours = () => cardOf(someone())
  const floor = () => [{ path: `/open/${someone()}` }]
  const found = await compare(context, world, { ours, floor })
  const same = someone()
  const mine = await Promise.all(cardOf(same).map((wish) => timed(world.app, wish)))
  const bare = await timed(world.floor, { path: `/open/${same}` })
  const bytes = `${mine.reduce((sum, { text }) => sum + text.length, 0)} against ${bare.text.length} bytes`
  const page = await askFor(context.milliseconds / 2, world.app, () => pageOf(someone()))
  return [
    timesFloor(
      { name: 'open-customer', value: found.ours.cpuMs, floor: found.floor.cpuMs, unit: 'CPU ms', note: `${ratesOf(found)}; ${bytes}` },
      times,
    ),
    atMost(
      {
        name: 'open-customer page p95',
        value: percentile(page.latencies, 0.95),
        unit: 'ms',
        note: `card with timeline, and history at once, 8 clients: ${Math.round(page.rounds / page.seconds)} pages/s, p50 ${percentile(page.latencies, 0.5).toFixed(1)} ms`,
      },
      p95Most,
    ),
  ]
}

const cardOf = (id: string) => [{ path: `/api/v1/customers/${id}?timeline=20` }]
const pageOf = (id: string) => [...cardOf(id), { path: `/api/v1/customers/${id}/history` }]
