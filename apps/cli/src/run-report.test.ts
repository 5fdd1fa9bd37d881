import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { expect, test } from 'vitest'
import { runLines, runResult } from './run-report.ts'
import { sayIn } from './text.ts'

const run: Run = {
  id: '01890000-0000-7000-8000-000000000001',
  analysisId: '01890000-0000-7000-8000-000000000002',
  method: 'clv',
  state: 'done',
  asOf: '1997-09-30',
  definition: {
    method: 'clv',
    basis: { returns: 'ignore' },
    value: 'revenue',
    horizonMonths: 12,
    discountRate: 0.01,
  },
  definitionVersion: 1,
  customers: 2357,
  milliseconds: 900,
  jobId: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  summary: {
    customers: 2357,
    repeatCustomers: 946,
    currency: 'USD',
    bgnbd: { parameters: { a: 0.793, b: 2.426, r: 0.243, alpha: 4.414 }, logLikelihood: -9582.43, customers: 2357, periods: 38.86 },
    gammaGamma: { parameters: { p: 6.25, q: 3.74, v: 15.44 }, logLikelihood: -4055.92, customers: 946 },
    expectedPurchases: 1778.8,
    currentValue: 100,
    futureValue: 7_150_795,
    horizonMonths: 12,
    thresholds: { current: 1, future: 1 },
    quadrants: [{ quadrant: 'vip', customers: 399, futureValue: 4_823_557 }],
    holdout: null,
    aliveBins: [{ from: 0, to: 100, customers: 2357 }],
    futureBins: [{ from: null, to: null, customers: 2357 }],
    tracking: null,
  },
}

test('for programs the parameters of both models stand by the symbols of their papers, in their order', () => {
  const { bgnbd, gammaGamma } = runResult(run) as { bgnbd: Record<string, number>; gammaGamma: Record<string, number> }
  expect(bgnbd).toEqual({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, logLikelihood: -9582.43, customers: 2357, periods: 38.86 })
  expect(Object.keys(bgnbd).slice(0, 4)).toEqual(['r', 'alpha', 'a', 'b'])
  expect(gammaGamma).toEqual({ p: 6.25, q: 3.74, v: 15.44, logLikelihood: -4055.92, customers: 946 })
})

test('for people the figures stand in words and a table', () => {
  const text = runLines(run, sayIn('en'), 'en').join('\n')
  expect(text).toContain('2,357 customers, 946 of them bought again; value of the next 12 months $71,507.95')
  expect(text).toContain('BG/NBD  r 0.2430  alpha 4.414  a 0.7930  b 2.426  log-likelihood -9582.4')
  expect(text).toMatch(/vip +VIP +399 +\$48,235\.57/)
})
