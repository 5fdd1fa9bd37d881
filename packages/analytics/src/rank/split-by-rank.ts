import type { Numbers } from '../numbers.ts'

/** The values in ascending order, as a new array. */
export function sortedAscending(values: Numbers): Float64Array {
  return Float64Array.from(values).sort()
}

/**
 * Cuts a column into consecutive parts by ascending rank; equal values rank in the order in which they stand.
 * This is `rank(method='first')` followed by a cut, without building the ranks: only the few values at the
 * cuts matter, so one native sort and one pass over the column suffice.
 * @param lastRanks ascending; part i holds the ranks lastRanks[i−1] < rank ≤ lastRanks[i] (ranks from 1); what ranks
 *   above the last cut is the part `lastRanks.length`
 * @param sorted the same values ascending, when the caller has them already
 * @returns the part of each value, 0 … lastRanks.length
 */
export function splitByRank(values: Numbers, lastRanks: readonly number[], sorted = sortedAscending(values)): Uint8Array {
  const cuts = lastRanks.map((rank) => cutAt(sorted, rank))
  const parts = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    let part = 0
    for (const cut of cuts) {
      if (value > cut.value) part++
      else if (value === cut.value && cut.room-- <= 0) part++
    }
    parts[i] = part
  }
  return parts
}

/** The value at a rank and how many of the values equal to it (the first ones met) lie below the cut. */
function cutAt(sorted: Float64Array, rank: number): { value: number; room: number } {
  if (rank <= 0) return { value: Number.NEGATIVE_INFINITY, room: 0 }
  if (rank >= sorted.length) return { value: Number.POSITIVE_INFINITY, room: 0 }
  const value = sorted[rank - 1]!
  return { value, room: rank - countBelow(sorted, value) }
}

/** How many values of an ascending array are smaller than `value`. */
function countBelow(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}
