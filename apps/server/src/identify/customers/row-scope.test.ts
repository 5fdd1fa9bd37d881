import { seededRandom } from '@zhike/analytics/random.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { Right, Scope } from '@zhike/contract/platform/rights.ts'
import { scopes } from '@zhike/contract/platform/rights.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { type Actor, loadPrincipal } from '../../platform/permissions/principal.ts'
import { actorTransaction } from '../../platform/permissions/transaction.ts'

const seed = 20_260_101
/** Users × queries for each path. */
const users = 14
const queries = 8

let server: TestServer
let random: () => number

/** The policy in plain words, written apart from the product's: what it says is right, and the product must agree. */
interface Viewer {
  user: TestUser
  teams: string[]
  grants: Map<Right, { scope: Scope; pool: boolean }>
}
interface Known {
  id: string
  code: string
  owner: string | null
  team: string | null
  name: string
  city: string
  orderId: string
  createdAt: Date
}
const parents = new Map<string, string | undefined>()
const viewers: Viewer[] = []
const known: Known[] = []

const isBelow = (team: string, above: string): boolean => {
  for (let each: string | undefined = team; each; each = parents.get(each)) if (each === above) return true
  return false
}

function mayRead(viewer: Viewer, right: Right, { owner, team }: Known): boolean {
  const grant = viewer.grants.get(right)
  if (!grant) return false
  const inOwnTeam = team !== null && viewer.teams.includes(team)
  const below = team !== null && viewer.teams.some((mine) => isBelow(team, mine))
  if (owner === null && grant.pool && (team === null || below)) return true
  switch (grant.scope) {
    case 'all':
      return true
    case 'own':
      return owner === viewer.user.id
    case 'team':
      return owner === viewer.user.id || inOwnTeam
    case 'team-and-below':
      return owner === viewer.user.id || below
  }
}

const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort()
const seen = (viewer: Viewer, right: Right = 'customer.read') => known.filter((customer) => mayRead(viewer, right, customer))

beforeAll(async () => {
  random = seededRandom(seed)
  server = await startTestServer()
  const teams: string[] = []
  for (let i = 0; i < 7; i++) {
    const parent = i < 2 ? undefined : pick(teams)
    const id = await server.given.team(`team ${i}`, parent)
    parents.set(id, parent)
    teams.push(id)
  }
  for (let i = 0; i < users; i++) viewers.push(await viewer(teams, i))
  await addCustomers(teams)
})
afterAll(() => server.stop())

async function viewer(teams: readonly string[], i: number): Promise<Viewer> {
  const mine = [...new Set(Array.from({ length: Math.floor(random() * 3) }, () => pick(teams)))]
  const rights: Right[] = ['customer.read', 'order.read', 'customer.export', 'customer.edit', 'customer.link', 'order.edit']
  const grants = rights.map((right) => ({
    right,
    scope: scopes[i % 4] === 'own' || i >= 4 ? pick(scopes) : (scopes[i] as Scope),
    pool: random() < 0.4,
  }))
  const user = await server.given.user({ grants, teams: mine, name: `viewer ${i}` })
  return { user, teams: mine, grants: new Map(grants.map(({ right, scope, pool }) => [right, { scope, pool }])) }
}

const names = ['张伟', '张伟民', '李娜', '王芳', '王伟', '欧阳静怡', 'Ada Lovelace']
const cities = ['杭州市', '上海市', '北京市']

async function addCustomers(teams: readonly string[]): Promise<void> {
  const admin = await server.given.administrator()
  const api = server.as(admin)
  for (let i = 0; i < 90; i++) {
    const name = pick(names)
    const city = pick(cities)
    const made = await api(customers.create, {
      body: {
        kind: 'person',
        values: { name, city, phone: `138${String(10_000_000 + i * 7919).slice(0, 8)}`, memberNumber: `M${1000 + i}` },
        ownerId: random() < 0.3 ? null : pick(viewers).user.id,
        teamId: random() < 0.3 ? null : pick(teams),
      },
    })
    const order = await api(catalog.createOrder, {
      body: {
        customerId: made.id,
        number: `SO-${i}`,
        placedAt: '2026-03-01T10:00:00Z',
        items: [{ quantity: 1000, unitPrice: 10_000 * (i + 1) }],
      },
    })
    known.push({
      id: made.id,
      code: made.code,
      owner: made.owner?.id ?? null,
      team: made.team?.id ?? null,
      name,
      city,
      orderId: order.id,
      createdAt: new Date(made.createdAt),
    })
  }
  await server.owner`insert into customer_label (customer_id, rfm_group) select id, 'group ' || number % 3 from customer`
}

async function allPages(viewer: Viewer, query: object): Promise<customers.CustomerRow[]> {
  const rows: customers.CustomerRow[] = []
  let after: string | undefined
  do {
    const page = await server.as(viewer.user)(customers.list, { query: { limit: 7, ...query, ...(after ? { after } : {}) } })
    rows.push(...page.items)
    after = page.next ?? undefined
  } while (after)
  return rows
}

type Query = { query: Record<string, unknown>; holds: (customer: Known) => boolean }

/** Queries with what they mean, told apart from how the product reads them. */
const someQueries = (): Query[] => [
  { query: {}, holds: () => true },
  { query: { search: '张' }, holds: ({ name }) => name.includes('张') },
  { query: { search: '张伟' }, holds: ({ name }) => name.includes('张伟') },
  { query: { search: 'wangfang' }, holds: ({ name }) => name === '王芳' },
  { query: { search: 'oyjy' }, holds: ({ name }) => name === '欧阳静怡' },
  { query: { search: 'love' }, holds: ({ name }) => name === 'Ada Lovelace' },
  ...cities.map(
    (city): Query => ({
      query: { filter: { match: 'all', conditions: [{ field: 'city', operator: 'is', value: city }] } },
      holds: (c) => c.city === city,
    }),
  ),
  {
    query: {
      filter: {
        match: 'any',
        conditions: [
          { field: 'city', operator: 'is', value: '杭州市' },
          { field: 'name', operator: 'is', value: '李娜' },
        ],
      },
    },
    holds: (c) => c.city === '杭州市' || c.name === '李娜',
  },
  { query: { filter: { match: 'all', conditions: [{ field: 'owner', operator: 'empty' }] } }, holds: (c) => c.owner === null },
]

const orders = [
  {},
  { sort: 'name' },
  { sort: 'spent', order: 'ascending' },
  { sort: 'lastOrderAt' },
  { sort: 'createdAt', order: 'ascending' },
]

describe('every path shows exactly what the policy allows', () => {
  test('lists, counts and groups', async () => {
    for (const viewer of viewers) {
      for (let i = 0; i < queries; i++) {
        const { query, holds } = pick(someQueries())
        const expected = seen(viewer).filter(holds)
        const place = `seed ${seed}, ${viewer.user.name}, ${JSON.stringify(query)}`
        const rows = await allPages(viewer, { ...query, ...pick(orders) })
        expect(idsOf(rows), place).toEqual(idsOf(expected))
        const api = server.as(viewer.user)
        expect(await api(customers.count, { query: query as never }), place).toEqual({ count: expected.length, exact: true })
        if (query['search'] === undefined) {
          const { groups } = await api(customers.groups, { query: { by: 'city', filter: query['filter'] as never } })
          const counted = Object.fromEntries(groups.map(({ value, customers: count }) => [value, count]))
          expect(counted, place).toEqual(
            Object.fromEntries([...Map.groupBy(expected, ({ city }) => city)].map(([city, some]) => [city, some.length])),
          )
        }
      }
    }
  })

  test('one customer, its timeline and its history', async () => {
    for (const viewer of viewers) {
      const api = server.as(viewer.user)
      for (let i = 0; i < queries; i++) {
        const customer = pick(known)
        const allowed = mayRead(viewer, 'customer.read', customer)
        const calls = [
          () => api(customers.get, { params: { id: customer.id } }),
          () => api(customers.get, { params: { id: customer.code } }),
          () => api(customers.get, { params: { id: customer.id }, query: { timeline: 5 } }),
          () => api(customers.timeline, { params: { id: customer.id } }),
          () => api(customers.history, { params: { id: customer.id } }),
        ]
        for (const call of calls) {
          if (allowed) await call()
          else expect(await refusal(call())).toMatchObject({ status: 404, problem: 'customer-not-found' })
        }
        if (allowed) {
          const { items } = await api(customers.timeline, { params: { id: customer.id }, query: { kind: 'order' } })
          expect(items.map(({ id }) => id)).toEqual(mayRead(viewer, 'order.read', customer) ? [customer.orderId] : [])
          const { timeline } = await api(customers.get, { params: { id: customer.code }, query: { timeline: 1 } })
          expect(timeline).toEqual(await api(customers.timeline, { params: { id: customer.id }, query: { limit: 1 } }))
        }
      }
    }
  })

  test('orders follow the right to read orders, and name only customers that may be read', async () => {
    for (const viewer of viewers) {
      const api = server.as(viewer.user)
      const { items } = await api(catalog.listOrders, { query: { limit: 200 } })
      const expected = seen(viewer, 'order.read')
      expect(idsOf(items)).toEqual(expected.map(({ orderId }) => orderId).sort())
      const named = items.flatMap(({ customer }) => (customer ? [customer.id] : [])).sort()
      expect(named).toEqual(idsOf(expected.filter((customer) => mayRead(viewer, 'customer.read', customer))))
      const customer = pick(known)
      const call = api(catalog.getOrder, { params: { id: customer.orderId } })
      if (mayRead(viewer, 'order.read', customer)) expect((await call).id).toBe(customer.orderId)
      else expect(await refusal(call)).toMatchObject({ status: 404, problem: 'order-not-found' })
    }
  })

  test('an export follows the right to export', async () => {
    for (const viewer of viewers) {
      const response = await server.as(viewer.user).raw(customers.exportFile, { query: { format: 'csv' } })
      const codes = [...(await response.text()).matchAll(/^(C-\d+),/gm)].map(([, code]) => code).sort()
      expect(codes).toEqual(
        seen(viewer, 'customer.export')
          .map(({ code }) => code)
          .sort(),
      )
    }
  })

  test('changes reach no customer outside their own right', async () => {
    for (const viewer of viewers) {
      const api = server.as(viewer.user)
      const customer = pick(known)
      const other = pick(known.filter(({ id }) => id !== customer.id))
      const params = { params: { id: customer.id } }
      if (!mayRead(viewer, 'customer.edit', customer)) {
        expect(await refusal(api(customers.edit, { ...params, body: { values: { city: '上海市' } } }, { version: 1 }))).toMatchObject({
          status: 404,
        })
        const contact = { medium: 'phone' as const, direction: 'in' as const, content: 'x' }
        expect(await refusal(api(catalog.recordContact, { ...params, body: contact }))).toMatchObject({ status: 404 })
      }
      if (!mayRead(viewer, 'customer.link', customer) || !mayRead(viewer, 'customer.link', other)) {
        expect(await refusal(api(customers.link, { ...params, body: { customerId: other.id } }))).toMatchObject({ status: 404 })
      }
      if (!mayRead(viewer, 'order.edit', customer)) {
        const order = { customerId: customer.id, number: 'X', placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: 1 }] }
        expect(await refusal(api(catalog.createOrder, { body: order }))).toMatchObject({ status: 404 })
        expect(await refusal(api(catalog.cancelOrder, { params: { id: customer.orderId }, body: {} }, { version: 1 }))).toMatchObject({
          status: 404,
        })
      }
    }
  })
})

describe('the database shows no more, with the application’s checks off', () => {
  const byCustomer = ['customer_label', 'profile_customer'] as const

  async function asViewer<T>(viewer: Viewer, right: Right, work: (tx: Tx) => Promise<T>): Promise<T> {
    const principal = await loadPrincipal(server.app.database.system, viewer.user.id)
    const actor: Actor = { ...(principal as NonNullable<typeof principal>), via: 'api-key', requestId: 'test' }
    return actorTransaction(server.app.database, actor, right, work)
  }

  test('tables of customers, profiles and identities', async () => {
    for (const viewer of viewers) {
      const expected = idsOf(seen(viewer))
      await asViewer(viewer, 'customer.read', async (tx) => {
        expect(idsOf(await tx<{ id: string }[]>`select id from customer`)).toEqual(expected)
        for (const table of byCustomer) {
          expect(idsOf(await tx<{ id: string }[]>`select distinct customer_id as id from ${tx(table)}`)).toEqual(expected)
        }
        const [profiles] = await tx<{ all: number; identities: number }[]>`
          select (select count(*) from profile) as all, (select count(distinct profile_id) from identity) as identities`
        expect(profiles).toMatchObject({ all: expected.length, identities: expected.length })
      })
    }
  })

  test('orders and their lines', async () => {
    for (const viewer of viewers) {
      const expected = seen(viewer, 'order.read')
        .map(({ orderId }) => orderId)
        .sort()
      await asViewer(viewer, 'order.read', async (tx) => {
        expect(idsOf(await tx<{ id: string }[]>`select id from orders`)).toEqual(expected)
        expect(idsOf(await tx<{ id: string }[]>`select distinct order_id as id from order_line`)).toEqual(expected)
      })
    }
  })

  test('the functions that look past row security apply the scope themselves', async () => {
    for (const viewer of viewers) {
      const expected = idsOf(seen(viewer).filter(({ name }) => name.includes('张')))
      const found = await asViewer(
        viewer,
        'customer.read',
        (tx) => tx<{ id: string }[]>`select id from search_customers('[[{"grams": ["张"]}]]', 1000) as s(id)`,
      )
      expect(idsOf(found)).toEqual(expected)
      const customer = pick(known)
      await server.owner`insert into audit_event (action, object, object_id) values ('customer.edit', 'customers', ${customer.id})`
      const events = await asViewer(viewer, 'customer.read', (tx) => tx`select * from customer_events(${customer.id}, 10)`)
      expect(events.length > 0).toBe(mayRead(viewer, 'customer.read', customer))
    }
  })

  test('nothing is seen without settings, and the search table by nobody', async () => {
    const app = server.app.database.app
    expect(await app`select 1 from customer`).toHaveLength(0)
    await expect(app`select 1 from customer_search`).rejects.toMatchObject({ code: '42501' })
  })

  test('nothing outside the scope is written', async () => {
    for (const viewer of viewers) {
      const foreign = known.find((customer) => !mayRead(viewer, 'customer.edit', customer))
      if (!foreign) continue
      const touched = await asViewer(viewer, 'customer.edit', async (tx) => [
        await tx`update customer set name = 'x' where id = ${foreign.id}`,
        await tx`delete from customer where id = ${foreign.id}`,
        await tx`delete from profile_customer where customer_id = ${foreign.id}`,
      ])
      expect(touched.map(({ count }) => count)).toEqual([0, 0, 0])
      const added = asViewer(
        viewer,
        'customer.edit',
        (tx) => tx`insert into customer_lock (customer_id, field) values (${foreign.id}, ${newId()})`,
      )
      await expect(added).rejects.toMatchObject({ code: '42501' })
    }
  })
})

test('search follows a customer that is handed over', async () => {
  const admin = server.as(await server.given.administrator())
  const { id } = await admin(customers.create, { body: { kind: 'person', values: { name: '张递交' } } })
  for (const after of viewers.slice(0, 6)) {
    const { version } = await admin(customers.get, { params: { id } })
    await admin(customers.edit, { params: { id }, body: { ownerId: after.user.id, teamId: after.teams[0] ?? null } }, { version })
    for (const viewer of viewers) {
      const { items } = await server.as(viewer.user)(customers.list, { query: { search: '递交' } })
      const visible = mayRead(viewer, 'customer.read', { owner: after.user.id, team: after.teams[0] ?? null } as Known)
      expect(idsOf(items)).toEqual(visible ? [id] : [])
    }
  }
  const astray = await server.owner`
    select c.name from customer c join customer_search s on s.customer_id = c.id where s.scope <> search_scope(c.owner_id, c.team_id)`
  expect(astray).toEqual([])
})
