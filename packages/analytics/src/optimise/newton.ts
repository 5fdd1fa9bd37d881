import { solvePositiveDefinite } from './positive-definite.ts'

/** A function's value with its first two derivatives at a point. */
export interface Quadratic {
  value: number
  gradient: number[]
  /** Rows of the symmetric matrix of second derivatives. */
  hessian: number[][]
}

export interface Box {
  lower: readonly number[]
  upper: readonly number[]
}

export interface Maximum extends Quadratic {
  at: number[]
  /** Which coordinates ended on a bound, −1 lower, 1 upper, 0 inside. */
  bound: number[]
  converged: boolean
  steps: number
}

/** Longest step of one coordinate; coordinates here are logarithms, so a factor of e². */
const LONGEST_STEP = 2

/**
 * The largest value of a smooth function in a box: Newton's method, damped as by Levenberg and Marquardt where the surface is not
 * concave, coordinates that press against a bound held there. It ends when a further step promises less than `tolerance`.
 * @param tolerance in the unit of the function (here log-likelihood)
 * @see Nocedal and Wright (2006), Numerical Optimization, §3.4, §4 and §16.7
 */
export function maximise(
  evaluate: (at: readonly number[]) => Quadratic,
  start: readonly number[],
  box: Box,
  tolerance = 1e-8,
  maxSteps = 300,
): Maximum {
  let at = start.map((value, i) => Math.min(box.upper[i]!, Math.max(box.lower[i]!, value)))
  let here = evaluate(at)
  let damping = 1e-6
  for (let step = 0; step < maxSteps; step++) {
    const enough = Math.max(tolerance, 1e-13 * Math.abs(here.value))
    const free = at.map((_, i) => !pressesAgainstBound(at, here.gradient, box, i))
    const move = dampedStep(here, free, damping)
    if (!move) {
      damping = Math.max(10 * damping, 1e-6)
      continue
    }
    const next = at.map((value, i) => Math.min(box.upper[i]!, Math.max(box.lower[i]!, value + move[i]!)))
    const promised = predictedGain(here, at, next)
    if (Math.abs(promised) < enough && damping <= 1e-4) return finish(at, here, box, true, step)
    const there = evaluate(next)
    const gain = there.value - here.value
    if (gain >= -enough && Number.isFinite(there.value)) {
      const settled = Math.abs(gain) < enough && Math.abs(promised) < 10 * enough
      at = next
      here = there
      if (settled) return finish(at, here, box, true, step + 1)
      damping = gain > 0.25 * promised ? damping / 10 : damping * 2
    } else {
      damping = Math.max(4 * damping, 1e-6)
      if (damping > 1e12) return finish(at, here, box, false, step)
    }
  }
  return finish(at, here, box, false, maxSteps)
}

/** (−H + damping·max|Hᵢᵢ|·I)·step = gradient on the free coordinates, shortened to the longest step; null while not concave. */
function dampedStep(here: Quadratic, free: boolean[], damping: number): number[] | null {
  const indices = free.flatMap((isFree, i) => (isFree ? [i] : []))
  if (indices.length === 0) return free.map(() => 0)
  const scale = Math.max(1e-12, ...indices.map((i) => Math.abs(here.hessian[i]![i]!)))
  const matrix = indices.map((i) => indices.map((j) => -here.hessian[i]![j]! + (i === j ? damping * scale : 0)))
  const solved = solvePositiveDefinite(
    matrix,
    indices.map((i) => here.gradient[i]!),
  )
  if (!solved) return null
  const step = free.map(() => 0)
  const longest = Math.max(...solved.map(Math.abs))
  const shrink = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1
  indices.forEach((i, k) => {
    step[i] = solved[k]! * shrink
  })
  return step
}

function predictedGain(here: Quadratic, from: number[], to: number[]): number {
  let gain = 0
  from.forEach((value, i) => {
    const di = to[i]! - value
    gain += here.gradient[i]! * di
    from.forEach((other, j) => {
      gain += 0.5 * di * here.hessian[i]![j]! * (to[j]! - other)
    })
  })
  return gain
}

function pressesAgainstBound(at: number[], gradient: number[], box: Box, i: number): boolean {
  return (at[i]! <= box.lower[i]! && gradient[i]! <= 0) || (at[i]! >= box.upper[i]! && gradient[i]! >= 0)
}

function finish(at: number[], here: Quadratic, box: Box, converged: boolean, steps: number): Maximum {
  const bound = at.map((value, i) => (value <= box.lower[i]! ? -1 : value >= box.upper[i]! ? 1 : 0))
  return { ...here, at, bound, converged, steps }
}
