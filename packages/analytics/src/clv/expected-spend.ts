import type { GammaGammaFit } from './fit-gamma-gamma.ts'
import { requireSpend, type SpendHistory } from './purchase-history.ts'

/** What is needed of a fit to predict: its parameters and the mean spend of a customer about whom nothing is known. */
export type SpendModel = Pick<GammaGammaFit, 'parameters' | 'meanSpend'>

/**
 * Expected mean amount per future purchase of each customer: the observed mean drawn towards that of all customers.
 *   E[M | x, z̄] = (1 − w)·mean + w·z̄,   w = p·x/(p·x + q − 1);   with x = 0 it is the mean of all
 * With q ≤ 1, where the model has no finite mean, w is cut to 1: the observed mean stands. Any currency unit; below zero only where z̄ is.
 * @throws RangeError when the columns differ in length or hold an impossible value, or unless p, q > 0
 * @see Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value, eq. 5
 */
export function expectedSpend({ parameters: { p, q }, meanSpend }: SpendModel, history: SpendHistory): Float64Array {
  requireSpend(history)
  if (!(p > 0 && q > 0 && Number.isFinite(p) && Number.isFinite(q) && Number.isFinite(meanSpend))) {
    throw new RangeError(`Gamma-Gamma needs p, q > 0 and a finite mean spend, found p ${p}, q ${q}, mean ${meanSpend}`)
  }
  const spend = new Float64Array(history.x.length).fill(meanSpend)
  for (let i = 0; i < spend.length; i++) {
    const px = p * history.x[i]!
    if (px === 0) continue
    const weight = q > 1 ? px / (px + q - 1) : 1
    spend[i] = meanSpend + weight * (history.zbar[i]! - meanSpend)
  }
  return spend
}
