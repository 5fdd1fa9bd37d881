import type { OnStep } from '../numbers.ts'
import { type Box, type Maximum, maximise } from '../optimise/newton.ts'
import { type StandardErrors, standardErrors, symbolsAtBound } from './fit-report.ts'
import { gammaGammaLikelihood, type RepeatSpend, repeatSpend } from './gamma-gamma-likelihood.ts'
import { requireSpend, type SpendHistory } from './purchase-history.ts'

/** p: shape of a customer's amounts; q, v: the gamma distribution of their rates over customers. v is in the data's currency unit. */
export interface GammaGammaParameters {
  p: number
  q: number
  v: number
}

/**
 * What the fit says of itself:
 * - `converged`: an inner maximum with a finite mean spend.
 * - `no-finite-mean`: q ≤ 1: amounts are so uneven that the model's mean spend is infinite; the observed mean stands in for it.
 * - `same-spend`: customers do not differ in mean spend beyond chance (q and v run to infinity together).
 * - `same-amounts`: a customer's amounts do not vary (p runs to its bound).
 * - `on-bound`: a parameter ended on another bound.
 * - `no-repeat-purchases`: no customer has a repeat purchase with an amount above zero; nothing can be estimated.
 * - `not-converged`: the search ended before the top.
 */
export type GammaGammaVerdict =
  | 'converged'
  | 'no-finite-mean'
  | 'same-spend'
  | 'same-amounts'
  | 'on-bound'
  | 'no-repeat-purchases'
  | 'not-converged'

export interface GammaGammaFit {
  model: 'Gamma-Gamma'
  parameters: GammaGammaParameters
  logLikelihood: number
  /** Customers used: at least one repeat purchase, mean amount above zero. */
  customers: number
  /** Left out: repeat purchases whose mean amount is zero or less, which a gamma distribution cannot have. */
  notPositive: number
  /** Mean spend per purchase of a customer about whom nothing is known: p·v/(q − 1), or the observed mean when q ≤ 1. */
  meanSpend: number
  /** Pearson's correlation of purchases and mean spend among the customers used; the model assumes none. Null when one of them is constant. */
  correlation: number | null
  converged: boolean
  verdict: GammaGammaVerdict
  atBound: (keyof GammaGammaParameters)[]
  standardErrors: StandardErrors<keyof GammaGammaParameters>
  steps: number
}

const symbols = ['p', 'q', 'v'] as const

/** Bounds; v in units of the mean spend. */
const box: Box = { lower: [1e-4, 1e-3, 1e-6].map(Math.log), upper: [1e5, 1e5, 1e6].map(Math.log) }

/** With q beyond this the mean spend varies by less than a hundredth between customers. */
const SAME_ABOVE = 1e4

/**
 * Fits the Gamma-Gamma model of spend by maximum likelihood: Newton's method on the logarithms of (p, q, v) with exact derivatives.
 * Customers without a repeat purchase, or with a mean amount of zero or less, are left out (and counted).
 * @param onStep called after each evaluation with a growing fraction < 1
 * @throws RangeError when an amount is not finite or a count is not whole; never for valid data, however degenerate
 * @see Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value; Fader, Hardie and Lee (2005), JMR 42, 415–430
 */
export function fitGammaGamma(history: SpendHistory, onStep?: OnStep): GammaGammaFit {
  requireSpend(history)
  const data = repeatSpend(history)
  onStep?.(0.05)
  if (data.customers === 0) return withoutRepeats(data)
  let evaluations = 0
  const evaluate = (theta: readonly number[]) => {
    const result = gammaGammaLikelihood(data, theta)
    onStep?.(1 - 0.95 * 0.95 ** ++evaluations)
    return result
  }
  return report(data, maximise(evaluate, [3, 3, 2 / 3].map(Math.log), box))
}

function report(data: RepeatSpend, best: Maximum): GammaGammaFit {
  const [p, q, scaled] = best.at.map(Math.exp) as [number, number, number]
  const v = scaled * data.unit
  return {
    ...facts(data),
    parameters: { p, q, v },
    logLikelihood: best.value - data.customers * Math.log(data.unit),
    meanSpend: q > 1 ? (p * v) / (q - 1) : data.observedMean,
    converged: best.converged,
    verdict: verdictOn(best, q),
    atBound: symbolsAtBound(best, symbols),
    standardErrors: standardErrors(best, symbols, [1, 1, data.unit]),
    steps: best.steps,
  }
}

function verdictOn(best: Maximum, q: number): GammaGammaVerdict {
  if (!best.converged) return 'not-converged'
  if (q <= 1) return 'no-finite-mean'
  if (best.bound[0] === 1) return 'same-amounts'
  if (q > SAME_ABOVE) return 'same-spend'
  return best.bound.some((side) => side !== 0) ? 'on-bound' : 'converged'
}

function withoutRepeats(data: RepeatSpend): GammaGammaFit {
  return {
    ...facts(data),
    parameters: { p: 1, q: 2, v: 0 },
    logLikelihood: 0,
    meanSpend: 0,
    converged: false,
    verdict: 'no-repeat-purchases',
    atBound: ['v'],
    standardErrors: { p: null, q: null, v: null },
    steps: 0,
  }
}

function facts(data: RepeatSpend) {
  return {
    model: 'Gamma-Gamma' as const,
    customers: data.customers,
    notPositive: data.notPositive,
    correlation: data.correlation,
  }
}
