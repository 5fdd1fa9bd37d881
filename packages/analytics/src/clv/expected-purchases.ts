import type { Numbers, OnStep } from '../numbers.ts'
import type { BgNbdParameters } from './fit-bg-nbd.ts'
import { groupRows } from './group-rows.ts'
import { type PurchaseHistory, requireHistory } from './purchase-history.ts'
import { type PurchasesIfAlive, purchasesIfAlive } from './purchases-if-alive.ts'

/** @throws RangeError unless all four parameters are above zero and finite. */
function requireBgNbd(parameters: BgNbdParameters): void {
  for (const symbol of ['r', 'alpha', 'a', 'b'] as const) {
    const value = parameters[symbol]
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`BG/NBD needs ${symbol} > 0, found ${value}`)
  }
}

/**
 * E[X(t)]: expected repeat purchases of a new customer in the time t after the first purchase; the unit of t is that of alpha.
 * @throws RangeError unless t ≥ 0 and finite and the parameters are above zero
 * @see Fader, Hardie and Lee (2005), Marketing Science 24 (2), eq. 9; computed as `purchasesIfAlive` says
 */
export function expectedPurchasesOfNew(parameters: BgNbdParameters, t: number): number {
  requireBgNbd(parameters)
  requireTime(t)
  return purchasesIfAlive(parameters.a, parameters.b)(parameters.r, t / parameters.alpha)
}

/**
 * E[Y(t) | x, t_x, T]: expected purchases of each customer in the coming time t.
 * @throws RangeError when a history is impossible, t < 0 or a parameter not above zero
 * @see Fader, Hardie and Lee (2005), Marketing Science 24 (2), eq. 10
 */
export function expectedPurchases(parameters: BgNbdParameters, history: PurchaseHistory, t: number, onStep?: OnStep): Float64Array {
  requireTime(t)
  const alive = probabilityAlive(parameters, history)
  const { r, alpha } = parameters
  const onAge = (out: Float64Array, ifAlive: PurchasesIfAlive, x: number, T: number) => {
    out[0] = ifAlive(r + x, t / (alpha + T))
  }
  const ages = perAge(parameters, history, 1, onAge, onStep)
  return alive.map((chance, i) => chance * ages.values[ages.groupOf[i]!]!)
}

/**
 * P(alive | x, t_x, T): the chance that a customer has not dropped out at T; 1 without a repeat purchase, for the model lets
 * customers drop out only after one.
 *   1 / (1 + [x>0]·a/(b+x−1)·((α+T)/(α+t_x))^(r+x))
 * @throws RangeError when a history is impossible or a parameter not above zero
 * @see Fader and Hardie (2008), Computing P(alive) Using the BG/NBD Model
 */
export function probabilityAlive(parameters: BgNbdParameters, history: PurchaseHistory): Float64Array {
  requireBgNbd(parameters)
  requireHistory(history)
  const { r, alpha, a, b } = parameters
  const { x: xs, tx: txs, T: Ts } = history
  const alive = new Float64Array(xs.length)
  for (let i = 0; i < alive.length; i++) {
    const x = xs[i]!
    const tx = txs[i]!
    const silence = (Ts[i]! - tx) / (alpha + tx)
    alive[i] = x === 0 ? 1 : 1 / (1 + Math.exp((r + x) * Math.log1p(silence) + Math.log(a / (b + x - 1))))
  }
  return alive
}

/** Values per distinct (x, T): those of customer i stand at `groupOf[i]·width` and after. */
export interface PerAge {
  groupOf: Int32Array
  values: Float64Array
}

/**
 * Computes `width` numbers that depend on a customer's x and T only, once per distinct pair: of a million customers who bought on
 * whole days in some years there are a few thousand. Pairs are visited by x, which share the table of `purchasesIfAlive`.
 * @param compute writes the numbers of one pair into `out`
 */
export function perAge(
  { a, b }: BgNbdParameters,
  { x, T }: { x: Numbers; T: Numbers },
  width: number,
  compute: (out: Float64Array, ifAlive: PurchasesIfAlive, x: number, T: number) => void,
  onStep?: OnStep,
): PerAge {
  const { groupOf, firstRow } = groupRows([x, T])
  const byCount = Uint32Array.from(firstRow, (_, group) => group).sort((one, other) => x[firstRow[one]!]! - x[firstRow[other]!]!)
  const values = new Float64Array(firstRow.length * width)
  let ifAlive: PurchasesIfAlive | undefined
  let tableFor = -1
  byCount.forEach((group, done) => {
    const row = firstRow[group]!
    const count = x[row]!
    if (!ifAlive || count !== tableFor) ifAlive = purchasesIfAlive(a, b + count)
    tableFor = count
    compute(values.subarray(group * width, (group + 1) * width), ifAlive, count, T[row]!)
    if (done % 8192 === 0) onStep?.(done / byCount.length)
  })
  return { groupOf, values }
}

function requireTime(t: number): void {
  if (!(t >= 0 && t < Number.POSITIVE_INFINITY)) throw new RangeError(`a time must be at least 0 and finite, not ${t}`)
}
