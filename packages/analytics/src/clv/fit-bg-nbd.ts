import type { OnStep } from '../numbers.ts'
import { type Box, type Maximum, maximise } from '../optimise/newton.ts'
import { bgNbdLikelihood, type DistinctHistories, distinctHistories } from './bg-nbd-likelihood.ts'
import { type StandardErrors, standardErrors, symbolsAtBound } from './fit-report.ts'
import { type PurchaseHistory, requireHistory } from './purchase-history.ts'

/** r, alpha: the gamma distribution of purchase rates; a, b: the beta distribution of the drop-out chance after each repeat purchase. */
export interface BgNbdParameters {
  r: number
  /** In the data's unit of time. */
  alpha: number
  a: number
  b: number
}

/**
 * What the fit says of itself:
 * - `converged`: an inner maximum; the parameters mean what the paper says.
 * - `no-drop-out`: the likelihood is best without any drop-out (a/(a+b) → 0); expectations hold, everybody counts as alive.
 * - `same-rate`: customers do not differ in purchase rate beyond chance (r and alpha run to infinity together).
 * - `same-drop-out`: customers do not differ in drop-out chance (a and b run to infinity together).
 * - `on-bound`: another parameter ended on its bound.
 * - `no-repeat-purchases`: nobody bought twice; nothing can be estimated, all expectations are practically zero.
 * - `not-converged`: the search ended before the top.
 */
export type BgNbdVerdict =
  | 'converged'
  | 'no-drop-out'
  | 'same-rate'
  | 'same-drop-out'
  | 'on-bound'
  | 'no-repeat-purchases'
  | 'not-converged'

export interface BgNbdFit {
  model: 'BG/NBD'
  parameters: BgNbdParameters
  /** Natural logarithm, in the data's unit of time, without constants left out. */
  logLikelihood: number
  customers: number
  /** Customers with at least one repeat purchase. */
  repeatCustomers: number
  /** Distinct (x, t_x, T). */
  distinctHistories: number
  /** Longest T: the length of the observation in the data's unit of time. */
  periods: number
  /** Whether the search ended at a maximum within its bounds. */
  converged: boolean
  verdict: BgNbdVerdict
  atBound: (keyof BgNbdParameters)[]
  standardErrors: StandardErrors<keyof BgNbdParameters>
  steps: number
}

const symbols = ['r', 'alpha', 'a', 'b'] as const

/** Bounds; alpha in units of the mean age. Beyond them a further decade changes no expectation noticeably. */
const box: Box = { lower: [1e-6, 1e-7, 1e-6, 1e-6].map(Math.log), upper: [1e4, 1e7, 1e5, 1e6].map(Math.log) }

/** A mean drop-out chance below this is none: of a million repeat purchases fewer than a hundred would be the last. */
const NO_DROP_OUT_BELOW = 1e-4

/** Both beta parameters beyond this: the drop-out chance varies by less than its hundredth between customers. */
const SAME_ABOVE = 5e3

/**
 * Fits BG/NBD by maximum likelihood: Newton's method on the logarithms of (r, α, a, b) with exact derivatives over the distinct histories.
 * When the first search ends on a bound, two more from other starts must agree that it is best there.
 * @param onStep called after each evaluation with a growing fraction < 1 (the number of steps is not known beforehand)
 * @throws RangeError when a history is impossible or there is no customer; never for valid data, however degenerate
 * @see Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24 (2), 275–284
 */
export function fitBgNbd(history: PurchaseHistory, onStep?: OnStep): BgNbdFit {
  requireHistory(history)
  const data = distinctHistories(history)
  onStep?.(0.05)
  if (data.repeatPurchases === 0) return withoutRepeats(data)
  return report(data, search(data, onStep))
}

function search(data: DistinctHistories, onStep?: OnStep): Maximum {
  let evaluations = 0
  const evaluate = (theta: readonly number[]) => {
    const result = bgNbdLikelihood(data, theta)
    onStep?.(1 - 0.95 * 0.95 ** ++evaluations)
    return result
  }
  let best: Maximum | undefined
  for (const start of starts(data)) {
    const found = maximise(evaluate, start, box)
    if (!best || found.value > best.value + 1e-6) best = found
    if (best.converged && best.bound.every((side) => side === 0)) break
  }
  return best!
}

/** Starting points: rates spread as an exponential around the mean one, with middling, rare and frequent drop-out. */
function starts(data: DistinctHistories): number[][] {
  const meanPurchases = data.repeatPurchases / data.customers
  return [
    [1, 1 / meanPurchases, 1, 3],
    [0.3, 0.3 / meanPurchases, 0.1, 2],
    [0.5, 0.2 / meanPurchases, 1, 1],
  ].map((start) => start.map(Math.log))
}

function report(data: DistinctHistories, best: Maximum): BgNbdFit {
  const [r, alpha, a, b] = best.at.map(Math.exp) as [number, number, number, number]
  const parameters = { r, alpha: alpha * data.timeScale, a, b }
  return {
    ...facts(data),
    parameters,
    logLikelihood: best.value - data.repeatPurchases * Math.log(data.timeScale),
    converged: best.converged,
    verdict: verdictOn(best, parameters),
    atBound: symbolsAtBound(best, symbols),
    standardErrors: standardErrors(best, symbols, [1, data.timeScale, 1, 1]),
    steps: best.steps,
  }
}

function verdictOn(best: Maximum, { a, b }: BgNbdParameters): BgNbdVerdict {
  if (!best.converged) return 'not-converged'
  if (a / (a + b) < NO_DROP_OUT_BELOW) return 'no-drop-out'
  if (best.bound[0] === 1 || best.bound[1] === 1) return 'same-rate'
  if (a > SAME_ABOVE && b > SAME_ABOVE) return 'same-drop-out'
  return best.bound.some((side) => side !== 0) ? 'on-bound' : 'converged'
}

/** Without a repeat purchase the likelihood rises for ever as r falls: r stands on its lower bound, the drop-out is open. */
function withoutRepeats(data: DistinctHistories): BgNbdFit {
  const theta = [box.lower[0]!, 0, 0, 0]
  return {
    ...facts(data),
    parameters: { r: Math.exp(theta[0]!), alpha: data.timeScale, a: 1, b: 1 },
    logLikelihood: bgNbdLikelihood(data, theta).value,
    converged: false,
    verdict: 'no-repeat-purchases',
    atBound: ['r'],
    standardErrors: { r: null, alpha: null, a: null, b: null },
    steps: 0,
  }
}

function facts(data: DistinctHistories) {
  return {
    model: 'BG/NBD' as const,
    customers: data.customers,
    repeatCustomers: data.buyersAbove[0] ?? 0,
    distinctHistories: data.x.length,
    periods: data.T.reduce((longest, T) => Math.max(longest, T), 0) * data.timeScale,
  }
}
