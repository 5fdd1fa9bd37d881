import { type Numbers, requireFinite } from '../numbers.ts'
import type { GoodEnd } from './quantile-scores.ts'

/** Four ascending limits that part a measure into the scores 1–5. */
export type CutOffs = readonly [number, number, number, number]

/**
 * Scores 1–5 by the company's own cut-offs, 5 the best; a value on a cut-off gets the better score.
 *   high end good: 1 + number of cut-offs ≤ value     (3 purchases with cut-offs 1, 3, 5, 8 score 3)
 *   low end good:  1 + number of cut-offs ≥ value     (30 days with cut-offs 30, 60, 90, 180 score 5)
 * @param values in the unit of the cut-offs, finite
 * @throws RangeError when a value or cut-off is not finite or the cut-offs do not ascend
 */
export function cutOffScores(values: Numbers, cutOffs: CutOffs, good: GoodEnd): Uint8Array {
  requireFinite(values, 'values')
  requireFinite(cutOffs, 'cutOffs')
  if (cutOffs.some((cut, i) => i > 0 && cut <= cutOffs[i - 1]!)) throw new RangeError(`cut-offs must ascend: ${cutOffs.join(', ')}`)
  const scores = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    let score = 1
    for (const cut of cutOffs) if (good === 'high' ? value >= cut : value <= cut) score++
    scores[i] = score
  }
  return scores
}
