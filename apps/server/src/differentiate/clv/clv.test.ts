import { beta, exponential, gamma, seededRandom } from '@zhike/analytics/random.ts'
import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer } from '../../../test/harness.ts'
import { type GivenCustomer, giveSales } from '../testing/give-sales.ts'
import { runToEnd } from '../testing/run-analysis.ts'

/** What a fit says of itself, as far as these tests look. */
interface Fit {
  parameters: Record<string, number>
  standardErrors: Record<string, number | null>
  logLikelihood: number
  customers: number
  periods: number
  verdict: string
}

const newAnalysis = (api: Client, name: string, definition: Partial<analyses.AnalysisDefinition>) =>
  api(analyses.create, { body: { name, definition: { method: 'clv', ...definition } as never } })

describe('a CLV run', () => {
  let server: TestServer
  let api: Client
  let run: analyses.Run
  let summary: analyses.ClvSummary
  const truth = { r: 0.8, alpha: 6, a: 0.8, b: 2.5, p: 6, q: 4, v: 30 }

  beforeAll(async () => {
    server = await startTestServer()
    api = server.as(await server.given.administrator())
    await giveSales(server.owner, buyers(3000, truth))
    const { id } = await newAnalysis(api, 'value', { value: 'revenue' })
    run = await runToEnd(api, id, '2026-06-30')
    summary = analyses.ClvSummary.parse(run.summary)
  })
  afterAll(() => server?.stop())

  test('finds the parameters that the customers were drawn with, within three standard errors', () => {
    for (const fit of [summary.bgnbd, summary.gammaGamma] as unknown as Fit[]) {
      expect(fit.verdict).toBe('converged')
      for (const [symbol, value] of Object.entries(fit.parameters)) {
        const error = fit.standardErrors[symbol]
        expect(error).toBeGreaterThan(0)
        expect(Math.abs(value - truth[symbol as keyof typeof truth])).toBeLessThan(3 * (error ?? 0))
      }
    }
  })

  test('places everybody in one quadrant, whose sums are those of its members', async () => {
    expect(summary.quadrants.reduce((sum, row) => sum + row.customers, 0)).toBe(summary.customers)
    expect(Math.abs(summary.quadrants.reduce((sum, row) => sum + row.futureValue, 0) - summary.futureValue)).toBeLessThanOrEqual(2)
    for (const { quadrant, customers } of summary.quadrants) {
      const page = await api(analyses.members, { params: { id: run.id }, query: { group: quadrant, limit: 1 } })
      expect(page.total).toBe(customers)
    }
    const { items } = await api(analyses.members, { params: { id: run.id }, query: { limit: 100 } })
    const future = items.map(({ values }) => Number(values['futureValue']))
    expect(future).toEqual(future.toSorted((a, b) => b - a))
    expect(items.every(({ values }) => Number(values['alive']) > 0 && Number(values['alive']) <= 1)).toBe(true)
  })

  test('counts everybody once by probability of being alive and by future value; each bar leads to as many people', async () => {
    const total = (filter: object) =>
      api(analyses.members, { params: { id: run.id }, query: { limit: 1, ...filter } }).then((page) => page.total)
    const { aliveBins, futureBins, customers } = summary
    expect(aliveBins.reduce((sum, bin) => sum + bin.customers, 0)).toBe(customers)
    expect(futureBins.reduce((sum, bin) => sum + bin.customers, 0)).toBe(customers)
    for (const { from, to, customers: count } of aliveBins)
      expect(await total({ aliveFrom: from, ...(to < 100 ? { aliveBelow: to } : {}) })).toBe(count)
    for (const { from, to, customers: count } of futureBins)
      expect(await total({ ...(from === null ? {} : { futureFrom: from }), ...(to === null ? {} : { futureBelow: to }) })).toBe(count)
  })

  test('follows repeat purchases week by week: the model that fits expects about as many as there were', () => {
    const { from, calibrationWeek, weeks, actual, expected } = summary.tracking!
    expect([from, calibrationWeek, weeks[1]]).toEqual(['2024-07-01', null, 1])
    expect([actual[0], expected[0]]).toEqual([0, 0])
    expect(Math.abs(expected.at(-1)! / actual.at(-1)! - 1)).toBeLessThan(0.05)
    expect(actual).toEqual(actual.toSorted((a, b) => a - b))
  })

  test('shows customers as points of the matrix, and of many always the same', async () => {
    const read = () => api(analyses.clvPoints, { params: { id: run.id } })
    const { points, total } = await read()
    expect([points.length, total]).toEqual([1500, summary.customers])
    expect((await read()).points).toEqual(points)
    const { current, future } = summary.thresholds
    for (const { currentValue, futureValue, quadrant } of points.filter(({ quadrant }) => quadrant === 'vip')) {
      expect([currentValue >= current - 1, futureValue >= future - 1, quadrant]).toEqual([true, true, 'vip'])
    }
  })

  test('sorts people by any value of the method, page after page', async () => {
    const read = (after?: string) =>
      api(analyses.members, { params: { id: run.id }, query: { sort: 'alive', order: 'ascending', limit: 60, after } })
    const first = await read()
    const second = await read(first.next!)
    const alive = [...first.items, ...second.items].map(({ values }) => Number(values['alive']))
    expect(alive).toEqual(alive.toSorted((a, b) => a - b))
    expect(new Set([...first.items, ...second.items].map(({ customer }) => customer.id)).size).toBe(120)
    expect(await refusal(api(analyses.members, { params: { id: run.id }, query: { sort: 'monetary' } }))).toMatchObject({
      fields: ['query.sort'],
    })
  })

  test('counts margin: the order’s own cost where it is known, else the company’s share', async () => {
    const own = await startTestServer()
    const client = own.as(await own.given.administrator())
    await own.owner`update company set margin = 0.25`
    await giveSales(own.owner, [
      {
        orders: [
          { day: '2026-01-01', sales: 10_000, cost: 4000 },
          { day: '2026-02-01', sales: 2000 },
        ],
      },
      { orders: [{ day: '2026-03-01', sales: 800, returned: 100, cost: 500 }] },
    ])
    const { id } = await newAnalysis(client, 'margin', { basis: { returns: 'deduct' } })
    const { id: runId } = await runToEnd(client, id, '2026-06-30')
    const { items } = await client(analyses.members, { params: { id: runId }, query: {} })
    expect(items.map(({ values }) => values['currentValue']).toSorted()).toEqual([200, 6500])
    await own.stop()
  })

  test('checks the fit on what came after the calibration', async () => {
    const { id } = await newAnalysis(api, 'checked', { value: 'revenue', calibrationEnd: '2025-09-30' })
    const { holdout, bgnbd } = analyses.ClvSummary.parse((await runToEnd(api, id, '2026-06-30')).summary)
    expect(holdout?.weeks).toBe(39)
    expect(Math.abs((holdout?.expected ?? 0) / (holdout?.actual ?? 1) - 1)).toBeLessThan(0.1)
    expect(holdout?.correlation).toBeGreaterThan(0.5)
    const checked = analyses.ClvSummary.parse((await api(analyses.runs, { params: { id }, query: {} })).items[0]?.summary).tracking!
    expect(checked.calibrationWeek).toBeCloseTo(456 / 7, 6)
    expect((bgnbd as unknown as Fit).customers).toBeLessThan(summary.customers)
  })
})

/** Orders of customers drawn as the two models suppose, from July 2024 on, with amounts of yuan in minor units. */
function buyers(
  count: number,
  truth: { r: number; alpha: number; a: number; b: number; p: number; q: number; v: number },
): GivenCustomer[] {
  const random = seededRandom(11)
  const start = Date.parse('2024-07-01')
  const lastDay = (Date.parse('2026-06-30') - start) / 86_400_000
  const day = (n: number) => new Date(start + n * 86_400_000).toISOString().slice(0, 10)
  return Array.from({ length: count }, () => {
    const rate = gamma(random, truth.r, truth.alpha)
    const dropOut = beta(random, truth.a, truth.b)
    const amountRate = gamma(random, truth.q, truth.v)
    const first = Math.floor(random() * lastDay * 0.7)
    const days = [first]
    for (let time = first; ; ) {
      time += exponential(random, rate) * 7
      if (time > lastDay) break
      if (Math.floor(time) > (days.at(-1) ?? 0)) days.push(Math.floor(time))
      if (random() < dropOut) break
    }
    return { orders: days.map((n) => ({ day: day(n), sales: Math.max(1, Math.round(gamma(random, truth.p, amountRate) * 100)) })) }
  })
}
