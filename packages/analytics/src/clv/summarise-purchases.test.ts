import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PurchaseLog, splitHoldout, summarisePurchases } from './summarise-purchases.ts'

const log: PurchaseLog = {
  customer: [1, 1, 1, 1, 2, 3],
  day: [0, 0, 7, 21, 10, 30],
  amount: [5, 6, 10, 20, 8, 9],
}

test('the first day counts neither as repeat nor as spend, purchases of a day are one', () => {
  const summary = summarisePurchases({ customer: [4, 4, 4, 4], day: [0, 0, 7, 7], amount: [99, 1, 10, 20] }, 14)
  expect(Object.values(summary).map((column) => column[0])).toEqual([4, 1, 1, 2, 30])
})

test('what comes after the last day is left out, with customers who have nothing before', () => {
  const summary = summarisePurchases(log, 14)
  expect(Array.from(summary.customer)).toEqual([1, 2])
  expect(Array.from(summary.x)).toEqual([1, 0])
  expect(Array.from(summary.tx)).toEqual([1, 0])
  expect(Array.from(summary.T)).toEqual([2, 4 / 7])
  expect(Array.from(summary.zbar)).toEqual([10, 0])
})

test('the holdout counts days with a purchase after the calibration', () => {
  const { calibration, purchases, spend, periods } = splitHoldout(log, 6, 20)
  expect(Array.from(calibration.customer)).toEqual([1])
  expect([purchases[0], spend[0], periods]).toEqual([1, 10, 2])
})

test('calibration and holdout together are the whole', () => {
  const purchase = fc.record({ customer: fc.nat({ max: 4 }), day: fc.nat({ max: 40 }), amount: fc.integer({ min: -9, max: 99 }) })
  fc.assert(
    fc.property(fc.array(purchase), (purchases) => {
      const sorted = purchases.toSorted((a, b) => a.customer - b.customer || a.day - b.day)
      const all = { customer: sorted.map((p) => p.customer), day: sorted.map((p) => p.day), amount: sorted.map((p) => p.amount) }
      const { calibration, purchases: later, spend } = splitHoldout(all, 20, 40, 1)
      const whole = summarisePurchases(all, 40, 1)
      calibration.customer.forEach((customer, i) => {
        const w = whole.customer.indexOf(customer)
        const days = new Set(sorted.filter((p) => p.customer === customer).map((p) => p.day))
        expect(calibration.x[i]! + later[i]!).toBe(whole.x[w])
        expect(whole.x[w]).toBe(days.size - 1)
        expect(calibration.x[i]! * calibration.zbar[i]! + spend[i]!).toBeCloseTo(whole.x[w]! * whole.zbar[w]!, 9)
        expect(whole.T[w]).toBe(40 - Math.min(...days))
      })
    }),
  )
})

test('an unsorted log, a fraction of a day or a missing number is refused', () => {
  expect(() => summarisePurchases({ customer: [1, 1], day: [3, 2], amount: [1, 1] }, 9)).toThrow('sorted')
  expect(() => summarisePurchases({ customer: [2, 1], day: [1, 1], amount: [1, 1] }, 9)).toThrow('sorted')
  expect(() => summarisePurchases({ customer: [1], day: [1.5], amount: [1] }, 9)).toThrow('whole')
  expect(() => summarisePurchases({ customer: [1], day: [1], amount: [Number.NaN] }, 9)).toThrow(RangeError)
  expect(() => splitHoldout(log, 20, 20)).toThrow('before the holdout')
})
