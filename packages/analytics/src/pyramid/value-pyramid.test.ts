import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valuePyramid } from './value-pyramid.ts'

test('a thousand customers make 10 key, 40 major, 150 ordinary and 800 small', () => {
  const { levels, summary } = valuePyramid(Array.from({ length: 1000 }, (_, i) => i))
  expect(summary.map(({ name, heads, lowest }) => [name, heads, lowest])).toEqual([
    ['key', 10, 990],
    ['major', 40, 950],
    ['ordinary', 150, 800],
    ['small', 800, 0],
  ])
  expect([levels[999], levels[989], levels[949], levels[0]]).toEqual([0, 1, 2, 3])
})

test('borders round up, so the best of seven is a key customer', () => {
  expect(valuePyramid([1, 2, 3, 4, 5, 6, -7]).summary.map(({ heads }) => heads)).toEqual([1, 0, 1, 5])
})

test('no customer of a higher level is worth less than one of a lower', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (values) => {
      const { levels } = valuePyramid(values, [0.1, 0.2, 0.3, 0.4])
      const byLevel = [0, 1, 2, 3].map((level) => values.filter((_, i) => levels[i] === level))
      const ranked = byLevel.flatMap((level) => level.toSorted((a, b) => b - a))
      expect(ranked).toEqual(values.toSorted((a, b) => b - a))
    }),
  )
})

test('shares that do not add up to 1 are refused', () => {
  expect(() => valuePyramid([1], [0.1, 0.1, 0.1, 0.1])).toThrow('add up to 1')
})
