import { clvQuadrants } from '@zhike/analytics/clv/clv-matrix.ts'
import type { ClvOutput } from './model.ts'

/** Values by column, with whom they belong to. */
export interface ScoredCustomers {
  run: number
  customer: Float64Array
  purchases: Uint32Array
  /** In major units, as are the scores. */
  current: Float64Array
  scores: ClvOutput['scores']
  quadrants: Uint8Array
  /** Minor units in a major one. */
  scale: number
}

/** The columns of `clv_result` in the order of `resultRows`. */
export const clvColumns: [string, ...string[]] = [
  'run',
  'customer',
  'purchases',
  'alive',
  'expected_purchases',
  'expected_spend',
  'current_value',
  'future_value',
  'quadrant',
]

/** Rows `from` … `to` (exclusive) as TabSeparated text; numbers with no more digits than anybody reads. */
export function resultRows(all: ScoredCustomers, from: number, to: number): string {
  const { run, customer, purchases, current, scores, quadrants, scale } = all
  let text = ''
  for (let i = from; i < to; i++) {
    const alive = digits(scores.probabilityAlive[i] ?? 0, 1e7)
    const expected = digits(scores.expectedPurchases[i] ?? 0, 1e7)
    const spend = digits((scores.expectedSpend[i] ?? 0) * scale, 100)
    const worth = `${Math.round((current[i] ?? 0) * scale)}\t${Math.round((scores.lifetimeValue[i] ?? 0) * scale)}`
    text += `${run}\t${customer[i]}\t${purchases[i]}\t${alive}\t${expected}\t${spend}\t${worth}\t${clvQuadrants[quadrants[i] ?? 0]}\n`
  }
  return text
}

const digits = (value: number, steps: number) => Math.round(value * steps) / steps
