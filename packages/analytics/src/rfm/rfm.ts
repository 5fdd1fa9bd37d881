import { type Numbers, requireSameLength } from '../numbers.ts'
import { type CutOffs, cutOffScores } from './cutoff-scores.ts'
import { rfmCellIndex, rfmGroupTable } from './groups.ts'
import { quantileScores } from './quantile-scores.ts'

export interface RfmMeasures {
  /** Days since the last purchase, ≥ 0 (whole days in our convention). */
  recencyDays: Numbers
  /** Number of purchases. */
  frequency: Numbers
  /** What was spent, any currency unit; may be below zero. */
  monetary: Numbers
}

/** How each measure is scored: in fifths, or by own cut-offs (in the measure's unit, ascending). */
export interface RfmMethod {
  recency: 'quantile' | CutOffs
  frequency: 'quantile' | CutOffs
  monetary: 'quantile' | CutOffs
}

export interface RfmScores {
  /** Scores 1–5, 5 the best. */
  r: Uint8Array
  f: Uint8Array
  m: Uint8Array
  /** Group number: place in `rfmGroupNames`. */
  group: Uint8Array
  /** Customers per cell, at `rfmCellIndex(r, f, m)`. */
  cellCounts: Uint32Array
}

/**
 * RFM scores and named group of every customer, in the order given (which also breaks ties between equal values).
 * @throws RangeError when the columns differ in length, a value is not finite, or cut-offs do not ascend
 */
export function scoreRfm(measures: RfmMeasures, method: RfmMethod = allQuantile): RfmScores {
  requireSameLength({ recencyDays: measures.recencyDays, frequency: measures.frequency, monetary: measures.monetary })
  const r = scores(measures.recencyDays, method.recency, 'low')
  const f = scores(measures.frequency, method.frequency, 'high')
  const m = scores(measures.monetary, method.monetary, 'high')
  const group = new Uint8Array(r.length)
  const cellCounts = new Uint32Array(125)
  for (let i = 0; i < r.length; i++) {
    const cell = rfmCellIndex(r[i]!, f[i]!, m[i]!)
    group[i] = rfmGroupTable[cell]!
    cellCounts[cell]!++
  }
  return { r, f, m, group, cellCounts }
}

const allQuantile: RfmMethod = { recency: 'quantile', frequency: 'quantile', monetary: 'quantile' }

function scores(values: Numbers, method: 'quantile' | CutOffs, good: 'high' | 'low'): Uint8Array {
  return method === 'quantile' ? quantileScores(values, good) : cutOffScores(values, method, good)
}
