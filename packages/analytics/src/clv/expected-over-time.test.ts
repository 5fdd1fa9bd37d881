import { expect, test } from 'vitest'
import { expectedOverTime } from './expected-over-time.ts'
import { expectedPurchasesOfNew } from './expected-purchases.ts'

const cdnow = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

test('a group is expected to buy as often as each of its customers since their first purchase', () => {
  const first = [
    { day: 0, customers: 3 },
    { day: 10, customers: 2 },
    { day: 40, customers: 5 },
  ]
  const [none, later] = expectedOverTime(cdnow, first, [0, 38], 7)
  expect(none).toBe(0)
  expect(later).toBeCloseTo(3 * expectedPurchasesOfNew(cdnow, 38 / 7) + 2 * expectedPurchasesOfNew(cdnow, 28 / 7), 12)
})
