import { type Numbers, requireFinite } from '../numbers.ts'
import { sortedAscending, splitByRank } from '../rank/split-by-rank.ts'

export const abcNames = ['A', 'B', 'C'] as const

export interface AbcClass {
  name: (typeof abcNames)[number]
  heads: number
  /** Sum of the values of the class, values below zero included. */
  value: number
}

export interface AbcResult {
  /** Class of each value: 0 = A, 1 = B, 2 = C (places in `abcNames`). */
  classes: Uint8Array
  summary: AbcClass[]
  /** Sum of the values above zero: what the shares refer to. */
  positiveTotal: number
  /** How many values lie below zero; they are always C. */
  belowZero: number
}

/**
 * ABC classes by share of value: ranked from the largest down, a value belongs to A while the share of all those before it
 * is below `cutOffs[0]`, to B while it is below `cutOffs[1]`, else to C; so A always has the largest value, and the one
 * that crosses a cut-off still belongs to the better class. Values of zero or less carry no share and are C.
 * Equal values are ranked in the order in which they stand.
 * @param values revenue or margin per customer or product, any unit
 * @param cutOffs shares in (0, 1], ascending
 * @throws RangeError when a value is not finite or the cut-offs are out of range
 * @see Pareto (1896); Juran (1951) for the vital few
 */
export function abcClasses(values: Numbers, cutOffs: readonly [number, number] = [0.8, 0.95]): AbcResult {
  requireFinite(values, 'values')
  const [cutA, cutB] = cutOffs
  if (!(cutA > 0 && cutA <= cutB && cutB <= 1)) throw new RangeError(`ABC cut-offs must ascend within (0, 1]: ${cutOffs.join(', ')}`)
  const sorted = sortedAscending(values)
  const positiveTotal = sumAboveZero(sorted)
  const headsA = headsWithin(sorted, cutA * positiveTotal)
  const headsAB = headsWithin(sorted, cutB * positiveTotal)
  const classes = classesFromTop(values, [headsA, headsAB], sorted)
  return { classes, summary: summarise(values, classes), positiveTotal, belowZero: sorted.filter((value) => value < 0).length }
}

/**
 * Cuts a column from the largest value down: part 0 are the first `headsUpTo[0]`, and so on; equal values count in the order in
 * which they stand.
 */
export function classesFromTop(values: Numbers, headsUpTo: readonly number[], sorted = sortedAscending(values)): Uint8Array {
  const descending = Float64Array.from(values, (value) => -value)
  const sortedDescending = new Float64Array(sorted.length)
  for (let i = 0; i < sorted.length; i++) sortedDescending[i] = -sorted[sorted.length - 1 - i]!
  return splitByRank(descending, headsUpTo, sortedDescending)
}

function sumAboveZero(sorted: Float64Array): number {
  let sum = 0
  for (let i = sorted.length - 1; i >= 0 && sorted[i]! > 0; i--) sum += sorted[i]!
  return sum
}

/** How many of the largest values above zero have less than `limit` before them. */
function headsWithin(sorted: Float64Array, limit: number): number {
  let before = 0
  let heads = 0
  for (let i = sorted.length - 1; i >= 0 && sorted[i]! > 0 && before < limit; i--) {
    before += sorted[i]!
    heads++
  }
  return heads
}

function summarise(values: Numbers, classes: Uint8Array): AbcClass[] {
  const summary = abcNames.map((name) => ({ name, heads: 0, value: 0 }))
  for (let i = 0; i < values.length; i++) {
    const row = summary[classes[i]!]!
    row.heads++
    row.value += values[i]!
  }
  return summary
}
