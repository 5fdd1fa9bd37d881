import type { Figure } from '../figure.ts'
import { alternately } from '../medians.ts'
import { timed } from '../requests.ts'
import { atMost } from '../result.ts'

const most = 40

export const customersByCity: Figure = {
  name: 'customers-by-city',
  target: `customers by city and level, median ≤ ${most} ms`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    const { ours, floor } = await alternately(
      async () => (await timed(world.app, { path: '/api/v1/customers/groups?by=city&and=memberLevel' })).ms,
      async () => (await timed(world.floor, { path: '/groups' })).ms,
    )
    return [atMost({ name: 'customers-by-city', value: ours, floor, unit: 'ms', note: `${world.customersOf('tenth')} customers` }, most)]
  },
}
