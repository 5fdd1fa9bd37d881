import { type Numbers, requireFinite } from '../numbers.ts'
import { sortedAscending } from '../rank/split-by-rank.ts'

export interface CurvePoint {
  /** Share of heads so far, in [0, 1]. */
  heads: number
  /** Share of value so far, in [0, 1]. */
  value: number
}

/**
 * Pareto curve: the share of all value that the best share of heads brings, thinned to about `points` points evenly spaced in heads.
 * Begins at (0, 0), ends at (1, 1). Values below zero count as zero, so the curve rises throughout; without any value above
 * zero it is the diagonal.
 * @throws RangeError when a value is not finite or `points` < 2
 */
export function paretoCurve(values: Numbers, points = 200): CurvePoint[] {
  return cumulativeShares(largestFirst(values), points)
}

/**
 * Lorenz curve: the share of all value that the poorest share of heads brings; as `paretoCurve`, from the smallest up.
 * @see Lorenz (1905), Publications of the American Statistical Association 9, 209–219
 */
export function lorenzCurve(values: Numbers, points = 200): CurvePoint[] {
  return cumulativeShares(notNegative(values), points)
}

/**
 * Share of all value above zero that the best `headShare` of heads brings, in [0, 1]; the number of heads is rounded to the nearest
 * whole one. 0 when there is no value above zero.
 * @throws RangeError when a value is not finite or `headShare` is outside [0, 1]
 */
export function shareOfTop(values: Numbers, headShare: number): number {
  if (!(headShare >= 0 && headShare <= 1)) throw new RangeError(`a share of heads lies in [0, 1], not ${headShare}`)
  const sorted = largestFirst(values)
  const heads = Math.round(headShare * sorted.length)
  const total = sum(sorted)
  return total === 0 ? 0 : sum(sorted.subarray(0, heads)) / total
}

function largestFirst(values: Numbers): Float64Array {
  return notNegative(values).reverse()
}

function notNegative(values: Numbers): Float64Array {
  requireFinite(values, 'values')
  return sortedAscending(values).map((value) => (value > 0 ? value : 0))
}

function cumulativeShares(ranked: Float64Array, points: number): CurvePoint[] {
  if (!(points >= 2)) throw new RangeError(`a curve needs at least 2 points, not ${points}`)
  const total = sum(ranked)
  const segments = Math.min(Math.floor(points) - 1, ranked.length)
  const curve: CurvePoint[] = [{ heads: 0, value: 0 }]
  let soFar = 0
  let rank = 0
  for (let segment = 1; segment <= segments; segment++) {
    const upTo = Math.round((segment * ranked.length) / segments)
    while (rank < upTo) soFar += ranked[rank++]!
    const heads = upTo / ranked.length
    curve.push({ heads, value: segment === segments ? 1 : total > 0 ? soFar / total : heads })
  }
  return curve
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
