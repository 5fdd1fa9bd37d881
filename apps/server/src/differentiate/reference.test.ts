import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referenceRows, withoutReferenceData } from '../../../../packages/analytics/test/reference-data.ts'
import { startTestServer, type TestServer } from '../../test/harness.ts'
import { type GivenCustomer, type GivenOrder, giveSales } from './testing/give-sales.ts'
import { runToEnd } from './testing/run-analysis.ts'

// The same through generated data and single values: rfm.test.ts, abc.test.ts, clv.test.ts.

/** What a fit says of itself, as far as these tests look. */
interface Fit {
  parameters: Record<string, number>
  logLikelihood: number
  customers: number
  periods: number
  verdict: string
}

let server: TestServer
let api: Client

/** A server with these customers, and how to run a definition on them. */
async function withCustomers(currency: string, customers: readonly GivenCustomer[]): Promise<void> {
  server = await startTestServer()
  await server.owner`update company set currency = ${currency}`
  api = server.as(await server.given.administrator())
  await giveSales(server.owner, customers)
}

async function resultOf(definition: object, asOf: string): Promise<unknown> {
  const { id } = await api(analyses.create, { body: { name: JSON.stringify(definition).slice(0, 80), definition: definition as never } })
  return (await runToEnd(api, id, asOf)).summary
}

/** Orders by customer, customers in the order of their number as text. */
function byCustomer(orders: readonly (GivenOrder & { customer: string })[]): GivenCustomer[] {
  const groups = Map.groupBy(orders, ({ customer }) => customer)
  return [...groups.keys()].toSorted().map((customer) => ({ orders: groups.get(customer) ?? [] }))
}

describe.skipIf(withoutReferenceData)('CDNOW, 1/10 sample', () => {
  beforeAll(() =>
    withCustomers(
      'USD',
      byCustomer(
        referenceRows('cdnow_sample.csv').map(([, customer = '', day = '', , dollars]) => ({
          customer,
          day,
          sales: Math.round(Number(dollars) * 100),
        })),
      ),
    ),
  )
  afterAll(() => server?.stop())

  test('the fits reach the published figures, and predict the holdout as published', async () => {
    const definition = { method: 'clv', value: 'revenue', calibrationEnd: '1997-09-30' }
    const summary = analyses.ClvSummary.parse(await resultOf(definition, '1998-06-30'))
    const [bgnbd, gammaGamma] = [summary.bgnbd, summary.gammaGamma] as unknown as [Fit, Fit]
    expect(summary).toMatchObject({ customers: 2357, repeatCustomers: 946 })
    expect(bgnbd).toMatchObject({ customers: 2357, verdict: 'converged' })
    expect(bgnbd.parameters['r']).toBeCloseTo(0.242593, 4)
    expect(bgnbd.parameters['alpha']).toBeCloseTo(4.413532, 2)
    expect(bgnbd.parameters['a']).toBeCloseTo(0.792886, 2)
    expect(bgnbd.parameters['b']).toBeCloseTo(2.425752, 2)
    expect(bgnbd.logLikelihood).toBeCloseTo(-9582.4256, 2)
    expect(bgnbd.periods).toBeCloseTo(38.86, 2)
    expect(gammaGamma.parameters['p']).toBeCloseTo(6.2488, 2)
    expect(gammaGamma.parameters['q']).toBeCloseTo(3.7446, 2)
    expect(gammaGamma.parameters['v']).toBeCloseTo(15.4477, 1)
    expect(gammaGamma.logLikelihood).toBeCloseTo(-4055.9232, 0)
    expect(summary.holdout).toMatchObject({ weeks: 39, actual: 1882 })
    expect(summary.holdout?.expected).toBeCloseTo(1653.4, 0)
  })

  test('the value over twelve months is the reference’s', async () => {
    const summary = analyses.ClvSummary.parse(await resultOf({ method: 'clv', value: 'revenue' }, '1997-09-30'))
    expect(Math.abs(summary.futureValue / 7_150_990 - 1)).toBeLessThan(0.001)
  })
})

describe.skipIf(withoutReferenceData)('Online Retail, clean lines', () => {
  beforeAll(async () => {
    const invoices = new Map<string, GivenOrder & { customer: string }>()
    for (const [invoice = '', , , quantity, time = '', price, customer] of referenceRows('online_retail_2010_2011.csv.gz')) {
      if (!customer || invoice.startsWith('C') || !(Number(quantity) > 0) || !(Number(price) > 0)) continue
      const known = invoices.get(invoice)
      const pence = Math.round(Number(quantity) * Number(price) * 100)
      if (known) known.sales += pence
      else invoices.set(invoice, { customer, day: time.slice(0, 10), sales: pence })
    }
    await withCustomers('GBP', byCustomer([...invoices.values()]))
  })
  afterAll(() => server?.stop())

  test('RFM finds 348 customers in 555 and 185 in 111', async () => {
    const summary = analyses.RfmSummary.parse(await resultOf({ method: 'rfm', basis: { returns: 'ignore' } }, '2011-12-09'))
    const of = (score: number) => summary.cells.find(({ r, f, m }) => r === score && f === score && m === score)?.customers
    expect(summary.customers).toBe(4338)
    expect([of(5), of(1)]).toEqual([348, 185])
    expect(Math.abs(summary.revenue - 891_140_790)).toBeLessThan(10)
  })

  test('ABC, share of the best fifth and Gini by customer are the reference’s', async () => {
    const summary = analyses.AbcSummary.parse(await resultOf({ method: 'abc', basis: { returns: 'ignore' } }, '2011-12-09'))
    expect(summary.classes.map(({ customers }) => customers)).toEqual([1133, 1469, 1736])
    expect(summary.topFifthShare).toBeCloseTo(0.7462, 4)
    expect(summary.gini).toBeCloseTo(0.71514, 5)
  })

  test('BG/NBD says that purchases up to August are best explained without drop-out', async () => {
    const definition = { method: 'clv', value: 'revenue', calibrationEnd: '2011-08-31' }
    const { bgnbd, holdout } = analyses.ClvSummary.parse(await resultOf(definition, '2011-12-09'))
    expect((bgnbd as unknown as Fit).verdict).toBe('no-drop-out')
    expect(holdout?.correlation).toBeGreaterThan(0.5)
  })
})
