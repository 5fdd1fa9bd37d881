import type { Client } from '@zhike/contract/client.ts'
import * as home from '@zhike/contract/home.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { list as importList } from '@zhike/contract/identify/imports.ts'
import { list as jobList } from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from '../../test/harness.ts'
import { type GivenCustomer, giveSales } from '../differentiate/testing/give-sales.ts'
import { defaultAnalysis, finished, runToEnd } from '../differentiate/testing/run-analysis.ts'
import { newId } from '../platform/database/ids.ts'
import { backupToDo } from './to-do.ts'

let server: TestServer
let everything: TestUser
let ana: TestUser
const people: Record<string, TestUser> = {}

const dayOf = (at: Date) => at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
const daysAgo = (days: number) => dayOf(new Date(Date.now() - days * 86_400_000))

beforeAll(async () => {
  server = await startTestServer()
  everything = await server.given.administrator()
  const east = await server.given.team('East')
  ana = await server.given.user({ grants: ['customer.read', 'order.read', 'analysis.read'], scope: 'own' })
  people['everybody'] = everything
  people['her own'] = ana
  people['her team'] = await server.given.user({ grants: ['customer.read', 'order.read'], scope: 'team', teams: [east] })
  people['her own customers but every order'] = await server.given.user({
    grants: [
      { right: 'customer.read', scope: 'own', pool: true },
      { right: 'order.read', scope: 'all', pool: true },
    ],
  })
  // Every tenth has bought much, and not for long.
  const given = Array.from({ length: 60 }, (_, i): GivenCustomer => {
    const lapsed = i % 10 === 0
    return {
      name: `Guest ${i}`,
      ...(i % 3 === 0 ? { ownerId: ana.id } : {}),
      ...(i % 4 === 0 ? { teamId: east } : {}),
      orders: Array.from({ length: lapsed ? 12 : 1 + (i % 3) }, (_order, n) => ({
        day: daysAgo((lapsed ? 300 : i) + n * 17),
        sales: lapsed ? 90_000 + n : 1_000 + i,
        ...(n === 1 ? { returned: 300 } : {}),
        ...(n === 2 ? { later: { day: daysAgo(0), amount: 200 } } : {}),
      })),
    }
  })
  const ids = await giveSales(server.owner, given, [{ day: daysAgo(0), sales: 777 }])
  await server.owner`update customer set created_at = now() - interval '2 years' where id = any (${ids.slice(0, 40)}::uuid[])`
  // As intake leaves them.
  await server.owner`
    update customer c
       set last_order_at = (select max(o.placed_at) from orders o join profile_customer l using (profile_id) where l.customer_id = c.id and o.sales > 0)`
  await server.owner`update orders set status = 'cancelled' where id in (select id from orders where profile_id is not null order by placed_at desc limit 1)`
  await server.owner`delete from outbox`
  await server.app.sync.rebuild()
})
afterAll(() => server.stop())

const as = (who: string): Client => server.as(people[who])
const whom = ['everybody', 'her own', 'her team', 'her own customers but every order']

/** The rows of a list, paged to its end. */
async function rowsOf<T>(page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const rows: T[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await page(after)
    rows.push(...items)
    if (next === null) return rows
    after = next
  }
}

const listed = (api: Client, filter: customers.Filter | null) =>
  rowsOf((after) => api(customers.list, { query: { filter: filter ?? undefined, after, limit: 25 } }))

const namedFigures = async (api: Client) => new Map((await api(home.customerFigures, {})).figures.map((figure) => [figure.name, figure]))

describe('figures of customers', () => {
  test('before an analysis has run nobody is said to be at risk, and nobody is said not to be', async () => {
    const figures = await namedFigures(server.as(everything))
    expect(figures.get('at-risk')?.count).toBeNull()
    expect(figures.get('all')?.count).toBe(60)
    expect(figures.get('new')?.count).toBe(20)
  })

  test.each(whom)('each counts the rows of the list that it leads to, for who sees %s', async (who) => {
    const api = server.as(everything)
    for (const method of ['rfm', 'abc'] as const) await runToEnd(api, (await defaultAnalysis(api, method)).id)
    const { figures } = await as(who)(home.customerFigures, {})
    expect(figures.map(({ name }) => name)).toEqual(['all', 'new', 'active', 'at-risk'])
    for (const { filter, count } of figures) expect(count).toBe((await listed(as(who), filter)).length)
  })

  test('the guests worth most who have not come for long are the ones at risk', async () => {
    const api = server.as(everything)
    const risk = (await namedFigures(api)).get('at-risk')
    const names = (await listed(api, risk?.filter ?? null)).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(name).toMatch(/0$/)
  })
})

describe('sales', () => {
  test.each(whom)('each period is the sum of the orders that it leads to, cancelled ones left out, for who sees %s', async (who) => {
    const { periods, currency } = await as(who)(home.sales, {})
    expect(currency).toBe('CNY')
    for (const { from, to, orders, amount } of periods) {
      const instants = { from: new Date(`${from}T00:00:00+08:00`), to: new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000) }
      const query = { from: instants.from.toISOString(), to: instants.to.toISOString() }
      const rows = await rowsOf((after) => as(who)(catalog.listOrders, { query: { ...query, after, limit: 50 } }))
      const counting = rows.filter(({ status }) => status !== 'cancelled')
      expect({ orders, amount }).toEqual({
        orders: counting.length,
        amount: counting.reduce((sum, { amountReporting }) => sum + amountReporting, 0),
      })
    }
    expect(periods.map(({ name }) => name)).toEqual(['this-month', 'last-month', 'last-year'])
  })

  test('who sees every order sees those of nobody known as well', async () => {
    const ofThisMonth = async (who: string) => (await as(who)(home.sales, {})).periods[0]?.amount ?? 0
    expect(await ofThisMonth('everybody')).toBe(await ofThisMonth('her own customers but every order'))
    expect(await ofThisMonth('everybody')).toBeGreaterThan(await ofThisMonth('her own'))
  })
})

describe('what waits', () => {
  async function giveImport(
    startedBy: string,
    wish: { state: string; failed: number; daysAgo?: number; codes?: string[] },
  ): Promise<string> {
    const [id, fileId] = [newId(), newId()]
    await server.owner`insert into stored_file (id, name, media_type, bytes, sha256, owner_id)
      values (${fileId}, ${`${wish.state}.csv`}, 'text/csv', 10, '\\x00', ${startedBy})`
    await server.owner`insert into import (id, kind, channel_id, file_id, settings, state, failed, started_by, created_at)
      values (${id}, 'orders', (select id from channel where code = 'manual'), ${fileId}, '{}', ${wish.state}, ${wish.failed}, ${startedBy},
              now() - make_interval(days => ${wish.daysAgo ?? 0}))`
    for (const [i, code] of (wish.codes ?? []).entries()) {
      await server.owner`insert into import_failure (import_id, row_number, cells, problems)
        values (${id}, ${i + 1}, '{}', ${server.owner.json([{ column: null, field: null, code, value: null }])})`
    }
    return id
  }

  test('imports with failed rows and imports that broke off are named, newest first, until they are taken back or a month old', async () => {
    const importer = await server.given.user({ grants: ['import.run'] })
    const broken = await giveImport(importer.id, { state: 'failed', failed: 0 })
    const flawed = await giveImport(importer.id, { state: 'done', failed: 3, codes: ['rate-missing', 'required', 'rate-missing'] })
    await giveImport(importer.id, { state: 'done', failed: 0 })
    await giveImport(importer.id, { state: 'undone', failed: 2 })
    await giveImport(importer.id, { state: 'done', failed: 2, daysAgo: 31 })
    const { imports } = await server.as(importer)(home.toDo, {})
    expect(imports).toMatchObject({ count: 2, items: [{ id: flawed, failed: 3, withoutRate: 2 }, { id: broken }] })
    const { items } = await server.as(importer)(importList, { query: { toRepair: true } })
    expect(items.map(({ id }) => id)).toEqual([flawed, broken])
  })

  test('other people’s imports and jobs wait for those who manage them', async () => {
    const other = await server.given.user({ grants: ['import.run', 'job.read'] })
    expect((await server.as(other)(home.toDo, {})).imports).toEqual({ count: 0, items: [] })
    expect((await server.as(everything)(home.toDo, {})).imports?.count).toBe(2)
  })

  test('a job that waits or runs is counted until it has ended', async () => {
    const api = server.as(everything)
    const { id } = await defaultAnalysis(api, 'rfm')
    const { jobs } = await api(home.toDo, {})
    expect(jobs).toEqual({ waiting: 0, running: 0 })
    await server.owner`insert into job (id, kind, state, input, started_by) values (${newId()}, 'never', 'waiting', '{}', ${everything.id})`
    expect((await api(home.toDo, {})).jobs).toEqual({ waiting: 1, running: 0 })
    expect((await api(jobList, { query: { state: 'unfinished' } })).items).toHaveLength(1)
    await server.owner`delete from job where kind = 'never'`
    expect((await finished(api, (await runToEnd(api, id)).jobId ?? '')).state).toBe('done')
  })

  test('an analysis that writes to the customers waits when it has never run or is a month old', async () => {
    const api = server.as(everything)
    await runToEnd(api, (await defaultAnalysis(api, 'abc')).id)
    await server.owner`update analysis_run set finished_at = now() - interval '31 days' where method = 'rfm'`
    const { analyses } = await api(home.toDo, {})
    expect(analyses).toMatchObject([
      { method: 'rfm', lastRunAt: expect.any(String) },
      { method: 'clv', lastRunAt: null },
    ])
  })

  test('birthdays of the next seven days are as many as the list that they lead to, for who may see birth dates', async () => {
    const today = dayOf(new Date())
    const birthDate = { calendar: 'solar', year: null, month: Number(today.slice(5, 7)), day: Number(today.slice(8)), leap: false }
    await server.owner`
      update customer set birth_date = ${server.owner.json(birthDate)} where id in (select id from customer where owner_id = ${ana.id} limit 5)`
    const masked = await server.given.user({ grants: ['customer.read'] })
    expect((await server.as(masked)(home.toDo, {})).birthdays).toBeNull()
    const own = await server.given.user({ grants: ['customer.read'], scope: 'own', personal: 'clear' })
    expect((await server.as(own)(home.toDo, {})).birthdays?.count).toBe(0)
    const { birthdays } = await server.as(everything)(home.toDo, {})
    expect(birthdays?.count).toBe(5)
    expect(await listed(server.as(everything), birthdays?.filter ?? null)).toHaveLength(5)
  })

  test('a backup waits when there is none or the newest is a week old', () => {
    const now = new Date('2026-03-20T08:00:00Z')
    expect(backupToDo(null, now)).toEqual({ lastAt: null })
    expect(backupToDo('2026-03-12T08:00:00.000Z', now)).toEqual({ lastAt: '2026-03-12T08:00:00.000Z' })
    expect(backupToDo('2026-03-19T08:00:00.000Z', now)).toBeNull()
  })

  test('who may do nothing about a thing is not told of it', async () => {
    const nobody = await server.given.user({ grants: ['customer.read'] })
    expect(await server.as(nobody)(home.toDo, {})).toMatchObject({
      birthdays: null,
      imports: null,
      jobs: null,
      analyses: null,
      backup: null,
    })
  })
})
