import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { abcClasses, abcNames } from './abc-classes.ts'
import { lorenzCurve, paretoCurve, shareOfTop } from './curves.ts'
import { gini } from './gini.ts'

const amounts = fc.array(fc.integer({ min: -100, max: 10_000 }), { minLength: 1, maxLength: 200 })

describe('ABC classes', () => {
  test('the value that crosses a cut-off still belongs to the better class', () => {
    const { classes, summary } = abcClasses([60, 5, 25, 10])
    expect(Array.from(classes, (c) => abcNames[c])).toEqual(['A', 'C', 'A', 'B'])
    expect(summary).toEqual([
      { name: 'A', heads: 2, value: 85 },
      { name: 'B', heads: 1, value: 10 },
      { name: 'C', heads: 1, value: 5 },
    ])
  })

  test('values of zero and below are C and carry no share', () => {
    const { classes, positiveTotal, belowZero } = abcClasses([100, 0, -50])
    expect(Array.from(classes)).toEqual([0, 2, 2])
    expect([positiveTotal, belowZero]).toEqual([100, 1])
    expect(Array.from(abcClasses([0, -1]).classes)).toEqual([2, 2])
  })

  test('a value is A exactly when the share before it is below the cut-off', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 99 }), (values, percent) => {
        const { classes, positiveTotal } = abcClasses(values, [percent / 100, 1])
        const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b)
        let before = 0
        for (const i of order) {
          expect(classes[i] === 0).toBe(values[i]! > 0 && before < (percent / 100) * positiveTotal)
          before += Math.max(0, values[i]!)
        }
      }),
    )
  })

  test('cut-offs out of order or range are refused', () => {
    for (const cuts of [
      [0.9, 0.8],
      [0, 0.5],
      [0.5, 1.1],
      [Number.NaN, 1],
    ] as [number, number][]) {
      expect(() => abcClasses([1], cuts)).toThrow(RangeError)
    }
  })
})

describe('curves and Gini', () => {
  test('the best fifth of 80, 5, 5, 5, 5 brings 80 %', () => {
    expect(shareOfTop([5, 80, 5, 5, 5], 0.2)).toBeCloseTo(0.8, 12)
    expect(paretoCurve([5, 80, 5, 5, 5])[1]).toEqual({ heads: 0.2, value: 0.8 })
    expect(gini([5, 80, 5, 5, 5])).toBeCloseTo(0.6, 12)
  })

  test('equal values have Gini 0, one owner of all (n − 1)/n', () => {
    expect(gini([3, 3, 3, 3])).toBe(0)
    expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75, 12)
    expect(gini([])).toBe(0)
  })

  test('the Pareto curve lies above the diagonal and the Lorenz curve below, both rise from 0 to 1 in at most as many points as asked', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 2, max: 50 }), (values, points) => {
        for (const [curve, side] of [
          [paretoCurve(values, points), 1],
          [lorenzCurve(values, points), -1],
        ] as const) {
          expect(curve.length).toBeLessThanOrEqual(points)
          expect([curve[0], curve.at(-1)]).toEqual([
            { heads: 0, value: 0 },
            { heads: 1, value: 1 },
          ])
          expect(curve.every((p, i) => i === 0 || (p.heads > curve[i - 1]!.heads && p.value >= curve[i - 1]!.value - 1e-12))).toBe(true)
          expect(curve.every((p) => side * (p.value - p.heads) >= -1e-12)).toBe(true)
        }
      }),
    )
  })

  test('Gini lies in [0, 1), is the double area between Lorenz curve and diagonal, and knows no currency', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const index = gini(values)
        const curve = lorenzCurve(values, values.length + 1)
        const area = curve.reduce((sum, p, i) => (i === 0 ? 0 : sum + (p.value + curve[i - 1]!.value) * (p.heads - curve[i - 1]!.heads)), 0)
        expect(index).toBeCloseTo(1 - area, 9)
        expect(index >= 0 && index < 1).toBe(true)
        expect(gini(values.map((value) => value * 7.3))).toBeCloseTo(index, 9)
      }),
    )
  })
})
