import { seededRandom } from '@zhike/analytics/random.ts'
import { rfmCellIndex, rfmGroupNames } from '@zhike/analytics/rfm/groups.ts'
import { scoreRfm } from '@zhike/analytics/rfm/rfm.ts'
import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { type GivenCustomer, giveSales } from '../testing/give-sales.ts'
import { defaultAnalysis, runToEnd } from '../testing/run-analysis.ts'

const asOf = '2026-06-30'
const dayBefore = (days: number) => new Date(Date.parse(asOf) - days * 86_400_000).toISOString().slice(0, 10)

/** Customers with up to six orders each, many of them alike, so that ties decide. */
function generated(count: number, owners: readonly string[]): GivenCustomer[] {
  const random = seededRandom(7)
  const below = (n: number) => Math.floor(random() * n)
  return Array.from({ length: count }, (_, i) => ({
    name: `Customer ${i}`,
    phone: `+8613${String(900_000_000 + i)}`,
    ...(owners[i % 3] === undefined ? {} : { ownerId: owners[i % 3] as string }),
    orders: Array.from({ length: 1 + below(i % 6 === 0 ? 6 : 2) }, () => {
      const day = below(200)
      return {
        day: dayBefore(day),
        sales: 1000 * (1 + below(20)),
        channel: below(2) === 0 ? 'shop-a' : 'shop-b',
        ...(below(10) === 0 ? { returned: 500 } : {}),
        ...(below(10) === 0 ? { later: { day: dayBefore(Math.max(0, day - 5)), amount: 700 } } : {}),
      }
    }),
  }))
}

interface Expected {
  days: number[]
  times: number[]
  spent: number[]
}

function measures(people: readonly GivenCustomer[]): Expected {
  const daysTo = (day: string) => (Date.parse(asOf) - Date.parse(day)) / 86_400_000
  return {
    days: people.map(({ orders }) => Math.min(...orders.map(({ day }) => daysTo(day)))),
    times: people.map(({ orders }) => orders.length),
    spent: people.map(({ orders }) => orders.reduce((sum, o) => sum + o.sales - (o.returned ?? 0) - (o.later?.amount ?? 0), 0)),
  }
}

let server: TestServer
let api: Client
let people: GivenCustomer[]
let ids: string[]
let run: analyses.Run
let agent: { id: string; name: string; apiKey: string }

beforeAll(async () => {
  server = await startTestServer()
  api = server.as(await server.given.administrator())
  agent = await server.given.user({ grants: ['customer.read', 'analysis.read'], scope: 'own' })
  people = generated(603, [agent.id])
  ids = await giveSales(server.owner, people, [
    { day: dayBefore(3), sales: 5000 },
    { day: dayBefore(300), sales: 100, returned: 50 },
  ])
  run = await runToEnd(api, (await defaultAnalysis(api, 'rfm')).id, asOf)
})
afterAll(() => server?.stop())

describe('an RFM run', () => {
  test('scores everybody as the analytics library does', async () => {
    const { days, times, spent } = measures(people)
    const scores = scoreRfm({ recencyDays: days, frequency: times, monetary: spent })
    const seen = new Map((await everybody(api, run.id)).map((member) => [member.customer.id, member.values]))
    expect(seen.size).toBe(people.length)
    ids.forEach((id, i) =>
      expect(seen.get(id)).toEqual({
        r: scores.r[i],
        f: scores.f[i],
        m: scores.m[i],
        group: rfmGroupNames[scores.group[i] ?? 0],
        recencyDays: days[i],
        frequency: times[i],
        monetary: spent[i],
      }),
    )
  })

  test('scores by own cut-offs as the library does', async () => {
    const { days, times, spent } = measures(people)
    const cuts = { recencyDays: [10, 40, 90, 150], frequency: [1, 2, 3, 5], monetary: [3000, 8000, 15_000, 30_000] }
    const scoring = { by: 'cut-offs' as const, ...cuts }
    const { id } = await api(analyses.create, { body: { name: 'own cut-offs', definition: { method: 'rfm', scoring } } })
    const { cells } = analyses.RfmSummary.parse((await runToEnd(api, id, asOf)).summary)
    const method = { recency: cuts.recencyDays, frequency: cuts.frequency, monetary: cuts.monetary } as never
    const { cellCounts } = scoreRfm({ recencyDays: days, frequency: times, monetary: spent }, method)
    expect(cells.length).toBe(cellCounts.filter((count) => count > 0).length)
    for (const { r, f, m, customers: count } of cells) expect(count).toBe(cellCounts[rfmCellIndex(r, f, m)])
  })

  test('sums up: each customer in one cell and one group, nobody’s orders apart', () => {
    const summary = analyses.RfmSummary.parse(run.summary)
    const spent = measures(people).spent.reduce((sum, value) => sum + value, 0)
    expect(summary).toMatchObject({ customers: 603, revenue: spent, currency: 'CNY', anonymousOrders: 2, anonymousRevenue: 5050 })
    for (const part of [summary.cells, summary.groups]) {
      expect(part.reduce((sum, row) => sum + row.customers, 0)).toBe(603)
      expect(part.reduce((sum, row) => sum + row.revenue, 0)).toBe(spent)
    }
    expect(summary.groups.map(({ group }) => group)).toEqual([...rfmGroupNames])
    for (const edges of Object.values(summary.cutOffs)) expect(edges).toHaveLength(4)
  })

  test('leads from each group and cell to exactly its customers', async () => {
    const summary = analyses.RfmSummary.parse(run.summary)
    for (const { group, customers: count } of summary.groups) {
      const page = await api(analyses.members, { params: { id: run.id }, query: { group, limit: 200 } })
      expect(page.total).toBe(count)
      expect(page.items.every(({ values }) => values['group'] === group)).toBe(true)
    }
    const cell = summary.cells[0]
    if (!cell) throw new Error('no cell')
    const { r, f, m } = cell
    const page = await api(analyses.members, { params: { id: run.id }, query: { r, f, m } })
    expect(page.total).toBe(cell.customers)
  })

  test('shows a reader of some customers only theirs, their phones covered', async () => {
    const mine = await everybody(server.as(agent), run.id)
    expect(mine.map(({ customer }) => customer.id).toSorted()).toEqual(ids.filter((_, i) => i % 3 === 0).toSorted())
    expect(mine[0]?.customer.phone).toMatch(/\*{4}/)
    const page = await server.as(agent)(analyses.members, { params: { id: run.id }, query: { limit: 1 } })
    expect(page.total).toBe(mine.length)
  })

  test('writes its labels to the customers, and a list filters by them', async () => {
    const summary = analyses.RfmSummary.parse(run.summary)
    for (const { group, customers: count } of summary.groups.filter((each) => each.customers > 0)) {
      const filter = { match: 'all' as const, conditions: [{ field: 'rfmGroup' as const, operator: 'is' as const, value: group }] }
      const found = await api(customers.list, { query: { filter, limit: 200 } })
      expect(found.items).toHaveLength(Math.min(200, count))
      expect(found.items.every(({ labels }) => labels['rfmGroup'] === group)).toBe(true)
    }
  })
})

async function everybody(client: Client, id: string): Promise<analyses.Member[]> {
  const all: analyses.Member[] = []
  let after: string | undefined
  do {
    const page = await client(analyses.members, { params: { id }, query: { limit: 100, ...(after ? { after } : {}) } })
    all.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return all
}
