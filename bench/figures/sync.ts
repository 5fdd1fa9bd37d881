import { setTimeout as sleep } from 'node:timers/promises'
import { publish } from '../../apps/server/src/platform/outbox/outbox.ts'
import { loadPeople, seed } from '../data/load.ts'
import { customerId, person } from '../data/person.ts'
import type { Context, Figure } from '../figure.ts'
import { atLeast, atMost } from '../result.ts'
import type { World } from '../world.ts'

const rowsPerSecond = 20_000
const lagSeconds = 5
/** With their orders about 1,000 changed records. */
const peopleInBatch = 165
const batches = 20

export const sync: Figure = {
  name: 'sync',
  target: `outbox to warehouse ≥ ${rowsPerSecond} rows/s; lag ≤ ${lagSeconds} s while 1,000 changes commit each second`,
  run: async (context) => [await speed(context), await lag(context)],
}

/** New customers with their links, orders and lines, all published at once. */
async function speed(context: Context) {
  const world = await context.world()
  await world.grow('tenth')
  const people = world.nextPeople(Math.max(500, Math.round(world.customersOf('all') / 50)))
  const counts = await loadPeople(world.owner, world.around, people.from, people.to)
  const rows = 2 * counts.people + counts.orders + counts.lines
  const place = await announce(world, people)
  const started = performance.now()
  await arrival(world, place)
  const seconds = (performance.now() - started) / 1000
  return atLeast({ name: 'sync', value: rows / seconds, unit: 'rows/s', note: `${rows} rows in ${seconds.toFixed(1)} s` }, rowsPerSecond)
}

/** The longest time from a commit to its rows in the warehouse. */
async function lag(context: Context) {
  const world = await context.world()
  const arriving: Promise<number>[] = []
  let records = 0
  for (let batch = 0; batch < batches; batch++) {
    const second = sleep(1000)
    const people = world.nextPeople(peopleInBatch)
    const counts = await loadPeople(world.owner, world.around, people.from, people.to)
    records += 2 * counts.people + counts.orders
    const place = await announce(world, people)
    const committed = performance.now()
    arriving.push(arrival(world, place).then(() => (performance.now() - committed) / 1000))
    await second
  }
  const lags = await Promise.all(arriving)
  const note = `${batches} batches of ${Math.round(records / batches)} records with their lines; mean ${(lags.reduce((a, b) => a + b, 0) / batches).toFixed(2)} s`
  return atMost({ name: 'sync lag', value: Math.max(...lags), unit: 's', note }, lagSeconds)
}

interface Place {
  xid: string
  position: number
}

/** Publishes what intake would have. @returns the last event's place */
async function announce({ owner, around }: World, { from, to }: { from: number; to: number }): Promise<Place> {
  const counts = { users: around.users.length, channels: around.channels.length }
  const people = Array.from({ length: to - from }, (_, i) => person(seed, from + i, counts))
  const [place] = (await owner.begin(async (tx) => {
    await publish(tx, [
      { type: 'customer.created', ids: people.map(({ id }) => id) },
      { type: 'profile.linked', ids: people.map(({ profileId }) => profileId) },
      { type: 'order.recorded', ids: people.flatMap(({ orders }) => orders.map(({ id }) => id)) },
    ])
    await tx`select pg_notify('outbox', '')`
    return tx`select xid::text as xid, position from outbox where xid = pg_current_xact_id() order by position desc limit 1`
  })) as unknown as Place[]
  if (!place) throw new Error(`Nothing was published of ${customerId(from)}`)
  return place
}

async function arrival({ owner }: World, { xid, position }: Place): Promise<void> {
  for (;;) {
    const rows = await owner`select 1 from outbox_cursor where reader = 'warehouse' and (xid, position) >= (${xid}::xid8, ${position})`
    if (rows.length > 0) return
    await sleep(20)
  }
}
