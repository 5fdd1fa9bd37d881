import { seededRandom } from '@zhike/analytics/random.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer } from '../../../test/harness.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { customerOf } from './customer-facts.ts'
import { freshenLinks } from './links.ts'
import { editAtRandom } from './testing/random-edits.ts'

/** The whole proof makes more. */
const editsToMake = Number(process.env['ZHIKE_PROVE_EDITS'] ?? 200)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

async function ask<T>(query: string): Promise<T[]> {
  const result = await server.app.warehouse.query({ query, format: 'JSONEachRow' })
  return result.json<T>()
}

async function checksums() {
  const administrator = await server.given.administrator()
  const { tables } = await server.as(administrator)(warehouse.check, {})
  return tables
}

test('a warehouse that was not there is made by itself', async () => {
  await server.app.sync.caughtUp()
  const administrator = await server.given.administrator()
  const status = await server.as(administrator)(warehouse.status, {})
  expect(status).toMatchObject({ state: 'ready', lagEvents: 0 })
  expect(status.tables.map(({ name }) => name)).toContain('order_fact')
})

test('after random creations, edits, links, splits, corrections, cancellations and retractions every table equals the rebuilt one', {
  timeout: 30_000 + 100 * editsToMake,
}, async () => {
  const random = seededRandom(20_240_131)
  await editAtRandom(server.owner, random, Math.ceil(editsToMake / 4))
  // Two hands at once, while the sync follows.
  await Promise.all([
    editAtRandom(server.owner, seededRandom(1), Math.ceil(editsToMake / 2)),
    editAtRandom(server.owner, seededRandom(2), Math.ceil(editsToMake / 4)),
  ])
  await server.app.sync.caughtUp()
  const kept = await checksums()
  expect(kept.every(({ rows }) => rows > 0)).toBe(true)
  await server.app.sync.rebuild()
  expect(await checksums()).toEqual(kept)
})

test('sums over the signed rows are those of the system of record', async () => {
  const [truth] = await server.owner`
    select count(*) as orders, sum(amount_reporting) as amount, count(*) filter (where profile_id is null) as anonymous
      from orders where retracted_at is null and status <> 'cancelled'`
  const [fact] = await ask(
    'select sum(sign) as orders, sum(amount * sign) as amount, sumIf(sign, profile = 0) as anonymous from order_fact',
  )
  expect(fact).toEqual({ ...truth, amount: Number(truth?.['amount']) })
  const [lines] = await server.owner`
    select count(*) as lines, sum(l.amount_reporting) as amount from order_line l join orders o on o.id = l.order_id
     where o.retracted_at is null and o.status <> 'cancelled' and l.retracted_at is null`
  expect(await ask('select sum(sign) as lines, sum(amount * sign) as amount from order_line_fact')).toEqual([
    { ...lines, amount: Number(lines?.['amount']) },
  ])
})

test('orders follow their profile to another customer without being rewritten', async () => {
  const spentOf = async () => {
    await server.app.sync.caughtUp()
    await freshenLinks(server.app.warehouse)
    return ask<{ customer: number; spent: number }>(
      `select ${customerOf('profile')} as customer, sum(sales * sign) as spent from order_fact where profile = ${profile?.['number']} group by customer`,
    )
  }
  const ids = { profile: newId(), order: newId(), first: newId(), second: newId() }
  const { owner } = server
  await owner`insert into customer (id, kind) values (${ids.first}, 'person'), (${ids.second}, 'person')`
  const [profile] =
    await owner`insert into profile (id, channel_id, kind, values) values (${ids.profile}, 1, 'person', '{}') returning number`
  await owner.begin(async (tx) => {
    await tx`insert into profile_customer (profile_id, customer_id) values (${ids.profile}, ${ids.first})`
    await tx`insert into orders (id, channel_id, number, profile_id, placed_at, currency, amount, amount_reporting, sales)
      values (${ids.order}, 1, 'moves', ${ids.profile}, now(), 'CNY', 700, 700, 700)`
    await publish(tx, [
      { type: 'customer.created', ids: [ids.first, ids.second] },
      { type: 'profile.linked', ids: [ids.profile] },
      { type: 'order.recorded', ids: [ids.order] },
    ])
  })
  const numbers = await owner<{ id: string; number: number }[]>`select id, number from customer where id = any (${[ids.first, ids.second]})`
  const numberOf = (id: string) => numbers.find((row) => row.id === id)?.number
  expect(await spentOf()).toEqual([{ customer: numberOf(ids.first), spent: 700 }])
  await owner.begin(async (tx) => {
    await tx`update profile_customer set customer_id = ${ids.second} where profile_id = ${ids.profile}`
    await publish(tx, [{ type: 'profile.linked', ids: [ids.profile] }])
  })
  expect(await spentOf()).toEqual([{ customer: numberOf(ids.second), spent: 700 }])
  expect(await freshenLinks(server.app.warehouse)).toBe(false)
})

test('a batch that comes again is not counted twice', async () => {
  await server.app.sync.caughtUp()
  const before = await checksums()
  // As if the process had died after the rows were in and before the cursor moved, and long before that.
  await server.owner`update outbox_cursor set pending_xid = xid, pending_position = position, xid = '0', position = 0 where reader = 'warehouse'`
  await server.app.sync.caughtUp()
  expect(await checksums()).toEqual(before)
})

test('an order that is published and has not changed adds no row', async () => {
  const rows = () => ask('select count() as rows from order_fact')
  const before = await rows()
  await server.owner.begin(async (tx) => {
    const orders = await tx<{ id: string }[]>`select id from orders limit 50`
    await publish(tx, [{ type: 'order.changed', ids: orders.map(({ id }) => id) }])
  })
  await server.app.sync.caughtUp()
  expect(await rows()).toEqual(before)
})

test('a change that is committed late is not passed over, although later ones were committed before it', async () => {
  const [slow, quick] = [newId(), newId()]
  const addOrder = (id: string) => server.owner`
    insert into orders (id, channel_id, number, placed_at, currency, amount, amount_reporting) values (${id}, 1, ${id}, now(), 'CNY', 1, 1)`
  await addOrder(slow)
  await addOrder(quick)
  const counted = async () => {
    const [row] = await ask<{ orders: number }>('select sum(sign) as orders from order_fact')
    return row?.orders ?? 0
  }
  await server.app.sync.caughtUp()
  const before = await counted()
  await server.owner.begin(async (tx) => {
    await publish(tx, [{ type: 'order.recorded', ids: [slow] }])
    await server.app.database.system.begin((other) => publish(other, [{ type: 'order.recorded', ids: [quick] }]))
    // The later one waits for us: whoever moved on to it now would never see ours.
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await counted()).toBe(before)
  })
  await server.app.sync.caughtUp()
  expect(await counted()).toBe(before + 2)
})

describe('rebuilding', () => {
  test('a dropped warehouse comes back by itself, equal', async () => {
    const before = await checksums()
    await server.app.warehouse.command({ query: 'drop table order_fact' })
    await server.app.warehouse.command({ query: 'drop table warehouse_build' })
    await server.owner.begin((tx) =>
      publish(tx, [
        { type: 'customer.changed', ids: [] },
        { type: 'customer.changed', ids: [newId()] },
      ]),
    )
    await server.app.sync.caughtUp()
    expect(await checksums()).toEqual(before)
  })

  test('is a job of whoever manages the system, and nobody else’s', async () => {
    const administrator = await server.given.administrator()
    const before = await checksums()
    const job = await server.as(administrator)(warehouse.rebuild, {})
    await expect
      .poll(async () => (await server.as(administrator)(jobs.get, { params: { id: job.id } })).state, { timeout: 20_000 })
      .toBe('done')
    expect(await checksums()).toEqual(before)
    const somebody = await server.given.user({ grants: ['customer.read'] })
    expect(await refusal(server.as(somebody)(warehouse.rebuild, {}))).toMatchObject({ status: 403 })
    expect(await refusal(server.as(somebody)(warehouse.status, {}))).toMatchObject({ status: 403 })
  })

  test('keeps what is committed meanwhile', async () => {
    await Promise.all([server.app.sync.rebuild(), editAtRandom(server.owner, seededRandom(3), 60)])
    await server.app.sync.caughtUp()
    const kept = await checksums()
    await server.app.sync.rebuild()
    expect(await checksums()).toEqual(kept)
  })
})
