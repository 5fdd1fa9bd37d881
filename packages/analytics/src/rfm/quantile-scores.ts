import { type Numbers, requireFinite } from '../numbers.ts'
import { splitByRank } from '../rank/split-by-rank.ts'

/** Which end of a measure is good: many purchases are (`high`), many days since the last one are not (`low`). */
export type GoodEnd = 'high' | 'low'

/**
 * Scores 1–5 by quintile, 5 the best; equal values are told apart by the order in which they stand (the later the better), so the
 * fifths stay equal in size even when most customers have bought once.
 *   score = max(1, ⌈5·(rank − 1)/(n − 1)⌉)
 * with rank = 1 … n from the worst value to the best: the same cuts as pandas `qcut(x.rank(method='first'), 5)`, of −x where the low end is
 * good. A single customer scores 1.
 * @param values any unit, finite
 * @returns one score per value, in the order of `values`
 * @throws RangeError when a value is not finite
 * @see Hughes (1994), Strategic Database Marketing, chapter on RFM, for scoring in fifths
 */
export function quantileScores(values: Numbers, good: GoodEnd): Uint8Array {
  requireFinite(values, 'values')
  const fromWorst = good === 'high' ? values : Float64Array.from(values, (value) => -value)
  const lastRanks = [1, 2, 3, 4].map((fifth) => lastRankOf(fifth, values.length))
  return splitByRank(fromWorst, lastRanks).map((part) => part + 1)
}

/** The last rank k of a fifth: the largest with 5·(k − 1) ≤ fifth·(n − 1), in whole numbers so that no rounding moves a cut. */
function lastRankOf(fifth: number, count: number): number {
  return Math.floor((fifth * (count - 1)) / 5) + 1
}
