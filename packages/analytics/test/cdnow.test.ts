import { describe, expect, test } from 'vitest'
import { expectedPurchases, expectedPurchasesOfNew } from '../src/clv/expected-purchases.ts'
import { fitBgNbd } from '../src/clv/fit-bg-nbd.ts'
import { fitGammaGamma } from '../src/clv/fit-gamma-gamma.ts'
import { scoreCustomers } from '../src/clv/lifetime-value.ts'
import { splitHoldout, summarisePurchases } from '../src/clv/summarise-purchases.ts'
import { dayNumber, purchaseLog, referenceRows, total, withoutReferenceData } from './reference-data.ts'

const weeks12Months = { months: 12, monthlyDiscount: 0.01, periodsPerMonth: 4.345 }

function sample() {
  const rows = referenceRows('cdnow_sample_summary.csv').map((row) => row.map(Number))
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]!)
  return { x: column(1), tx: column(2), T: column(3), zbar: column(4) }
}

function logOf(file: string, customer: number, date: number, amount?: number) {
  return purchaseLog(
    referenceRows(file).map((row) => ({
      customer: Number(row[customer]),
      day: dayNumber(row[date]!),
      amount: amount === undefined ? 1 : Number(row[amount]),
    })),
  )
}

/** Mean of `values` per calibration frequency 0, 1, … 6, 7 and more. */
function byFrequency(x: Float64Array, values: Float64Array): number[] {
  return Array.from({ length: 8 }, (_, frequency) => {
    const group = [...values].filter((_, i) => Math.min(7, x[i]!) === frequency)
    return total(group) / group.length
  })
}

describe.skipIf(withoutReferenceData)('CDNOW, 1/10 sample of 2,357 customers, 39 weeks', () => {
  test('BG/NBD reaches the published parameters and the best known likelihood', () => {
    const fit = fitBgNbd(sample())
    expect(fit).toMatchObject({ customers: 2357, repeatCustomers: 946, converged: true, verdict: 'converged', atBound: [] })
    expect(fit.parameters.r).toBeCloseTo(0.242593, 4)
    expect(fit.parameters.alpha).toBeCloseTo(4.413532, 3)
    expect(fit.parameters.a).toBeCloseTo(0.792886, 3)
    expect(fit.parameters.b).toBeCloseTo(2.425752, 3)
    expect(fit.logLikelihood).toBeCloseTo(-9582.4256, 3)
    expect(fit.periods).toBeCloseTo(38.86, 9)
  })

  test('Gamma-Gamma reaches the published parameters on 946 repeat buyers', () => {
    const fit = fitGammaGamma(sample())
    expect(fit).toMatchObject({ customers: 946, notPositive: 0, verdict: 'converged' })
    expect(fit.parameters.p).toBeCloseTo(6.248802, 3)
    expect(fit.parameters.q).toBeCloseTo(3.744588, 3)
    expect(fit.parameters.v).toBeCloseTo(15.447748, 3)
    expect(fit.logLikelihood).toBeCloseTo(-4055.9232, 3)
    expect(fit.meanSpend).toBeCloseTo(35.171, 3)
  })

  test('expectations of purchases are those measured by other implementations', () => {
    const { parameters } = fitBgNbd(sample())
    const published = [0.00782, 0.05318, 0.15063, 1.04049, 1.04374, 1.85797]
    const times = [0.1429, 1, 3, 31.8571, 32, 78]
    times.forEach((t, i) => expect(expectedPurchasesOfNew(parameters, t)).toBeCloseTo(published[i]!, 4))
    expect(expectedPurchases(parameters, { x: [2], tx: [30.43], T: [38.86] }, 39)[0]).toBeCloseTo(1.22591, 4)
  })

  test('lifetime value over 12 months sums to 71,509.90', () => {
    const history = sample()
    const scores = scoreCustomers({ purchases: fitBgNbd(history).parameters, spend: fitGammaGamma(history) }, history, weeks12Months)
    expect(total(scores.lifetimeValue)).toBeCloseTo(71_509.9, 1)
    expect(total(scores.expectedSpend) / 2357).toBeCloseTo(35.25296, 3)
    const first = [36.2785, 4.6375, 8.3441, 8.3441, 8.3441]
    first.forEach((value, i) => expect(scores.lifetimeValue[i]).toBeCloseTo(value, 3))
    const spend = [24.6586, 18.9115, 35.171, 35.171, 35.171, 71.4629, 18.9115, 35.171, 27.2824, 35.171]
    spend.forEach((value, i) => expect(scores.expectedSpend[i]).toBeCloseTo(value, 3))
  })

  test('the event log summarises to the published summary', () => {
    const summary = summarisePurchases(logOf('cdnow_sample.csv', 1, 2, 4), dayNumber('1997-09-30'))
    const published = sample()
    expect(Array.from(summary.x)).toEqual(Array.from(published.x))
    summary.tx.forEach((value, i) => expect(Math.abs(value - published.tx[i]!)).toBeLessThan(0.0051))
    summary.T.forEach((value, i) => expect(Math.abs(value - published.T[i]!)).toBeLessThan(0.0051))
    summary.zbar.forEach((value, i) => expect(Math.abs(value - published.zbar[i]!)).toBeLessThan(0.0051))
  })

  test('the holdout of weeks 40–78 is predicted by frequency as published', () => {
    const { calibration, purchases, periods } = splitHoldout(
      logOf('cdnow_sample.csv', 1, 2, 4),
      dayNumber('1997-09-30'),
      dayNumber('1998-06-30'),
    )
    const predicted = expectedPurchases(fitBgNbd(calibration).parameters, calibration, periods)
    expect(periods).toBe(39)
    expect(total(purchases)).toBe(1882)
    expect(Math.abs(total(predicted) - 1653.4)).toBeLessThan(0.5)
    const actual = [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359]
    byFrequency(calibration.x, purchases).forEach((mean, i) => expect(mean).toBeCloseTo(actual[i]!, 2.9))
    const expected = [0.225, 0.523, 1.044, 1.52, 2.164, 2.654, 3.504, 6.157]
    byFrequency(calibration.x, predicted).forEach((mean, i) => expect(Math.abs(mean - expected[i]!)).toBeLessThan(0.0011))
  })
})

describe.skipIf(withoutReferenceData)('larger logs', () => {
  test('all 23,570 CDNOW customers fit as in the reference', () => {
    const log = logOf('cdnow_master.csv.gz', 0, 1, 3)
    const { calibration, purchases, periods } = splitHoldout(log, dayNumber('1997-09-30'), dayNumber('1998-06-30'))
    const { parameters, logLikelihood } = fitBgNbd(calibration)
    expect(parameters.r).toBeCloseTo(0.251624, 4)
    expect(parameters.alpha).toBeCloseTo(4.788945, 3)
    expect(parameters.a).toBeCloseTo(0.723433, 3)
    expect(parameters.b).toBeCloseTo(2.161087, 3)
    expect(logLikelihood).toBeCloseTo(-95_368.444, 2)
    expect(total(purchases)).toBe(19_684)
    expect(Math.abs(total(expectedPurchases(parameters, calibration, periods)) - 16_873.7)).toBeLessThan(1)
  })

  test('1,525 online-grocery customers fit as in the reference', () => {
    const log = logOf('grocery_elog.csv', 0, 1)
    const { calibration, purchases } = splitHoldout(log, dayNumber('2006-12-31'), dayNumber('2007-12-30'))
    const { parameters, logLikelihood } = fitBgNbd(calibration)
    expect(parameters.r).toBeCloseTo(0.348646, 4)
    expect(parameters.alpha).toBeCloseTo(2.581672, 3)
    expect(parameters.a).toBeCloseTo(0.503845, 3)
    expect(parameters.b).toBeCloseTo(3.644386, 2)
    expect(logLikelihood).toBeCloseTo(-15_836.567, 2)
    expect(total(purchases)).toBe(3389)
    expect(Math.abs(total(expectedPurchases(parameters, calibration, 52)) - 3996.4)).toBeLessThan(1)
  })
})
