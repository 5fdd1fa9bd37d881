import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import type { Tx } from '../database/database.ts'
import { type Actor, loadPrincipal } from './principal.ts'
import { actorTransaction } from './transaction.ts'

let server: TestServer
let actor: Actor

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  const { id } = await server.given.user({ grants: ['customer.read'] })
  const principal = await loadPrincipal(server.app.database.system, id)
  actor = { ...(principal as NonNullable<typeof principal>), via: 'api-key', requestId: "it's" }
})
afterAll(() => server.stop())

const settings = (tx: Tx) =>
  tx<
    { owner: string; request: string }[]
  >`select current_setting('zhike.user_id', true) as owner, current_setting('zhike.request_id', true) as request`

test('what is asked first already has the settings, and they end with the transaction', async () => {
  const { app } = server.app.database
  for (let round = 0; round < 20; round++) {
    const [inside] = await actorTransaction(server.app.database, actor, 'customer.read', settings)
    expect(inside).toEqual({ owner: actor.userId, request: "it's" })
    const [outside] = await settings(app as unknown as Tx)
    expect([null, '']).toContain(outside?.owner)
  }
})

test('outside a transaction nothing is written', async () => {
  const { app } = server.app.database
  const written = app`insert into audit_event (action, object) values ('x', 'y')`
  await expect(written).rejects.toMatchObject({ code: '25006' })
})

test('work that asks once is given its answers; work that asks again is run again, whole', async () => {
  let runs = 0
  const once = await actorTransaction(
    server.app.database,
    actor,
    'customer.read',
    (tx) => {
      runs += 1
      return Promise.all([settings(tx), settings(tx)])
    },
    { asks: 'once' },
  )
  expect([runs, once.map(([row]) => row?.owner)]).toEqual([1, [actor.userId, actor.userId]])
  const twice = await actorTransaction(
    server.app.database,
    actor,
    'customer.read',
    async (tx) => {
      runs += 1
      const [first] = await settings(tx)
      const [second] = await settings(tx)
      return [first?.owner, second?.owner]
    },
    { asks: 'once' },
  )
  expect([runs, twice]).toEqual([3, [actor.userId, actor.userId]])
})

test('a statement that fails fails the work, also one that nobody waited for', async () => {
  for (const options of [{}, { asks: 'once' }] as const) {
    const failing = actorTransaction(server.app.database, actor, 'customer.read', (tx) => tx`select 1 / 0`, options)
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    const unheard = actorTransaction(
      server.app.database,
      actor,
      'customer.read',
      async (tx) => {
        tx`select 1 / 0`.catch(() => {})
        await settings(tx).catch(() => {})
      },
      options,
    )
    await expect(unheard).rejects.toMatchObject({ code: '22012' })
  }
  expect(await actorTransaction(server.app.database, actor, 'customer.read', settings)).toHaveLength(1)
})

test('a transaction whose connection is lost asks nothing more, and the next ones have connections of their own', async () => {
  for (let round = 0; round < 5; round++) {
    const begun = Array.from({ length: 3 }, () => Promise.withResolvers<void>())
    const cut = Promise.withResolvers<void>()
    const lost = begun.map(({ resolve }) =>
      actorTransaction(server.app.database, actor, 'customer.read', async (tx) => {
        await tx`select 1`
        resolve()
        await cut.promise
        await tx`select 1`
      }).then(
        () => 'finished',
        () => 'lost',
      ),
    )
    await Promise.all(begun.map(({ promise }) => promise))
    await server.owner`select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'zhike_app' and datname = current_database()`
    await new Promise((resolve) => setTimeout(resolve, 100))
    const others = Array.from({ length: 30 }, () => actorTransaction(server.app.database, actor, 'customer.read', settings))
    cut.resolve()
    expect(new Set(await Promise.all(lost))).toEqual(new Set(['lost']))
    for (const [row] of await Promise.all(others)) expect(row?.owner).toBe(actor.userId)
  }
})
