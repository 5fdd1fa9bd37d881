import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clvMatrix, clvQuadrants } from './clv-matrix.ts'
import { expectedPurchases } from './expected-purchases.ts'
import { expectedSpend } from './expected-spend.ts'
import { fitGammaGamma } from './fit-gamma-gamma.ts'
import { gammaGammaLikelihood, repeatSpend } from './gamma-gamma-likelihood.ts'
import { generateCustomers } from './generate-customers.ts'
import { scoreCustomers } from './lifetime-value.ts'

const cdnow = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
/** Fader and Hardie (2013): CDNOW, 946 repeat buyers. */
const published = { parameters: { p: 6.25, q: 3.74, v: 15.44 }, meanSpend: (6.25 * 15.44) / 2.74 }

const someSpend = fc
  .array(fc.record({ x: fc.nat({ max: 30 }), cents: fc.integer({ min: -50, max: 100_000 }) }), { minLength: 1, maxLength: 40 })
  .map((rows) => ({ x: rows.map(({ x }) => x), zbar: rows.map(({ cents }) => cents / 100) }))

describe('Gamma-Gamma', () => {
  /** Computed with mpmath at 40 digits from the formula of the paper. */
  test.each([
    [2, 22.35, -3.551316759731705],
    [1, 11.77, -3.73770967874084],
    [29, 150.5, -8.776269327930432],
  ])('likelihood of x = %d, z̄ = %d', (x, mean, value) => {
    const data = repeatSpend({ x: [x], zbar: [mean] })
    const theta = [6.25, 3.74, 15.44 / data.unit].map(Math.log)
    expect(gammaGammaLikelihood(data, theta).value - Math.log(data.unit)).toBeCloseTo(value, 10)
  })

  test('likelihood has the derivatives that differences give', () => {
    const data = repeatSpend({ x: [1, 2, 2, 9, 30], zbar: [10, 22.5, 90, 3, 41] })
    for (const theta of [
      [0, 0, 0],
      [2, 1, -1],
      [-1, 2, 1.5],
    ]) {
      const { gradient, hessian } = gammaGammaLikelihood(data, theta)
      theta.forEach((_, i) => {
        const [up, down] = [1e-5, -1e-5].map((move) =>
          gammaGammaLikelihood(
            data,
            theta.map((t, j) => (i === j ? t + move : t)),
          ),
        )
        expect((up!.value - down!.value) / 2e-5).toBeCloseTo(gradient[i]!, 5)
        theta.forEach((_, j) => expect((up!.gradient[j]! - down!.gradient[j]!) / 2e-5).toBeCloseTo(hessian[i]![j]!, 4))
      })
    }
  })

  test('fit finds the parameters that made the amounts, within four standard errors', () => {
    const made = generateCustomers({ ...cdnow, r: 2 }, published.parameters, { customers: 20_000, ages: [20, 100], seed: 4 })
    const fit = fitGammaGamma(made)
    expect(fit.verdict).toBe('converged')
    for (const symbol of ['p', 'q', 'v'] as const) {
      expect(Math.abs(fit.parameters[symbol] - published.parameters[symbol])).toBeLessThan(4 * fit.standardErrors[symbol]!)
    }
    expect(fit.meanSpend / published.meanSpend).toBeCloseTo(1, 1.5)
  })

  test('fit gives the same in yuan and in cents', () => {
    const made = generateCustomers({ ...cdnow, r: 2 }, published.parameters, { customers: 2000, ages: [20, 100], seed: 8 })
    const [yuan, cents] = [fitGammaGamma(made), fitGammaGamma({ x: made.x, zbar: made.zbar.map((z) => z * 100) })]
    expect(cents.parameters.v / yuan.parameters.v).toBeCloseTo(100, 3)
    expect(cents.parameters.p / yuan.parameters.p).toBeCloseTo(1, 5)
  })

  test('fit says so when there is nothing to fit, and counts what it leaves out', () => {
    expect(fitGammaGamma({ x: [0, 2, 1], zbar: [0, -5, 0] })).toMatchObject({
      verdict: 'no-repeat-purchases',
      customers: 0,
      notPositive: 2,
    })
  })

  test('fit says so when the mean is infinite, and takes the observed one', () => {
    const made = generateCustomers({ ...cdnow, r: 2 }, { p: 4, q: 0.6, v: 1 }, { customers: 3000, ages: [20, 100], seed: 9 })
    const fit = fitGammaGamma(made)
    expect(fit.verdict).toBe('no-finite-mean')
    expect(fit.meanSpend).toBeGreaterThan(0)
  })

  test('fit says so when all customers spend alike, or always the same', () => {
    const made = generateCustomers({ ...cdnow, r: 2 }, { p: 4, q: 1e7, v: 1e8 }, { customers: 300, ages: [20, 100], seed: 2 })
    expect(fitGammaGamma(made)).toMatchObject({ converged: true, verdict: 'same-spend' })
    const constant = { x: [2, 3, 4, 5, 9], zbar: [10, 10, 10, 10, 10] }
    expect(fitGammaGamma(constant)).toMatchObject({ converged: true, verdict: 'same-amounts', correlation: null })
  })

  test('never throws for possible amounts, is plain JSON without a NaN, and expectations are finite', () => {
    fc.assert(
      fc.property(someSpend, (history) => {
        const fit = fitGammaGamma(history)
        expect(JSON.parse(JSON.stringify(fit))).toEqual(fit)
        for (const value of [fit.logLikelihood, fit.meanSpend, ...Object.values(fit.parameters)]) expect(Number.isFinite(value)).toBe(true)
        expect(expectedSpend(fit, history).every((value) => Number.isFinite(value))).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    [2, 22.35, 24.65],
    [1, 11.77, 18.91],
    [0, 0, 35.17],
  ])('expected spend of x = %d, z̄ = %d is %d (Fader and Hardie 2013)', (x, mean, value) => {
    expect(Math.abs(expectedSpend(published, { x: [x], zbar: [mean] })[0]! - value)).toBeLessThan(0.1)
  })

  test('expected spend lies between the observed and the common mean', () => {
    fc.assert(
      fc.property(someSpend, (history) => {
        expectedSpend(published, history).forEach((value, i) => {
          const own = history.x[i] === 0 ? published.meanSpend : history.zbar[i]!
          expect(value).toBeGreaterThanOrEqual(Math.min(own, published.meanSpend) - 1e-9)
          expect(value).toBeLessThanOrEqual(Math.max(own, published.meanSpend) + 1e-9)
        })
      }),
    )
  })
})

describe('lifetime value', () => {
  const history = { x: [0, 2, 26], tx: [0, 30.43, 30.86], T: [38.86, 38.86, 31], zbar: [0, 22.35, 40] }
  const models = { purchases: cdnow, spend: published }

  test('without discount is expected purchases times expected spend', () => {
    const scores = scoreCustomers(models, history, { months: 12, monthlyDiscount: 0, periodsPerMonth: 4.345 })
    const purchases = expectedPurchases(cdnow, history, 12 * 4.345)
    history.x.forEach((_, i) => {
      expect(scores.expectedPurchases[i]).toBeCloseTo(purchases[i]!, 10)
      expect(scores.lifetimeValue[i]).toBeCloseTo(purchases[i]! * scores.expectedSpend[i]!, 8)
    })
  })

  test('of one month is discounted by one month', () => {
    const one = scoreCustomers(models, history, { months: 1, monthlyDiscount: 0.25, periodsPerMonth: 4.345 })
    const plain = scoreCustomers(models, history, { months: 1, monthlyDiscount: 0, periodsPerMonth: 4.345 })
    one.lifetimeValue.forEach((value, i) => expect(value * 1.25).toBeCloseTo(plain.lifetimeValue[i]!, 10))
  })

  test('an impossible horizon is refused', () => {
    const horizon = { months: 12, monthlyDiscount: 0.01, periodsPerMonth: 4.345 }
    for (const wrong of [{ months: 0 }, { months: 1.5 }, { monthlyDiscount: -1 }, { periodsPerMonth: 0 }]) {
      expect(() => scoreCustomers(models, history, { ...horizon, ...wrong })).toThrow(RangeError)
    }
  })
})

describe('CLV matrix', () => {
  test('parts customers by current and future value', () => {
    const { quadrants, thresholds } = clvMatrix([100, 0, 100, 0], [9, 9, 1, 1], { current: { value: 50 }, future: 'mean' })
    expect(Array.from(quadrants, (q) => clvQuadrants[q])).toEqual(['vip', 'improve', 'maintain', 'drop'])
    expect(thresholds).toEqual({ current: 50, future: 5 })
  })

  test('shows who is below zero, and never calls zero high', () => {
    const { summary } = clvMatrix([0, -5, 0], [-1, 0, 0], { current: 'median', future: { quantile: 0.9 } })
    expect(summary.map(({ heads }) => heads)).toEqual([0, 0, 0, 3])
    expect(summary[3]).toMatchObject({ currentValue: -5, futureValue: -1, currentBelowZero: 1, futureBelowZero: 1 })
  })

  test('quantiles interpolate between neighbours', () => {
    expect(clvMatrix([1, 2, 3, 4], [1, 2, 3, 4], { current: 'median', future: { quantile: 0.2 } }).thresholds).toEqual({
      current: 2.5,
      future: 1.6,
    })
  })

  test('counts each customer once and keeps the totals', () => {
    const value = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value)), (pairs) => {
        const { summary } = clvMatrix(
          pairs.map(([now]) => now),
          pairs.map(([, later]) => later),
          { current: 'median', future: 'mean' },
        )
        expect(summary.reduce((sum, { heads }) => sum + heads, 0)).toBe(pairs.length)
        expect(summary.reduce((sum, { currentValue }) => sum + currentValue, 0)).toBe(pairs.reduce((sum, [now]) => sum + now, 0))
      }),
    )
  })
})
