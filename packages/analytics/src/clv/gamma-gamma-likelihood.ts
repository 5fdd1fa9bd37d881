import gammaln from '@stdlib/math-base-special-gammaln'
import type { Quadratic } from '../optimise/newton.ts'
import { digamma, trigamma } from '../special/polygamma.ts'
import type { SpendHistory } from './purchase-history.ts'

/** The customers whose amounts the model can be fitted to. */
export interface RepeatSpend {
  x: Float64Array
  /** Total repeat spend x·z̄ in units of `unit`. */
  spend: Float64Array
  /** Σ ln z̄, z̄ in units of `unit`. */
  sumLogMean: number
  customers: number
  notPositive: number
  /** The mean of z̄ over customers: amounts are divided by it, so that one set of bounds fits every currency. */
  unit: number
  /** Spend per repeat purchase, all customers together. */
  observedMean: number
  correlation: number | null
  /** Customers by number of repeat purchases. */
  byCount: { x: number; customers: number }[]
}

export function repeatSpend({ x, zbar }: SpendHistory): RepeatSpend {
  const rows: number[] = []
  let notPositive = 0
  for (let i = 0; i < x.length; i++) {
    if (x[i]! > 0 && zbar[i]! > 0) rows.push(i)
    else if (x[i]! > 0) notPositive++
  }
  const counts = Float64Array.from(rows, (row) => x[row]!)
  const means = Float64Array.from(rows, (row) => zbar[row]!)
  const unit = rows.length > 0 ? sum(means) / rows.length : 1
  const spend = means.map((mean, i) => (counts[i]! * mean) / unit)
  return {
    x: counts,
    spend,
    sumLogMean: means.reduce((total, mean) => total + Math.log(mean / unit), 0),
    customers: rows.length,
    notPositive,
    unit,
    observedMean: rows.length > 0 ? (unit * sum(spend)) / sum(counts) : 0,
    correlation: correlation(counts, means),
    byCount: countsOf(counts),
  }
}

/**
 * Log-likelihood of the Gamma-Gamma model with gradient and second derivatives in θ = (ln p, ln q, ln v), summed over customers; amounts in
 * units of `unit` (the caller subtracts customers·ln unit for the value in the data's own currency).
 *   ln L = ln Γ(px+q) − ln Γ(px) − ln Γ(q) − q·ln(1 + S/v) − px·ln(1 + v/S) − ln z̄      with S = x·z̄
 * @see Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value, eq. 1a (regrouped so that nothing large cancels)
 */
export function gammaGammaLikelihood(data: RepeatSpend, theta: readonly number[]): Quadratic {
  const [p, q, v] = theta.map(Math.exp) as [number, number, number]
  let [value, gp, gq, gv] = [-data.sumLogMean, 0, 0, 0]
  let [pp, pq, pv, qq, qv, vv] = [0, 0, 0, 0, 0, 0]
  for (const { x, customers: n } of data.byCount) {
    const [px, c] = [p * x, p * x + q]
    const [psi, psi1] = [digamma(c), trigamma(c)]
    value += n * (gammaln(c) - gammaln(px) - gammaln(q))
    gp += n * px * (psi - digamma(px))
    gq += n * q * (psi - digamma(q))
    pp += n * px * px * (psi1 - trigamma(px))
    qq += n * q * q * (psi1 - trigamma(q))
    pq += n * px * q * psi1
  }
  for (let i = 0; i < data.x.length; i++) {
    const px = p * data.x[i]!
    const ratio = data.spend[i]! / v
    const logOver = q * Math.log1p(ratio)
    const logUnder = px * Math.log1p(1 / ratio)
    const share = ratio / (1 + ratio)
    const rest = 1 / (1 + ratio)
    value -= logOver + logUnder
    gp -= logUnder
    gq -= logOver
    gv += q * share - px * rest
    pv -= px * rest
    qv += q * share
    vv -= (q + px) * share * rest
  }
  // The first derivative by a logarithm returns in the second: d²f/d(ln p)² = p·f′ + p²·f″.
  return {
    value,
    gradient: [gp, gq, gv],
    hessian: [
      [pp + gp, pq, pv],
      [pq, qq + gq, qv],
      [pv, qv, vv],
    ],
  }
}

function countsOf(counts: Float64Array): { x: number; customers: number }[] {
  const customersBy = new Map<number, number>()
  for (const x of counts) customersBy.set(x, (customersBy.get(x) ?? 0) + 1)
  return Array.from(customersBy, ([x, customers]) => ({ x, customers }))
}

function correlation(xs: Float64Array, ys: Float64Array): number | null {
  const [meanX, meanY] = [sum(xs) / xs.length, sum(ys) / ys.length]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < xs.length; i++) {
    const [dx, dy] = [xs[i]! - meanX, ys[i]! - meanY]
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
