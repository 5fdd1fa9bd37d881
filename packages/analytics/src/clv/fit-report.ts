import type { Maximum } from '../optimise/newton.ts'
import { inverseDiagonal } from '../optimise/positive-definite.ts'

/** Number per parameter; null where the data do not determine it. */
export type StandardErrors<Symbols extends string> = Record<Symbols, number | null>

/** Standard error of a logarithm above which the parameter could as well be ten thousand times larger or smaller. */
const UNDETERMINED = 10

/**
 * Standard errors of parameters estimated on the log scale: exp(θ)·√[(−H)⁻¹]ᵢᵢ (delta method). Parameters held on a bound get null and
 * are taken as known for the rest; all are null when the matrix of the rest is not positive definite. A parameter whose logarithm is uncertain
 * by more than `UNDETERMINED` gets null too: the data say nothing of its size, and the delta method would only pretend.
 */
export function standardErrors<Symbols extends string>(
  best: Maximum,
  symbols: readonly Symbols[],
  units: readonly number[],
): StandardErrors<Symbols> {
  const free = best.at.flatMap((_, i) => (best.bound[i] === 0 ? [i] : []))
  const variances = inverseDiagonal(free.map((i) => free.map((j) => -best.hessian[i]![j]!)))
  const entries = symbols.map((symbol, i): [Symbols, number | null] => {
    const variance = variances?.[free.indexOf(i)]
    if (variance === undefined || !(Math.sqrt(variance) <= UNDETERMINED)) return [symbol, null]
    return [symbol, Math.exp(best.at[i]!) * units[i]! * Math.sqrt(variance)]
  })
  return Object.fromEntries(entries) as StandardErrors<Symbols>
}

/** The symbols whose parameter ended on a bound. */
export function symbolsAtBound<Symbols extends string>(best: Maximum, symbols: readonly Symbols[]): Symbols[] {
  return symbols.filter((_, i) => best.bound[i] !== 0)
}
