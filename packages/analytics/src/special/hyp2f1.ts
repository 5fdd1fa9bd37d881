import gammaln from '@stdlib/math-base-special-gammaln'

/** From here on the series in z would need hundreds of thousands of terms, the one in 1 − z a few. */
const NEAR_ONE = 1 - 2e-4

/** Distance in c from which the value at a whole c − a − b is interpolated: (STEP·ln(1−z))⁴ and 1e-16/STEP are both small. */
const STEP = 1e-5

/**
 * ₂F₁(a, b; c; z), the Gauss hypergeometric function, for the arguments of the purchase models: a, b ≥ 0, c > 0, z < 1 and, where
 * z < 0, c at least a or b. In this range every series used has positive terms only, so nothing cancels.
 * - z < 0: Pfaff's transformation (1−z)^−a·₂F₁(a, c−b; c; z/(z−1)) brings any negative z into [0, 1)
 * - 0 ≤ z < 0.9998: the series, relative error about 1e-13
 * - else the connection to 1 − z; where c − a − b is so near a whole number that its two parts would cancel, the value is interpolated
 *   between neighbouring c: relative error about 1e-9
 * Infinite where the value exceeds the range of doubles; `logHyp2f1` does not.
 * @throws RangeError outside the range above
 * @see Abramowitz and Stegun (1964), 15.1.1, 15.3.4, 15.3.6
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  requireRange(a, b, c, z)
  if (z > NEAR_ONE) return nearOne(a, b, c, z)
  if (z / (z - 1) > NEAR_ONE) return c >= b ? (1 - z) ** -a * nearOne(a, c - b, c, z / (z - 1)) : hyp2f1(b, a, c, z)
  return Math.exp(logHyp2f1(a, b, c, z))
}

/**
 * ln ₂F₁(a, b; c; z) in the range of `hyp2f1`, z < 1, by the positive series alone (slow when z is within 1e-4 of 1).
 *   Σₖ (a)ₖ(b)ₖ/((c)ₖ k!)·zᵏ, rescaled while it runs
 * @throws RangeError outside that range, or when z is so near 1 that the series does not end
 */
export function logHyp2f1(a: number, b: number, c: number, z: number): number {
  requireRange(a, b, c, z)
  if (z >= 0) return logSeries(a, b, c, z)
  const turned = z / (z - 1)
  return c >= b ? logSeries(a, c - b, c, turned) - a * Math.log1p(-z) : logSeries(b, c - a, c, turned) - b * Math.log1p(-z)
}

const MOST_TERMS = 5_000_000

function logSeries(a: number, b: number, c: number, z: number): number {
  let [term, sum, logScale] = [1, 1, 0]
  for (let k = 0; k < MOST_TERMS; k++) {
    const ratio = ((a + k) * (b + k) * z) / ((c + k) * (k + 1))
    term *= ratio
    sum += term
    if (ratio < 1 && term <= 1e-17 * (1 - ratio) * sum) return logScale + Math.log(sum)
    if (sum > 1e250) {
      logScale += Math.log(sum)
      term /= sum
      sum = 1
    }
  }
  throw outOfRange(a, b, c, z)
}

function nearOne(a: number, b: number, c: number, z: number): number {
  const d = c - a - b
  if (Math.abs(d - Math.round(d)) > STEP / 3) return throughOneMinusZ(a, b, c, z)
  const around = (step: number) => (throughOneMinusZ(a, b, c + step, z) + throughOneMinusZ(a, b, c - step, z)) / 2
  return (4 * around(STEP) - around(2 * STEP)) / 3
}

function throughOneMinusZ(a: number, b: number, c: number, z: number): number {
  const d = c - a - b
  const rest = 1 - z
  const regular = gammaRatio([c, d], [c - a, c - b]) * series(a, b, 1 - d, rest)
  const singular = gammaRatio([c, -d], [a, b]) * rest ** d * series(c - a, c - b, 1 + d, rest)
  return regular + singular
}

function series(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1]
  for (let k = 0; k < MOST_TERMS && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= ((a + k) * (b + k) * z) / ((c + k) * (k + 1))
    sum += term
  }
  return sum
}

/** Π Γ(above)/Π Γ(below) with signs; 0 when a Γ below is infinite. */
function gammaRatio(above: number[], below: number[]): number {
  if (below.some((x) => x <= 0 && Number.isInteger(x))) return 0
  const sign = [...above, ...below].reduce((product, x) => product * gammaSign(x), 1)
  const log = above.reduce((sum, x) => sum + gammaln(x), 0) - below.reduce((sum, x) => sum + gammaln(x), 0)
  return sign * Math.exp(log)
}

function gammaSign(x: number): number {
  return x > 0 || Math.floor(x) % 2 === 0 ? 1 : -1
}

function requireRange(a: number, b: number, c: number, z: number): void {
  const finite = Number.isFinite(a) && Number.isFinite(b) && Number.isFinite(c) && Number.isFinite(z)
  const inRange = a >= 0 && b >= 0 && c > 0 && z < 1 && (z >= 0 || c >= Math.min(a, b))
  if (!finite || !inRange) throw outOfRange(a, b, c, z)
}

function outOfRange(a: number, b: number, c: number, z: number): RangeError {
  return new RangeError(`2F1(${a}, ${b}; ${c}; ${z}) is outside the range in which it is computed`)
}
