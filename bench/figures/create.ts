import { compare, ratesOf } from '../compare.ts'
import { seed } from '../data/load.ts'
import { person } from '../data/person.ts'
import type { Figure } from '../figure.ts'
import { timesFloor } from '../result.ts'

const times = 3

/** A manual card: looked up by all its identities, linked, indexed for search, audited, published; of the floor one insert. */
export const create: Figure = {
  name: 'create',
  target: `a customer with link check, audit and outbox, 8 clients: ≤ ${times} × the CPU of the floor`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    const draft = () => {
      const { from } = world.nextPeople(1)
      const { kind, values } = person(seed, from, { users: 1, channels: 1 })
      return { kind, values }
    }
    const found = await compare(context, world, {
      ours: () => [{ path: '/api/v1/customers', body: draft() }],
      floor: () => [{ path: '/create', body: draft() }],
    })
    return [timesFloor({ name: 'create', value: found.ours.cpuMs, floor: found.floor.cpuMs, unit: 'CPU ms', note: ratesOf(found) }, times)]
  },
}
