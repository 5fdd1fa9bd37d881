import { expect, test } from 'vitest'
import { type BgNbd, type GammaGamma, trustIn } from './fit.ts'

const fit = { verdict: 'converged', converged: true, parameters: {}, standardErrors: {} }
const bgnbd: BgNbd = { ...fit, customers: 5000, repeatCustomers: 2000, periods: 100 }
const gammaGamma: GammaGamma = { ...fit, customers: 2000, meanSpend: 50, correlation: 0.05 }
const held = { actual: 1000, expected: 1050 }

test('a fit that converged on many and foretold the purchases held back can be believed', () => {
  expect(trustIn({ bgnbd, gammaGamma }, held)).toEqual({ level: 'good', reasons: [] })
})

test('without a test it may be believed, and says that nobody tried', () => {
  expect(trustIn({ bgnbd, gammaGamma }, null)).toEqual({ level: 'good', reasons: ['untested'] })
})

test.each([
  ['careful', { bgnbd: { ...bgnbd, repeatCustomers: 40 }, gammaGamma }, held, ['few-repeats']],
  ['careful', { bgnbd, gammaGamma: { ...gammaGamma, correlation: -0.5 } }, held, ['spend-correlated']],
  ['careful', { bgnbd, gammaGamma }, { actual: 1000, expected: 1150 }, ['holdout-some']],
  ['bad', { bgnbd: { ...bgnbd, verdict: 'no-repeat-purchases' }, gammaGamma }, null, ['no-repeats']],
  ['bad', { bgnbd: { ...bgnbd, verdict: 'not-converged' }, gammaGamma }, held, ['not-converged']],
  ['bad', { bgnbd, gammaGamma }, { actual: 1000, expected: 1300 }, ['holdout-off']],
] as const)('%s: %#', (level, fits, holdout, reasons) => {
  expect(trustIn(fits, holdout)).toEqual({ level, reasons })
})
