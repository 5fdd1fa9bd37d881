import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { salesByMonth } from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { readTable } from '../../identify/collection/files/table.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { ask } from '../../platform/warehouse/warehouse.ts'
import { giveSales } from '../testing/give-sales.ts'
import { defaultAnalysis, finished, runToEnd } from '../testing/run-analysis.ts'
import { rowOf, writersOf } from '../warehouse-query.ts'

const rfm = { method: 'rfm' as const, basis: { returns: 'deduct' as const }, scoring: { by: 'quantile' as const } }

let server: TestServer
let admin: TestUser
let api: Client

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  api = server.as(admin)
  await giveSales(
    server.owner,
    [
      { name: '=HYPERLINK("x")', phone: '+8613912345678', orders: [{ day: '2026-01-10', sales: 10_000, channel: 'shop' }] },
      { name: '王芳', phone: '+8613987654321', orders: [{ day: '2026-01-20', sales: 30_000, later: { day: '2026-02-02', amount: 5000 } }] },
      {
        name: '李强',
        orders: [
          { day: '2026-02-28', sales: 20_000 },
          { day: '2026-03-31', sales: 1000, channel: 'shop' },
        ],
      },
    ],
    [{ day: '2026-02-10', sales: 700 }],
  )
})
afterAll(() => server?.stop())

describe('stored analyses', () => {
  test('there is one of each method from the start, named in the reader’s language', async () => {
    const names = async (language: string) =>
      (await api.raw(analyses.list, {}, { headers: { 'accept-language': language } }))
        .json()
        .then((body) => (body as { items: analyses.Analysis[] }).items.map(({ name }) => name))
    expect((await names('en')).slice(0, 3)).toEqual(['RFM groups', 'ABC classes and value pyramid', 'Customer lifetime value'])
    expect((await names('zh'))[0]).toBe('RFM 客户分群')
  })

  test('an edit needs the version, and one analysis of a method writes the labels', async () => {
    const first = await defaultAnalysis(api, 'rfm')
    const own = await api(analyses.create, { body: { name: 'own', definition: rfm, writesLabels: true } })
    expect(await defaultAnalysis(api, 'rfm')).toMatchObject({ id: own.id })
    const edited = { name: first.name, definition: rfm, writesLabels: true }
    expect(await refusal(api(analyses.edit, { params: { id: first.id }, body: edited }))).toMatchObject({ status: 428 })
    expect(await refusal(api(analyses.edit, { params: { id: first.id }, body: edited }, { version: first.version }))).toMatchObject({
      status: 412,
    })
    await api(analyses.edit, { params: { id: first.id }, body: edited }, { version: first.version + 1 })
    expect(await defaultAnalysis(api, 'rfm')).toMatchObject({ id: first.id, name: 'RFM groups' })
  })

  test('names are unique, schedules and channels must exist', async () => {
    const create = (body: object) => refusal(api(analyses.create, { body: { name: 'x', definition: rfm, ...body } as never }))
    expect(await create({ name: 'RFM 客户分群' })).toMatchObject({ problem: 'analysis-name-taken' })
    expect(await create({ schedule: '61 3 * * *' })).toMatchObject({ status: 400, fields: ['body.schedule'] })
    expect(await create({ definition: { ...rfm, basis: { channels: ['shop', 'nowhere'] } } })).toMatchObject({
      fields: ['body.definition.basis.channels.1'],
    })
  })

  test('a schedule is kept until it is taken away', async () => {
    const schedules = () => server.owner`select cron from job_schedule where name like 'analysis/%'`
    const draft = { name: 'nightly', definition: rfm, schedule: '30 3 * * 1-5' }
    const { id, version } = await api(analyses.create, { body: draft })
    expect(await schedules()).toEqual([{ cron: '30 3 * * 1-5' }])
    await api(analyses.edit, { params: { id }, body: { ...draft, schedule: null } }, { version })
    expect(await schedules()).toEqual([])
  })

  test('whoever may only read can start none', async () => {
    const reader = server.as(await server.given.user({ grants: ['analysis.read'] }))
    const { id } = await defaultAnalysis(reader, 'rfm')
    expect(await refusal(reader(analyses.start, { params: { id }, body: {} }))).toMatchObject({ problem: 'right-missing' })
  })
})

describe('runs', () => {
  test('count sales through the end of the as-of day, of the channels and months that the definition names', async () => {
    const definition = { ...rfm, basis: { returns: 'ignore' as const, channels: ['shop'], windowMonths: 3 } }
    const { id } = await api(analyses.create, { body: { name: 'shop', definition } })
    const spent = async (asOf: string) => analyses.RfmSummary.parse((await runToEnd(api, id, asOf)).summary).revenue
    expect(await spent('2026-03-31')).toBe(11_000)
    expect(await spent('2026-03-30')).toBe(10_000)
    expect(await spent('2026-05-10')).toBe(1000)
    const { items, next } = await api(analyses.runs, { params: { id }, query: { limit: 2 } })
    expect(items.map(({ asOf }) => asOf)).toEqual(['2026-05-10', '2026-03-30'])
    expect((await api(analyses.runs, { params: { id }, query: { after: next ?? '' } })).items).toHaveLength(1)
  })

  test('without sales say so', async () => {
    const { id } = await defaultAnalysis(api, 'abc')
    const { run, job } = await api(analyses.start, { params: { id }, body: { asOf: '2020-01-01' } })
    expect(await finished(api, job.id)).toMatchObject({ state: 'failed', problem: { type: '/problems/nothing-to-analyse' } })
    expect(await refusal(api(analyses.members, { params: { id: run.id }, query: {} }))).toMatchObject({ problem: 'run-not-finished' })
  })

  test('the oldest are forgotten, with their rows, but those that somebody compared on purpose', async () => {
    const { id } = await api(analyses.create, { body: { name: 'many', definition: rfm } })
    const first = await runToEnd(api, id, '2026-03-01')
    const second = await runToEnd(api, id, '2026-03-02')
    const third = await runToEnd(api, id, '2026-03-03')
    await api(analyses.compare, { params: { id: third.id, earlierId: first.id }, query: {} })
    await api(analyses.compare, { params: { id: third.id, earlierId: second.id }, query: { glance: true } })
    await server.owner`
      insert into analysis_run (id, analysis_id, method, state, as_of, definition, definition_version)
      select uuidv7(), analysis_id, method, 'done', as_of, definition, definition_version
        from analysis_run, generate_series(1, 24) where id = ${third.id}`
    await runToEnd(api, id, '2026-03-04')
    const rowsOf = (run: analyses.Run) => api(analyses.members, { params: { id: run.id }, query: {} })
    expect((await rowsOf(first)).total).toBe(3)
    expect(await refusal(rowsOf(second))).toMatchObject({ problem: 'run-not-found' })
    const kept = await server.owner<{ number: number }[]>`select number from analysis_run`
    const held = await ask<{ run: number }>(server.app.warehouse, 'select distinct run from rfm_result')
    expect(held.filter(({ run }) => !kept.some(({ number }) => number === run))).toEqual([])
  })

  test('compared with an earlier one, tell who moved from which group to which', async () => {
    const { id } = await defaultAnalysis(api, 'abc')
    const earlier = await runToEnd(api, id, '2026-01-31')
    const later = await runToEnd(api, id, '2026-03-31')
    const { moves } = await api(analyses.compare, { params: { id: later.id, earlierId: earlier.id }, query: {} })
    expect(moves).toEqual([
      { from: null, to: 'A', customers: 1 },
      { from: 'A', to: 'A', customers: 1 },
      { from: 'A', to: 'B', customers: 1 },
    ])
  })

  test('compared with an earlier one, lead to who came and who left, by group and by level', async () => {
    const { id } = await defaultAnalysis(api, 'abc')
    const [later, earlier] = (await api(analyses.runs, { params: { id }, query: { limit: 2 } })).items as [analyses.Run, analyses.Run]
    const total = (run: analyses.Run, query: object) =>
      api(analyses.members, { params: { id: run.id }, query: query as never }).then((page) => page.total)
    for (const by of ['group', 'level'] as const) {
      const { moves } = await api(analyses.compare, { params: { id: later.id, earlierId: earlier.id }, query: { by } })
      for (const { from, to, customers: count } of moves) {
        const here = to === null ? undefined : { [by]: to, against: earlier.id, was: from ?? 'none' }
        const gone = { [by]: from, against: later.id, was: 'none' }
        expect(await (here ? total(later, here) : total(earlier, gone))).toBe(count)
      }
    }
    expect(await total(later, { group: 'A', against: earlier.id })).toBe(1)
    expect(await total(earlier, { group: 'A', against: later.id })).toBe(1)
    const rfmRun = await runToEnd(api, (await defaultAnalysis(api, 'rfm')).id, '2026-03-31')
    expect(await refusal(api(analyses.members, { params: { id: later.id }, query: { against: rfmRun.id } }))).toMatchObject({
      fields: ['query.against'],
    })
  })

  test('people behind a result are found as in the list of customers', async () => {
    const { lastRunId: runId } = await defaultAnalysis(api, 'abc')
    const people = (query: object) => api(analyses.members, { params: { id: runId ?? '' }, query })
    const [, second] = (await people({})).items
    const { items, total } = await people({ search: second?.customer.code })
    expect([total, items]).toEqual([1, [second]])
    expect((await people({ search: second?.customer.code, group: 'C' })).total).toBe(0)
  })

  test('of another as-of day take the labels from customers who are not in them', async () => {
    const { id } = await defaultAnalysis(api, 'rfm')
    const labelled = async () => {
      const { items } = await api(customers.list, { query: {} })
      return items.filter(({ labels }) => labels['rfmGroup'] !== null && labels['rfmGroup'] !== undefined).length
    }
    await runToEnd(api, id, '2026-03-31')
    expect(await labelled()).toBe(3)
    await runToEnd(api, id, '2026-01-15')
    expect(await labelled()).toBe(1)
  })
})

test('an order that is corrected counts as it is now, one that is cancelled not at all', async () => {
  const { id } = await api(analyses.create, { body: { name: 'after corrections', definition: rfm } })
  const result = async () => analyses.RfmSummary.parse((await runToEnd(api, id, '2026-03-31')).summary)
  expect(await result()).toMatchObject({ customers: 3, revenue: 56_000 })
  const change = (columns: object, sales: number) =>
    server.owner.begin(async (tx) => {
      const rows = await tx<{ id: string }[]>`update orders set ${tx(columns as never)} where sales = ${sales} returning id`
      await publish(tx, [{ type: 'order.changed', ids: rows.map((row) => row.id) }])
    })
  await change({ sales: 12_000 }, 10_000)
  await change({ status: 'cancelled' }, 1000)
  const corrected = await result()
  expect(corrected).toMatchObject({ customers: 3, revenue: 57_000 })
  const [member] = (await api(analyses.members, { params: { id: (await lastRun(id)) ?? '' }, query: { r: 5 } })).items
  expect(member?.values).toMatchObject({ recencyDays: 31, frequency: 1 })
  await change({ sales: 10_000 }, 12_000)
  await change({ status: 'completed' }, 1000)
})

const lastRun = async (id: string) => (await api(analyses.get, { params: { id } })).lastRunId

describe('a file of a result', () => {
  const read = async (format: 'csv' | 'xlsx', headers: Record<string, string> = {}) => {
    const { lastRunId } = await defaultAnalysis(api, 'abc')
    const query = { format, locale: 'en' as const }
    const reply = await api.raw(analyses.exportRun, { params: { id: lastRunId ?? '' }, query }, { headers })
    const folder = await mkdtemp(join(tmpdir(), 'zhike-export-'))
    await writeFile(join(folder, `file.${format}`), Buffer.from(await reply.arrayBuffer()))
    const rows: string[][] = []
    for await (const batch of readTable(join(folder, `file.${format}`))) rows.push(...batch.rows)
    await rm(folder, { recursive: true })
    return rows
  }

  test.each(['csv', 'xlsx'] as const)('%s holds everybody, the highest value first, and no formula', async (format) => {
    const rows = await read(format)
    expect(rows.map((row) => [row[1], row[4], row[6]])).toEqual([
      ['Name', 'ABC class', 'Spent'],
      ['王芳', 'A', '250'],
      ['李强', 'A', '210'],
      [`'=HYPERLINK("x")`, 'B', '100'],
    ])
    expect(rows[1]?.[2]).toMatch(/\*{4}/)
  })

  test('holds phones in clear only for a purpose, and is audited with its count', async () => {
    const rows = await read('csv', { 'zhike-purpose': 'service' })
    expect(rows[1]?.[2]).toBe('+8613987654321')
    const [event] = await server.owner`select details from audit_event where action = 'analysis.export' order by id desc limit 1`
    expect(event?.['details']).toMatchObject({ count: 3, complete: true, purpose: 'service', clear: ['phone'] })
  })
})

test('sales by month count orders, buyers, sales and what came back', async () => {
  await server.app.sync.caughtUp()
  const { currency, months } = await api(salesByMonth, { query: { from: '2026-01-01', to: '2026-12-31' } })
  expect(currency).toBe('CNY')
  expect(months).toEqual([
    { month: '2026-01', orders: 2, customers: 2, sales: 40_000, returned: 0 },
    { month: '2026-02', orders: 2, customers: 1, sales: 20_700, returned: 5000 },
    { month: '2026-03', orders: 1, customers: 1, sales: 1000, returned: 0 },
  ])
})

test('somebody who is merged or removed after a run stays counted, is said to be gone, and not by a name', async () => {
  const [gone = '', into = '', removed = ''] = await giveSales(
    server.owner,
    ['赵六', '孙七', '周八'].map((name) => ({
      name,
      phone: '+8613900000001',
      city: '杭州',
      orders: [{ day: '2026-03-30', sales: 90_000 }],
    })),
  )
  const { id } = await defaultAnalysis(api, 'abc')
  const { id: runId, customers: figure } = await runToEnd(api, id, '2026-03-31')
  await api(customers.link, { params: { id: into }, body: { customerId: gone } })
  await server.owner`update customer set live = false where id = ${removed}`
  const { items, total } = await api(analyses.members, { params: { id: runId }, query: {} })
  const shown = (customerId: string) => items.find(({ customer }) => customer.id === customerId)?.customer
  const { code } = shown(into) as { code: string }
  expect({ total, rows: items.length }).toEqual({ total: figure, rows: figure })
  expect(shown(gone)).toMatchObject({ name: null, phone: null, city: null, gone: { how: 'merged', into: code } })
  expect(shown(removed)).toMatchObject({ name: null, phone: null, gone: { how: 'removed', into: null } })
  expect(shown(into)).toMatchObject({ gone: null })
  const file = await (await api.raw(analyses.exportRun, { params: { id: runId }, query: { locale: 'en' } })).text()
  expect(file).toContain(`,Merged into ${code},`)
  expect(file).toContain(',No longer in the customer file,')
  expect(file.trim().split('\n')).toHaveLength((figure ?? 0) + 1)
})

test('cancelling a run leaves no query and no rows behind', async () => {
  const { warehouse } = server.app
  // Millions of facts that belong to nobody: enough to be at work when the cancelling comes.
  await warehouse.command({
    query: `insert into order_fact (order, profile, placed_at, day, channel, kind, amount, sales, returned, quantity, lines, sign)
      select 1000000 + number, 1000 + number, '2026-01-01 00:00:00', '2026-01-01', 1, 'sale', 100, 100, 0, 1, 1, 1 from numbers(6000000)`,
  })
  const { id } = await defaultAnalysis(api, 'rfm')
  const { run, job } = await api(analyses.start, { params: { id }, body: { asOf: '2026-03-31' } })
  while ((await api(jobs.get, { params: { id: job.id } })).stage !== 'score') await new Promise((resolve) => setTimeout(resolve, 10))
  const [begun] = await server.owner<{ number: number }[]>`select number from analysis_run where id = ${run.id}`
  await expect.poll(() => rowOf(warehouse, writersOf(begun?.number ?? 0)), { interval: 10 }).toEqual({ writers: 1 })
  await api(jobs.cancel, { params: { id: job.id } })
  expect(await finished(api, job.id)).toMatchObject({ state: 'cancelled' })
  expect(await api(analyses.run, { params: { id: run.id } })).toMatchObject({ state: 'cancelled', summary: null })
  expect(await rowOf(warehouse, writersOf(begun?.number ?? 0))).toEqual({ writers: 0 })
  expect(await ask(warehouse, 'select 1 from rfm_result where run = {number:UInt64} limit 1', { number: begun?.number })).toEqual([])
})
