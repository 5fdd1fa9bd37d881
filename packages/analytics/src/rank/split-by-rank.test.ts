import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitByRank } from './split-by-rank.ts'

test('equal values fall on both sides of a cut in the order in which they stand', () => {
  expect(Array.from(splitByRank([7, 3, 7, 7, 1], [3, 4]))).toEqual([0, 0, 1, 2, 0])
})

test('parts are those of ranks counted one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.array(fc.nat({ max: 12 })), (values, cuts) => {
      const lastRanks = cuts.toSorted((a, b) => a - b)
      const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
      const naive = values.map((_, i) => lastRanks.filter((last) => order.indexOf(i) + 1 > last).length)
      expect(Array.from(splitByRank(values, lastRanks))).toEqual(naive)
    }),
  )
})
