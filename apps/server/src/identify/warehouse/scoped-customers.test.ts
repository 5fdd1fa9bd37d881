import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { type Actor, loadPrincipal } from '../../platform/permissions/principal.ts'
import { actorTransaction } from '../../platform/permissions/transaction.ts'
import { scopedCustomers } from './scoped-customers.ts'

let server: TestServer
const teams = { east: '', shanghai: '', west: '' }

beforeAll(async () => {
  server = await startTestServer()
  teams.east = await server.given.team('East')
  teams.shanghai = await server.given.team('Shanghai', teams.east)
  teams.west = await server.given.team('West')
})
afterAll(() => server.stop())

async function addCustomers(owners: readonly (string | null)[]): Promise<void> {
  await server.owner.begin(async (tx) => {
    for (const owner of owners) {
      for (const team of [null, ...Object.values(teams)]) {
        const id = newId()
        await tx`insert into customer (id, kind, owner_id, team_id) values (${id}, 'person', ${owner}, ${team})`
        await publish(tx, [{ type: 'customer.created', ids: [id] }])
      }
    }
  })
  await server.app.sync.caughtUp()
}

async function actorOf(userId: string): Promise<Actor> {
  const principal = await loadPrincipal(server.app.database.system, userId)
  if (!principal) throw new Error('There is no such user')
  return { ...principal, via: 'api-key', requestId: 'test' }
}

async function inWarehouse(actor: Actor): Promise<number[]> {
  const { sql, params } = scopedCustomers(actor, 'customer.read')
  const result = await server.app.warehouse.query({
    query: `select customer from customer_dim final where ${sql} order by customer`,
    format: 'JSONEachRow',
    query_params: params,
  })
  return (await result.json<{ customer: number }>()).map(({ customer }) => Number(customer))
}

const inSystemOfRecord = (actor: Actor): Promise<number[]> =>
  actorTransaction(server.app.database, actor, 'customer.read', async (tx) => {
    const rows = await tx<{ number: number }[]>`select number from customer order by number`
    return rows.map(({ number }) => number)
  })

test('the warehouse shows everybody the very customers that the system of record shows them', async () => {
  const wishes = (['own', 'team', 'team-and-below', 'all'] as const).flatMap((scope) =>
    [false, true].flatMap((pool) =>
      [[], [teams.east], [teams.shanghai, teams.west]].map((of) => ({ grants: ['customer.read'] as const, scope, pool, teams: of })),
    ),
  )
  const people = await Promise.all(wishes.map((wish) => server.given.user(wish)))
  await addCustomers([null, people[0]?.id ?? null, people[7]?.id ?? null])
  for (const { id } of people) {
    const actor = await actorOf(id)
    const truth = await inSystemOfRecord(actor)
    expect(await inWarehouse(actor)).toEqual(truth)
  }
  const nobody = await server.given.user({ grants: ['product.read'] })
  expect(await inWarehouse(await actorOf(nobody.id))).toEqual([])
})

test('a customer that changes hands is seen by the new owner and not by the former', async () => {
  const [before, after] = [
    await server.given.user({ grants: ['customer.read'], scope: 'own' }),
    await server.given.user({ grants: ['customer.read'], scope: 'own' }),
  ]
  await addCustomers([before.id])
  expect(await inWarehouse(await actorOf(before.id))).toHaveLength(4)
  await server.owner.begin(async (tx) => {
    const moved = await tx<{ id: string }[]>`update customer set owner_id = ${after.id} where owner_id = ${before.id} returning id`
    await publish(tx, [{ type: 'customer.changed', ids: moved.map(({ id }) => id) }])
  })
  await server.app.sync.caughtUp()
  expect(await inWarehouse(await actorOf(before.id))).toEqual([])
  expect(await inWarehouse(await actorOf(after.id))).toHaveLength(4)
})
