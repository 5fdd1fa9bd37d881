import { expect, test } from 'vitest'
import { fromScale, onScale } from './scale.ts'

test.each([0, 1, 9_999, 123_456_789, -50_000])('%i goes to the scale and back', (minor) => {
  expect(fromScale(onScale(minor))).toBeCloseTo(minor, 4)
})

test('whole steps are round sums', () => {
  expect([-2, 0, 1, 2, 3].map(fromScale)).toEqual([-100_000, 0, 10_000, 100_000, 1_000_000])
})

test('zero is in the middle, and more is further', () => {
  expect([-1000, 0, 1, 1000].map(onScale)).toEqual([-1000, 0, 1, 1000].map(onScale).toSorted((a, b) => a - b))
  expect(onScale(0)).toBe(0)
})
