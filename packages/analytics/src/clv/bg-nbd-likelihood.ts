import type { Numbers } from '../numbers.ts'
import type { Quadratic } from '../optimise/newton.ts'
import { groupRows } from './group-rows.ts'
import type { PurchaseHistory } from './purchase-history.ts'

/** The distinct histories (x, t_x, T) of a customer base with the number of customers that share each. */
export interface DistinctHistories {
  x: Float64Array
  /** In units of `timeScale`. */
  tx: Float64Array
  T: Float64Array
  counts: Float64Array
  customers: number
  repeatPurchases: number
  /** `buyersAbove[j]` = customers with more than j repeat purchases. */
  buyersAbove: Float64Array
  /** Mean age: times are divided by it, so that one set of bounds for alpha fits days as well as years. */
  timeScale: number
}

export function distinctHistories({ x, tx, T }: PurchaseHistory): DistinctHistories {
  const { firstRow, counts } = groupRows([x, tx, T])
  const timeScale = meanOr1(T)
  const column = (values: Numbers, unit: number) => Float64Array.from(firstRow, (row) => values[row]! / unit)
  const distinct = { x: column(x, 1), tx: column(tx, timeScale), T: column(T, timeScale), counts }
  const buyersAbove = countBuyersAbove(distinct.x, counts)
  return { ...distinct, customers: x.length, repeatPurchases: buyersAbove.reduce((sum, n) => sum + n, 0), buyersAbove, timeScale }
}

function meanOr1(T: PurchaseHistory['T']): number {
  let sum = 0
  for (let i = 0; i < T.length; i++) sum += T[i]!
  return sum > 0 ? sum / T.length : 1
}

function countBuyersAbove(x: Float64Array, counts: Float64Array): Float64Array {
  let most = 0
  for (const count of x) if (count > most) most = count
  const above = new Float64Array(most)
  for (let i = 0; i < x.length; i++) if (x[i]! > 0) above[x[i]! - 1]! += counts[i]!
  for (let j = most - 2; j >= 0; j--) above[j]! += above[j + 1]!
  return above
}

/**
 * Log-likelihood of BG/NBD with its gradient and second derivatives in θ = (ln r, ln α, ln a, ln b), summed over customers; time in
 * units of `timeScale` (the caller subtracts repeatPurchases·ln timeScale for the value in the data's own unit).
 *   ln L = ln[Γ(r+x)/Γ(r)] + ln[B(a,b+x)/B(a,b)] + ln( A₁ + [x>0]·A₂ )
 *   A₁ = αʳ/(α+T)^(r+x),   A₂ = a/(b+x−1) · αʳ/(α+t_x)^(r+x)
 * As x is whole, the ratios of gamma functions are products over j < x, so they are summed once per j for all customers with
 * x > j: exact also where r, a or b run to a bound and differences of ln Γ would cancel.
 * @see Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24 (2), 275–284, eq. 6
 */
export function bgNbdLikelihood(data: DistinctHistories, theta: readonly number[]): Quadratic {
  const [r, alpha, a, b] = theta.map(Math.exp) as [number, number, number, number]
  return sumOf(risingProducts(data.buyersAbove, r, a, b), histories(data, r, alpha, a, b))
}

/** Σⱼ (customers with x > j) · [ln(r+j) + ln(b+j) − ln(a+b+j)]: the two ratios of gamma functions. */
function risingProducts(buyersAbove: Float64Array, r: number, a: number, b: number): Quadratic {
  let [value, gr, ga, gb, rr, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let j = 0; j < buyersAbove.length; j++) {
    const n = buyersAbove[j]!
    const [rj, bj, abj] = [r + j, b + j, a + b + j]
    value += n * (Math.log(rj) + Math.log(bj / abj))
    gr += (n * r) / rj
    ga -= (n * a) / abj
    gb += n * (b / bj - b / abj)
    rr += (n * r * j) / (rj * rj)
    aa -= (n * a * bj) / (abj * abj)
    ab += (n * a * b) / (abj * abj)
    bb += n * b * (j / (bj * bj) - (a + j) / (abj * abj))
  }
  return {
    value,
    gradient: [gr, 0, ga, gb],
    hessian: [
      [rr, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, aa, ab],
      [0, 0, ab, bb],
    ],
  }
}

/**
 * Σ ln(A₁ + [x>0]·A₂) over the distinct histories. With w = A₂/(A₁+A₂) and D = ∇ln A₂ − ∇ln A₁ the gradient is ∇ln A₁ + w·D and the
 * matrix (1−w)·H₁ + w·H₂ + w(1−w)·D·Dᵀ. This is the loop in which a fit spends its time, hence plain variables.
 */
function histories(data: DistinctHistories, r: number, alpha: number, a: number, b: number): Quadratic {
  const { x: xs, tx: txs, T: Ts, counts } = data
  const lnAlpha = Math.log(alpha)
  const lnA = Math.log(a)
  let [value, gr, gl, ga, gb] = [0, 0, 0, 0, 0]
  let [rr, rl, ra, rb, ll, la, lb, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!
    const T = Ts[i]!
    const n = counts[i]!
    const s = r + x
    const logT = Math.log1p(T / alpha)
    const shareT = T / (alpha + T)
    const A1 = -s * logT - x * lnAlpha
    if (x === 0) {
      value += n * A1
      gr -= n * r * logT
      gl += n * s * shareT
      rr -= n * r * logT
      rl += n * r * shareT
      ll -= n * s * shareT * (1 - shareT)
      continue
    }
    const tx = txs[i]!
    const rest = b + x - 1
    const logX = Math.log1p(tx / alpha)
    const shareX = tx / (alpha + tx)
    const lead = lnA - Math.log(rest) + s * (logT - logX) // ln A₂ − ln A₁
    const odds = Math.exp(-Math.abs(lead))
    const w = lead > 0 ? 1 / (1 + odds) : odds / (1 + odds)
    const v = 1 - w
    const [Dr, Dl, Db] = [r * (logT - logX), s * (shareX - shareT), -b / rest]
    value += n * (A1 + Math.max(0, lead) + Math.log1p(odds))
    gr += n * (w * Dr - r * logT)
    gl += n * (s * shareT - x + w * Dl)
    ga += n * w
    gb += n * w * Db
    const spread = w * v
    rr += n * (-r * (v * logT + w * logX) + spread * Dr * Dr)
    rl += n * (r * (v * shareT + w * shareX) + spread * Dr * Dl)
    ra += n * spread * Dr
    rb += n * spread * Dr * Db
    ll += n * (-s * (v * shareT * (1 - shareT) + w * shareX * (1 - shareX)) + spread * Dl * Dl)
    la += n * spread * Dl
    lb += n * spread * Dl * Db
    aa += n * spread
    ab += n * spread * Db
    bb += n * ((w * Db * (x - 1)) / rest + spread * Db * Db)
  }
  return {
    value,
    gradient: [gr, gl, ga, gb],
    hessian: [
      [rr, rl, ra, rb],
      [rl, ll, la, lb],
      [ra, la, aa, ab],
      [rb, lb, ab, bb],
    ],
  }
}

function sumOf(one: Quadratic, other: Quadratic): Quadratic {
  return {
    value: one.value + other.value,
    gradient: one.gradient.map((g, i) => g + other.gradient[i]!),
    hessian: one.hessian.map((row, i) => row.map((h, j) => h + other.hessian[i]![j]!)),
  }
}
