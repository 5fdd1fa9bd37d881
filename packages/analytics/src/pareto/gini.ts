import { type Numbers, requireFinite } from '../numbers.ts'
import { sortedAscending } from '../rank/split-by-rank.ts'

/**
 * Gini coefficient: how unequally value is spread over heads; 0 = all alike, (n − 1)/n = one has everything.
 *   G = 2·Σ i·x₍ᵢ₎ / (n·Σ x) − (n + 1)/n   with x₍₁₎ ≤ … ≤ x₍ₙ₎
 * Values below zero count as zero, which keeps G in [0, 1); without any value above zero it is 0.
 * @throws RangeError when a value is not finite
 * @see Gini (1912); Sen (1973), On Economic Inequality, §2.2 for this form
 */
export function gini(values: Numbers): number {
  requireFinite(values, 'values')
  const sorted = sortedAscending(values)
  const count = sorted.length
  let total = 0
  let weighted = 0
  for (let i = 0; i < count; i++) {
    const value = Math.max(0, sorted[i]!)
    total += value
    weighted += (i + 1) * value
  }
  return total === 0 ? 0 : Math.max(0, (2 * weighted) / (count * total) - (count + 1) / count)
}
