import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logHyp2f1 } from '../special/hyp2f1.ts'
import { bgNbdLikelihood, distinctHistories } from './bg-nbd-likelihood.ts'
import { expectedPurchases, expectedPurchasesOfNew, probabilityAlive } from './expected-purchases.ts'
import { fitBgNbd } from './fit-bg-nbd.ts'
import { generateCustomers } from './generate-customers.ts'
import type { PurchaseHistory } from './purchase-history.ts'
import { purchasesIfAlive } from './purchases-if-alive.ts'

/** Fader, Hardie and Lee (2005), table 2: CDNOW. */
const cdnow = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
/** The same estimate with more digits, as other implementations report it. */
const cdnowExact = { r: 0.242593, alpha: 4.413532, a: 0.792886, b: 2.425752 }
const spend = { p: 6.25, q: 3.74, v: 15.44 }

const aHistory = fc
  .record({ x: fc.nat({ max: 60 }), last: fc.integer({ min: 1, max: 300 }), silent: fc.nat({ max: 300 }) })
  .map(({ x, last, silent }) => ({ x, tx: x === 0 ? 0 : last / 7, T: ((x === 0 ? 0 : last) + silent) / 7 }))
const someHistories = fc.array(aHistory, { minLength: 1, maxLength: 40 }).map(columns)
const someParameters = fc.record({ r: positive(), alpha: positive(), a: positive(), b: positive() })

function positive() {
  return fc.double({ min: -5, max: 5, noNaN: true }).map(Math.exp)
}

function columns(rows: { x: number; tx: number; T: number }[]): PurchaseHistory {
  return { x: rows.map(({ x }) => x), tx: rows.map(({ tx }) => tx), T: rows.map(({ T }) => T) }
}

describe('likelihood', () => {
  /** Computed with mpmath at 40 digits from the formula of the paper, products of gamma functions as they stand there. */
  test.each([
    [0, 0, 38.86, -0.5547132764381585],
    [2, 30.43, 38.86, -9.45860630706627],
    [26, 30.86, 31, -37.72657947339444],
    [400, 12, 380, 864.7615520599368],
  ])('of x = %d, t_x = %d, T = %d', (x, tx, T, value) => {
    const data = distinctHistories({ x: [x], tx: [tx], T: [T] })
    const theta = [cdnow.r, cdnow.alpha / data.timeScale, cdnow.a, cdnow.b].map(Math.log)
    expect(bgNbdLikelihood(data, theta).value - x * Math.log(data.timeScale)).toBeCloseTo(value, 9)
  })

  test('has the derivatives that differences give', () => {
    const theta4 = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(someHistories, theta4, (history, theta) => {
        const data = distinctHistories(history)
        const { gradient, hessian, value } = bgNbdLikelihood(data, theta)
        const step = 1e-5
        theta.forEach((_, i) => {
          const [up, down] = [step, -step].map((move) =>
            bgNbdLikelihood(
              data,
              theta.map((t, j) => (i === j ? t + move : t)),
            ),
          ) as [ReturnType<typeof bgNbdLikelihood>, ReturnType<typeof bgNbdLikelihood>]
          const scale = 1e-5 * (1 + Math.abs(value))
          expect(Math.abs((up.value - down.value) / (2 * step) - gradient[i]!)).toBeLessThan(scale)
          theta.forEach((_, j) =>
            expect(Math.abs((up.gradient[j]! - down.gradient[j]!) / (2 * step) - hessian[i]![j]!)).toBeLessThan(scale),
          )
        })
      }),
      { numRuns: 40 },
    )
  })

  test('gathers equal histories', () => {
    const data = distinctHistories({ x: [1, 0, 1, 1], tx: [2, 0, 2, 3], T: [9, 9, 9, 9] })
    expect(Array.from(data.counts)).toEqual([2, 1, 1])
    expect(data).toMatchObject({ customers: 4, repeatPurchases: 3 })
  })
})

describe('fit', () => {
  test('finds the parameters that made the customers, within four standard errors', () => {
    const made = generateCustomers(cdnow, spend, { customers: 30_000, ages: [20, 100], seed: 11 })
    const fit = fitBgNbd(made)
    expect(fit.verdict).toBe('converged')
    for (const symbol of ['r', 'alpha', 'a', 'b'] as const) {
      expect(Math.abs(fit.parameters[symbol] - cdnow[symbol])).toBeLessThan(4 * fit.standardErrors[symbol]!)
    }
  })

  test('in days and in weeks is one fit: only alpha has a unit', () => {
    const weeks = generateCustomers(cdnow, spend, { customers: 3000, ages: [20, 100], seed: 3 })
    const inWeeks = fitBgNbd(weeks)
    const inDays = fitBgNbd({ x: weeks.x, tx: weeks.tx.map((t) => t * 7), T: weeks.T.map((t) => t * 7) })
    expect(inDays.parameters.alpha / inWeeks.parameters.alpha).toBeCloseTo(7, 4)
    expect(inDays.parameters.b / inWeeks.parameters.b).toBeCloseTo(1, 4)
    expect(inDays.standardErrors.alpha! / inWeeks.standardErrors.alpha!).toBeCloseTo(7, 3)
  })

  test('says so when nobody drops out', () => {
    const made = generateCustomers({ ...cdnow, r: 2, a: 1e-9, b: 1 }, spend, { customers: 500, ages: [50, 60], seed: 6 })
    expect(fitBgNbd(made)).toMatchObject({ converged: true, verdict: 'no-drop-out' })
  })

  test('says so when all customers buy at one rate', () => {
    const made = generateCustomers({ r: 1e6, alpha: 5e6, a: 1, b: 3 }, spend, { customers: 300, ages: [50, 60], seed: 2 })
    expect(fitBgNbd(made)).toMatchObject({ converged: true, verdict: 'same-rate' })
  })

  test('says so when all customers drop out with one chance', () => {
    const made = generateCustomers({ ...cdnow, r: 1, a: 1e6, b: 3e6 }, spend, { customers: 300, ages: [50, 60], seed: 1 })
    expect(fitBgNbd(made)).toMatchObject({ converged: true, verdict: 'same-drop-out' })
  })

  test('says so when nobody bought twice, and then expects next to nothing', () => {
    const fit = fitBgNbd({ x: [0, 0], tx: [0, 0], T: [10, 20] })
    expect(fit).toMatchObject({ converged: false, verdict: 'no-repeat-purchases', customers: 2, repeatCustomers: 0 })
    expect(expectedPurchasesOfNew(fit.parameters, 52)).toBeLessThan(1e-4)
  })

  test('never throws for possible histories, is plain JSON without a NaN, and its scores are finite', () => {
    fc.assert(
      fc.property(someHistories, (history) => {
        const fit = fitBgNbd(history)
        expect(JSON.parse(JSON.stringify(fit))).toEqual(fit)
        for (const value of [fit.logLikelihood, ...Object.values(fit.parameters)]) expect(Number.isFinite(value)).toBe(true)
        for (const purchases of expectedPurchases(fit.parameters, history, 52))
          expect(Number.isFinite(purchases) && purchases >= 0).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('refuses impossible histories by naming the customer', () => {
    expect(() => fitBgNbd({ x: [1, 1], tx: [2, 5], T: [9, 4] })).toThrow('customer 1: 0 ≤ t_x ≤ T')
    expect(() => fitBgNbd({ x: [0.5], tx: [1], T: [4] })).toThrow('whole number')
    expect(() => fitBgNbd({ x: [0], tx: [1], T: [4] })).toThrow('t_x must be 0')
    expect(() => fitBgNbd({ x: [1], tx: [Number.NaN], T: [4] })).toThrow(RangeError)
    expect(() => fitBgNbd({ x: [], tx: [], T: [] })).toThrow('at least one customer')
  })

  test('reports growing progress and ends when told to', () => {
    const made = generateCustomers(cdnow, spend, { customers: 200, ages: [20, 100], seed: 1 })
    const seen: number[] = []
    fitBgNbd(made, (fraction) => seen.push(fraction))
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.every((fraction, i) => fraction > (seen[i - 1] ?? 0) && fraction < 1)).toBe(true)
    const cancel = () => {
      throw new Error('cancelled')
    }
    expect(() => fitBgNbd(made, cancel)).toThrow('cancelled')
  })
})

describe('expected purchases', () => {
  /** Named close to Hardie's spreadsheet in the tests of lifetimes; parameters as published. */
  test.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ])('of a new customer in %d weeks are %d (Fader, Hardie and Lee 2005)', (t, published) => {
    expect(Math.abs(expectedPurchasesOfNew(cdnowExact, t) - published)).toBeLessThan(0.0005)
  })

  test('of the customer with x = 2, t_x = 30.43, T = 38.86 in 39 weeks are 1.226 (Fader, Hardie and Lee 2005)', () => {
    expect(expectedPurchases(cdnow, { x: [2], tx: [30.43], T: [38.86] }, 39)[0]).toBeCloseTo(1.226, 3)
  })

  /** (a, b + x, r + x, t/(α + T)), computed with mpmath at 60 digits from the form with ₂F₁; the long ones go by quadrature. */
  test.each([
    [0.8, 2.4, 0.24, 9, 1.1899607556100447],
    [0.8, 2.4, 0.24, 1e5, 41.371133584724596],
    [0.8, 2.4, 0.24, 1e9, 316.45186990848833],
    [1e-6, 1e6, 0.7, 3, 2.099999999994645],
    [1e-6, 1e6, 0.7, 1e6, 699999.6313925746],
    [500, 300, 1000, 2, 1.6012024048096192],
    [500, 300, 100, 1e5, 1.6012024048096192],
    [0.01, 0.01, 2, 1e5, 88708.9910390491],
    [3, 2, 2000, 1.5, 1.999998665555892],
  ])('if alive, a = %d, b + x = %d, r + x = %d, t/(α + T) = %d', (a, bx, s, odds, value) => {
    expect(purchasesIfAlive(a, bx)(s, odds) / value).toBeCloseTo(1, 12)
  })

  test('if alive equal the form of the paper with ₂F₁ where that does not cancel', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(number(1.2, 8), number(0.1, 60), number(0.1, 60), number(0.05, 20), (a, bx, s, odds) => {
        const c = a + bx - 1
        const survived = Math.exp(logHyp2f1(s, bx, c, odds / (1 + odds)) - s * Math.log1p(odds))
        const paper = (c / (a - 1)) * (1 - survived)
        expect(purchasesIfAlive(a, bx)(s, odds) / paper).toBeCloseTo(1, 8)
      }),
    )
  })

  test('are the same by series and by quadrature where both serve', () => {
    // 50,000 terms are reached between these odds; E is smooth there, so a step between the two ways would show.
    const at = (odds: number) => purchasesIfAlive(0.8, 2.4)(0.24, odds)
    const [below, middle, above] = [at(1215), at(1230), at(1245)]
    expect((below + above) / 2 / middle).toBeCloseTo(1, 4)
    expect(above > middle && middle > below).toBe(true)
  })

  test('grow with time and never exceed those without drop-out', () => {
    fc.assert(
      fc.property(someParameters, aHistory, (parameters, row) => {
        const history = columns([row])
        const [sooner, later] = [4, 30].map((t) => expectedPurchases(parameters, history, t)[0]!) as [number, number]
        const unlimited = ((parameters.r + row.x) * 30) / (parameters.alpha + row.T)
        expect(sooner).toBeGreaterThanOrEqual(0)
        expect(later).toBeGreaterThanOrEqual(sooner * (1 - 1e-12))
        expect(later).toBeLessThanOrEqual(unlimited * (1 + 1e-12))
      }),
    )
  })

  test('summed over generated customers come true', () => {
    const made = generateCustomers(cdnow, spend, { customers: 20_000, ages: [20, 100], seed: 5, ahead: 39 })
    const expected = expectedPurchases(cdnow, made, 39).reduce((sum, value) => sum + value, 0)
    const alive = probabilityAlive(cdnow, made).reduce((sum, value) => sum + value, 0)
    expect(made.future.reduce((sum, value) => sum + value, 0) / expected).toBeCloseTo(1, 1.3)
    expect(made.alive.reduce((sum, value) => sum + value, 0) / alive).toBeCloseTo(1, 2)
  })
})

describe('P(alive)', () => {
  /** Computed with mpmath at 40 digits; the third is 3e-546. */
  test.each([
    [0, 0, 38.86, 1],
    [2, 30.43, 38.86, 0.726578570080673],
    [26, 30.86, 31, 0.9689156497175251],
    [7, 20, 38, 0.1628447460053733],
    [400, 12, 380, 0],
  ])('of x = %d, t_x = %d, T = %d', (x, tx, T, value) => {
    expect(probabilityAlive(cdnow, { x: [x], tx: [tx], T: [T] })[0]).toBeCloseTo(value, 13)
  })

  test('lies in [0, 1] and falls with silence', () => {
    fc.assert(
      fc.property(someParameters, aHistory, (parameters, { x, tx, T }) => {
        const [now, later] = probabilityAlive(parameters, { x: [x, x], tx: [tx, tx], T: [T, T + 5] }) as unknown as [number, number]
        expect(now >= later && later >= 0 && now <= 1).toBe(true)
      }),
    )
  })
})
