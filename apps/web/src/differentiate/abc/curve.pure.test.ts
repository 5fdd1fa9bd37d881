import { expect, test } from 'vitest'
import { type Curve, headsAt, moved, valueAt } from './curve.ts'

const curve: Curve = [
  [0, 0],
  [0.2, 0.8],
  [0.5, 0.95],
  [1, 1],
]

test('the curve is read both ways, between its points on straight lines', () => {
  expect(valueAt(curve, 0.1)).toBeCloseTo(0.4, 12)
  expect(headsAt(curve, 0.8)).toBeCloseTo(0.2, 12)
  expect(headsAt(curve, 0.875)).toBeCloseTo(0.35, 12)
  expect([headsAt(curve, 0), headsAt(curve, 1), valueAt(curve, 1)]).toEqual([0, 1, 1])
})

test('a cut-off moves by whole percents and never past the other', () => {
  expect(moved({ a: 80, b: 95 }, 'a', 97.2)).toEqual({ a: 94, b: 95 })
  expect(moved({ a: 80, b: 95 }, 'a', -3)).toEqual({ a: 1, b: 95 })
  expect(moved({ a: 80, b: 95 }, 'b', 12)).toEqual({ a: 80, b: 81 })
  expect(moved({ a: 80, b: 95 }, 'b', 140)).toEqual({ a: 80, b: 100 })
})
