import type { Figure } from '../figure.ts'
import { percentile, timed } from '../requests.ts'
import { atMost } from '../result.ts'

const most = 500
const tries = 7

/** What the first page asks for, all at once, as somebody does who opens it; of all customers. */
export const home1m: Figure = {
  name: 'home-1m',
  target: `figures, sales and what waits, asked for at once: ≤ ${most} ms`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('all')
    const paths = ['customers', 'sales', 'to-do']
    const rounds: number[][] = []
    for (let i = 0; i < tries; i++) {
      rounds.push(await Promise.all(paths.map(async (path) => (await timed(world.app, { path: `/api/v1/home/${path}` })).ms)))
    }
    const median = (values: number[]) =>
      percentile(
        values.toSorted((a, b) => a - b),
        0.5,
      )
    const each = paths.map((path, i) => `${path} ${median(rounds.map((times) => times[i] ?? Number.NaN)).toFixed(0)}`)
    const note = `median of ${tries}; ${world.customersOf('all')} customers; ${each.join(', ')} ms`
    return [atMost({ name: 'home-1m', value: median(rounds.map((times) => Math.max(...times))), unit: 'ms', note }, most)]
  },
}
