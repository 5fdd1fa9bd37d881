import { type Numbers, requireFinite, requireSameLength } from '../numbers.ts'
import { sortedAscending } from '../rank/split-by-rank.ts'

/** Quadrants of the CLV matrix; a quadrant's number is its place here. */
export const clvQuadrants = ['vip', 'improve', 'maintain', 'drop'] as const

/** Where high begins: at the mean, at the median, at a quantile in (0, 1), or at an amount of one's own. */
export type ThresholdRule = 'mean' | 'median' | { quantile: number } | { value: number }

export interface ClvQuadrant {
  name: (typeof clvQuadrants)[number]
  heads: number
  currentValue: number
  futureValue: number
  /** Heads with a current, a future value below zero. */
  currentBelowZero: number
  futureBelowZero: number
}

export interface ClvMatrix {
  /** Quadrant of each customer, in the order given. */
  quadrants: Uint8Array
  /** The amounts at which high begins. */
  thresholds: { current: number; future: number }
  summary: ClvQuadrant[]
}

/**
 * CLV matrix: current value × future value, each high or low.
 *   vip: both high · improve: current low, future high · maintain: current high, future low · drop: both low
 * High means at least the threshold and above zero: where most are worth nothing, a median of zero makes nobody high.
 * @param current value so far per customer, any currency unit, below zero allowed
 * @param future expected value per customer, the same unit
 * @throws RangeError when the columns differ in length, a value is not finite or a rule out of range
 */
export function clvMatrix(current: Numbers, future: Numbers, rules: { current: ThresholdRule; future: ThresholdRule }): ClvMatrix {
  requireSameLength({ current, future })
  requireFinite(current, 'current')
  requireFinite(future, 'future')
  const thresholds = { current: threshold(current, rules.current), future: threshold(future, rules.future) }
  const quadrants = new Uint8Array(current.length)
  for (let i = 0; i < quadrants.length; i++) {
    const lowCurrent = isHigh(current[i]!, thresholds.current) ? 0 : 1
    const lowFuture = isHigh(future[i]!, thresholds.future) ? 0 : 2
    quadrants[i] = lowCurrent + lowFuture
  }
  return { quadrants, thresholds, summary: summarise(current, future, quadrants) }
}

function isHigh(value: number, from: number): boolean {
  return value >= from && value > 0
}

function threshold(values: Numbers, rule: ThresholdRule): number {
  if (rule === 'mean') return values.length === 0 ? 0 : Float64Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
  if (rule === 'median') return quantile(values, 0.5)
  if ('quantile' in rule) return quantile(values, rule.quantile)
  requireFinite([rule.value], 'threshold')
  return rule.value
}

/** Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996); 0 for no values. */
function quantile(values: Numbers, share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`a quantile lies in (0, 1), not ${share}`)
  if (values.length === 0) return 0
  const sorted = sortedAscending(values)
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (position - below) * (high - low)
}

function summarise(current: Numbers, future: Numbers, quadrants: Uint8Array): ClvQuadrant[] {
  const summary = clvQuadrants.map((name) => ({ name, heads: 0, currentValue: 0, futureValue: 0, currentBelowZero: 0, futureBelowZero: 0 }))
  for (let i = 0; i < quadrants.length; i++) {
    const row = summary[quadrants[i]!]!
    row.heads++
    row.currentValue += current[i]!
    row.futureValue += future[i]!
    if (current[i]! < 0) row.currentBelowZero++
    if (future[i]! < 0) row.futureBelowZero++
  }
  return summary
}
