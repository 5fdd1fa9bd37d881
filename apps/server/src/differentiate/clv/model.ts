import { type ClvMatrix, clvMatrix } from '@zhike/analytics/clv/clv-matrix.ts'
import { expectedPurchases } from '@zhike/analytics/clv/expected-purchases.ts'
import { type BgNbdFit, fitBgNbd } from '@zhike/analytics/clv/fit-bg-nbd.ts'
import { fitGammaGamma, type GammaGammaFit } from '@zhike/analytics/clv/fit-gamma-gamma.ts'
import { type CustomerScores, type Horizon, scoreCustomers } from '@zhike/analytics/clv/lifetime-value.ts'

/** Purchase histories by column, in weeks and major units; see PurchaseHistory of the analytics library. */
export interface Histories {
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  zbar: Float64Array
}

/** Everything that a fit and the scores need, as columns, one row per customer. */
export interface ClvInput {
  /** Through the as-of day: what is scored. */
  history: Histories
  /** Of those who had bought by the end of the calibration, up to it: what is fitted. Absent when that is the same. */
  calibration?: Histories & { heldOut: Float64Array; weeks: number }
  /** Value so far of each customer scored. */
  current: Float64Array
  horizon: Horizon
}

/** How the fit predicted the purchases that it had not seen. */
interface Holdout {
  weeks: number
  actual: number
  expected: number
  /** Mean absolute error per customer, in purchases. */
  mae: number
  /** Pearson's, of predicted and actual purchases; null when one of them is constant. */
  correlation: number | null
}

export interface ClvOutput {
  bgnbd: BgNbdFit
  gammaGamma: GammaGammaFit
  scores: CustomerScores
  matrix: ClvMatrix
  holdout: Holdout | null
  milliseconds: { fit: number; score: number }
}

/** Shares of the work: the fit of purchases, the fit of spend, the scores. */
const parts = { purchases: 0.4, spend: 0.6 }

/**
 * Fits both models, scores everybody and places them in the CLV matrix; high begins at the mean.
 * @param onStep the finished fraction of the work; may throw to break it off
 */
export function valueCustomers(input: ClvInput, onStep: (fraction: number) => void): ClvOutput {
  const start = performance.now()
  const seen = input.calibration ?? input.history
  const bgnbd = fitBgNbd(seen, (fraction) => onStep(fraction * parts.purchases))
  const gammaGamma = fitGammaGamma(seen, (fraction) => onStep(parts.purchases + fraction * (parts.spend - parts.purchases)))
  const fitted = performance.now()
  const scores = scoreCustomers({ purchases: bgnbd.parameters, spend: gammaGamma }, input.history, input.horizon, (fraction) =>
    onStep(parts.spend + fraction * (1 - parts.spend)),
  )
  const matrix = clvMatrix(input.current, scores.lifetimeValue, { current: 'mean', future: 'mean' })
  const holdout = input.calibration ? checkHoldout(bgnbd, input.calibration) : null
  return { bgnbd, gammaGamma, scores, matrix, holdout, milliseconds: { fit: fitted - start, score: performance.now() - fitted } }
}

function checkHoldout({ parameters }: BgNbdFit, { heldOut, weeks, ...history }: NonNullable<ClvInput['calibration']>): Holdout {
  const predicted = expectedPurchases(parameters, history, weeks)
  const errors = predicted.map((value, i) => Math.abs(value - (heldOut[i] ?? 0)))
  return {
    weeks,
    actual: sum(heldOut),
    expected: sum(predicted),
    mae: sum(errors) / Math.max(1, errors.length),
    correlation: correlation(predicted, heldOut),
  }
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

function correlation(a: Float64Array, b: Float64Array): number | null {
  const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null
}
