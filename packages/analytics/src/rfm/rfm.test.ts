import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutOffScores } from './cutoff-scores.ts'
import { rfmCellIndex, rfmGroupNames, rfmGroupOf, rfmGroups, rfmGroupTable } from './groups.ts'
import { quantileScores } from './quantile-scores.ts'
import { scoreRfm } from './rfm.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('scores by quintile', () => {
  test('ten customers make five pairs, the best with 5', () => {
    expect(Array.from(quantileScores([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 'high'))).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    expect(Array.from(quantileScores([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 'low'))).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1])
  })

  test('equal values are parted by the order in which they stand, whichever end is good', () => {
    expect(Array.from(quantileScores([1, 1, 1, 1, 1], 'high'))).toEqual([1, 2, 3, 4, 5])
    expect(Array.from(quantileScores([1, 1, 1, 1, 1], 'low'))).toEqual([1, 2, 3, 4, 5])
  })

  test('no score is much more frequent than another and a better value never scores less', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 5 }), fc.constantFrom('high' as const, 'low' as const), (values, good) => {
        const scores = quantileScores(values, good)
        const sizes = [1, 2, 3, 4, 5].map((score) => scores.filter((other) => other === score).length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2)
        const sign = good === 'high' ? 1 : -1
        const best = values.map((value, i) => [sign * value, scores[i]!] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
        expect(best.every(([, score], i) => i === 0 || score >= best[i - 1]![1])).toBe(true)
      }),
    )
  })

  test('one customer, or none, is no error; NaN is', () => {
    expect(Array.from(quantileScores([3], 'high'))).toEqual([1])
    expect(quantileScores([], 'high')).toHaveLength(0)
    expect(() => quantileScores([1, Number.NaN], 'high')).toThrow('values[1] is NaN')
  })
})

describe('scores by own cut-offs', () => {
  test('a value on a cut-off gets the better score', () => {
    expect(Array.from(cutOffScores([0, 1, 3, 4, 8, 99], [1, 3, 5, 8], 'high'))).toEqual([1, 2, 3, 3, 5, 5])
    expect(Array.from(cutOffScores([0, 30, 31, 90, 180, 181], [30, 60, 90, 180], 'low'))).toEqual([5, 5, 4, 3, 2, 1])
  })

  test('cut-offs that do not ascend are refused', () => {
    expect(() => cutOffScores([1], [1, 3, 3, 8], 'high')).toThrow('cut-offs must ascend')
  })
})

describe('the table of 125 cells', () => {
  test('has each cell in exactly one of the ten groups', () => {
    const cells = rfmGroups.flatMap(({ cells }) => cells.map(([r, f, m]) => rfmCellIndex(r, f, m)))
    expect(cells.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 125 }, (_, i) => i))
    expect(rfmGroups.map(({ name }) => name)).toEqual([...rfmGroupNames])
    expect(rfmGroups.every(({ cells }) => cells.length > 0)).toBe(true)
    expect(rfmGroupTable).toHaveLength(125)
  })

  const rules: [string, (r: number, f: number, m: number) => boolean][] = [
    ['champions', (r, f, m) => r >= 4 && f >= 4 && m >= 4],
    ['loyal', (r, f, m) => (r >= 3 && f >= 4 && !(r >= 4 && m >= 4)) || (r >= 4 && f === 3 && m >= 4)],
    ['potential', (r, f, m) => r >= 4 && (f === 2 || (f === 3 && m <= 3))],
    ['new', (r, f) => r >= 4 && f === 1],
    ['need-attention', (r, f, m) => r === 3 && (f === 3 || (f === 2 && m >= 3) || (f === 1 && m >= 4))],
    ['about-to-sleep', (r, f, m) => r === 3 && ((f === 2 && m <= 2) || (f === 1 && m <= 3))],
    ['at-risk', (r, f, m) => r <= 2 && (f === 3 || (f >= 4 && m <= 3) || (f === 2 && m >= 4))],
    ['cannot-lose', (r, f, m) => r <= 2 && f >= 4 && m >= 4],
    ['hibernating', (r, f, m) => r <= 2 && (f === 1 || (f === 2 && m <= 3)) && !(r === 1 && f + m <= 4)],
    ['lost', (r, f, m) => r === 1 && f <= 2 && f + m <= 4],
  ]
  test.each(rules)('%s are the cells of its documented rule', (name, rule) => {
    for (const { name: other, cells } of rfmGroups) {
      for (const [r, f, m] of cells) expect([r, f, m, rule(r, f, m)]).toEqual([r, f, m, other === name])
    }
  })

  test('refuses what is no score', () => {
    expect(rfmGroupOf(5, 5, 5)).toBe('champions')
    for (const score of [0, 6, 2.5, Number.NaN]) expect(() => rfmGroupOf(score, 1, 1)).toThrow(RangeError)
  })
})

test('the scores of a customer lead to the group of its cell, and cells count every customer once', () => {
  const row = fc.record({ days: fc.nat({ max: 900 }), times: fc.integer({ min: 1, max: 50 }), spent: finite })
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const scores = scoreRfm(
        { recencyDays: rows.map((c) => c.days), frequency: rows.map((c) => c.times), monetary: rows.map((c) => c.spent) },
        { recency: [30, 90, 180, 365], frequency: 'quantile', monetary: 'quantile' },
      )
      rows.forEach((_, i) => expect(rfmGroupNames[scores.group[i]!]).toBe(rfmGroupOf(scores.r[i]!, scores.f[i]!, scores.m[i]!)))
      expect(scores.cellCounts.reduce((sum, count) => sum + count, 0)).toBe(rows.length)
    }),
  )
})

test('columns of different length are refused', () => {
  expect(() => scoreRfm({ recencyDays: [1], frequency: [1, 2], monetary: [1] })).toThrow('frequency has 2 rows')
})
