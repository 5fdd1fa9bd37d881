import { abcClasses, abcNames } from '@zhike/analytics/pareto/abc-classes.ts'
import { paretoCurve, shareOfTop } from '@zhike/analytics/pareto/curves.ts'
import { gini } from '@zhike/analytics/pareto/gini.ts'
import { pyramidLevels, valuePyramid } from '@zhike/analytics/pyramid/value-pyramid.ts'
import { seededRandom } from '@zhike/analytics/random.ts'
import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { giveSales } from '../testing/give-sales.ts'
import { defaultAnalysis, runToEnd } from '../testing/run-analysis.ts'

let server: TestServer
let api: Client
let values: number[]
let ids: string[]
let run: analyses.Run
let summary: analyses.AbcSummary

beforeAll(async () => {
  server = await startTestServer()
  api = server.as(await server.given.administrator())
  const random = seededRandom(3)
  // Few values and many alike; some gave back more than they kept.
  values = Array.from({ length: 457 }, () => (random() < 0.05 ? -300 : 100 * Math.ceil(1 / (0.02 + random()))))
  ids = await giveSales(
    server.owner,
    values.map((value) => ({ orders: [{ day: '2026-01-15', sales: Math.max(value, 100), ...(value < 0 ? { returned: 400 } : {}) }] })),
  )
  run = await runToEnd(api, (await defaultAnalysis(api, 'abc')).id, '2026-06-30')
  summary = analyses.AbcSummary.parse(run.summary)
})
afterAll(() => server?.stop())

test('classes and levels of everybody are those of the analytics library', async () => {
  const { classes } = abcClasses(values)
  const { levels } = valuePyramid(values)
  const seen = new Map<string, analyses.Member['values']>()
  for (let after: string | undefined; ; ) {
    const page = await api(analyses.members, { params: { id: run.id }, query: { limit: 200, ...(after ? { after } : {}) } })
    for (const { customer, values: each } of page.items) seen.set(customer.id, each)
    if (page.next === null) break
    after = page.next
  }
  ids.forEach((id, i) =>
    expect(seen.get(id)).toMatchObject({ class: abcNames[classes[i] ?? 0], level: pyramidLevels[levels[i] ?? 0], value: values[i] }),
  )
})

test('the summary has the library’s Gini, share of the best fifth, curve and sums', () => {
  expect(summary.gini).toBeCloseTo(gini(values), 9)
  expect(summary.topFifthShare).toBeCloseTo(shareOfTop(values, 0.2), 9)
  const curve = paretoCurve(values)
  expect(summary.curve).toHaveLength(curve.length)
  summary.curve.forEach(([heads, value], i) => {
    expect(heads).toBeCloseTo(curve[i]?.heads ?? -1, 9)
    expect(value).toBeCloseTo(curve[i]?.value ?? -1, 9)
  })
  const revenue = values.reduce((sum, value) => sum + value, 0)
  expect(summary).toMatchObject({ customers: values.length, revenue })
  for (const part of [summary.classes, summary.levels]) {
    expect(part.reduce((sum, row) => sum + row.customers, 0)).toBe(values.length)
    expect(part.reduce((sum, row) => sum + row.revenue, 0)).toBe(revenue)
  }
})

test('each class and level leads to exactly its customers', async () => {
  const total = async (query: object) => (await api(analyses.members, { params: { id: run.id }, query: { ...query, limit: 1 } })).total
  for (const { class: group, customers } of summary.classes) expect(await total({ group })).toBe(customers)
  for (const { level, customers } of summary.levels) expect(await total({ level })).toBe(customers)
})
