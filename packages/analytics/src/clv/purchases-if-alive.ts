import betaln from '@stdlib/math-base-special-betaln'
import gammaln from '@stdlib/math-base-special-gammaln'

/** Terms beyond which the series gives way to the integral: only when t is some thousand times α + T. */
const MOST_TERMS = 50_000

/** exp underflows below this, so the series must begin at its largest term. */
const SMALLEST_EXPONENT = -600

const EPSILON = 1e-16

/**
 * Expected further purchases within a time, given that the customer is alive now.
 * @param s r + x
 * @param odds t/(α + T), ≥ 0
 */
export type PurchasesIfAlive = (s: number, odds: number) => number

/**
 * Makes the function for customers whose chance to drop out after a purchase is Beta(a, b + x): share it between all with the same x.
 * With K ~ negative binomial (shape s = r + x, success z = t/(α+T+t)) purchases that a customer who never drops out would make, and
 * mⱼ = (b+x)ⱼ/(a+b+x)ⱼ the chance to survive j of them,
 *   E = Σₖ P(K = k)·(m₀ + … + mₖ₋₁)
 * which equals (a+b+x−1)/(a−1)·[1 − ((α+T)/(α+T+t))^(r+x)·₂F₁(r+x, b+x; a+b+x−1; z)], the form of the paper, but has only positive terms:
 * no pole at a = 1, no cancellation for short times or without drop-out. Relative error about 1e-14.
 * Where the series is too long (z → 1) the same expectation is taken over p by quadrature:
 *   E = ∫₀¹ Beta(p; a, b+x)·[1 − (1 + p·t/(α+T))^−s]/p dp
 * @see Fader, Hardie and Lee (2005), Marketing Science 24 (2), eq. 10
 */
export function purchasesIfAlive(a: number, bx: number): PurchasesIfAlive {
  const survived = survivedPurchases(a, bx)
  return (s, odds) => {
    if (odds === 0) return 0
    const mean = s * odds
    const longest = mean + 40 * (1 + odds) + 9 * Math.sqrt(mean * (1 + odds))
    return longest > MOST_TERMS ? byQuadrature(a, bx, s, odds) : bySeries(survived, s, odds)
  }
}

/** The sums m₀ + … + mₖ₋₁ for k = 0, 1, …: how many of k purchases a customer is expected to live to make. Grows on demand. */
function survivedPurchases(a: number, bx: number): (upTo: number) => Float64Array {
  let sums = new Float64Array(0)
  return (upTo) => {
    if (upTo < sums.length) return sums
    sums = new Float64Array(2 * upTo + 64)
    let chance = 1
    for (let k = 1; k < sums.length; k++) {
      sums[k] = sums[k - 1]! + chance
      chance *= (bx + k - 1) / (a + bx + k - 1)
    }
    return sums
  }
}

function bySeries(survived: (upTo: number) => Float64Array, s: number, odds: number): number {
  const z = odds / (1 + odds)
  const atZero = -s * Math.log1p(odds)
  const from = atZero > SMALLEST_EXPONENT ? 0 : Math.floor(Math.max(0, (s - 1) * odds))
  const first = Math.exp(from === 0 ? atZero : atZero + gammaln(s + from) - gammaln(s) - gammaln(from + 1) + from * Math.log(z))
  let sums = survived(from + 64)
  let mass = first
  let total = first * sums[from]!
  let chance = first
  for (let k = from; ; ) {
    const ratio = (z * (s + k)) / (k + 1)
    chance *= ratio
    k++
    if (k >= sums.length) sums = survived(k)
    const term = chance * sums[k]!
    mass += chance
    total += term
    if (ratio < 1 && term < EPSILON * (1 - ratio) * total) break
  }
  chance = first
  for (let k = from; k > 0; k--) {
    chance *= k / (z * (s + k - 1))
    const term = chance * sums[k - 1]!
    mass += chance
    total += term
    if (term < EPSILON * total) break
  }
  // Begun at its largest term the series carries the rounding of ln Γ, which the sum of the chances carries too.
  return from === 0 ? total : total / mass
}

/**
 * The integral over y = ln(p/(1−p)), where the density of p has a smooth peak or smooth exponential tails whatever a and b: Gauss–Legendre
 * on short panels, what lies outside them in closed form.
 */
function byQuadrature(a: number, bx: number, s: number, odds: number): number {
  const logNorm = betaln(a, bx)
  const integrand = (y: number): number => {
    const logP = -Math.log1p(Math.exp(-y))
    const p = Math.exp(logP)
    const logRest = -Math.log1p(Math.exp(y))
    return Math.exp(a * logP + bx * logRest - logNorm) * (p === 0 ? s * odds : -Math.expm1(-s * Math.log1p(p * odds)) / p)
  }
  const narrow = Math.sqrt(1 / a + 1 / bx)
  if (narrow < 0.3) {
    const peak = Math.log(a / bx)
    return overPanels(integrand, peak - 40 * narrow, peak + 40 * narrow, narrow)
  }
  const left = -40 - Math.log1p(s * odds) - Math.log1p(bx)
  const right = 40 + Math.log1p(a)
  const below = (s * odds * Math.exp(a * left - logNorm)) / a
  const above = (-Math.expm1(-s * Math.log1p(odds)) * Math.exp(-bx * right - logNorm)) / bx
  return below + overPanels(integrand, left, right, Math.min(1, narrow)) + above
}

/** Abscissae and weights of the 8-point Gauss–Legendre rule on [−1, 1], positive half. @see Abramowitz and Stegun (1964), table 25.4 */
const gauss8 = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.31370664587788727],
  [0.7966664774136267, 0.22238103445337448],
  [0.9602898564975363, 0.10122853629037626],
] as const

function overPanels(f: (y: number) => number, from: number, to: number, width: number): number {
  const panels = Math.ceil((to - from) / width)
  const half = (to - from) / panels / 2
  let total = 0
  for (let panel = 0; panel < panels; panel++) {
    const middle = from + (2 * panel + 1) * half
    for (const [node, weight] of gauss8) total += weight * (f(middle - node * half) + f(middle + node * half))
  }
  return total * half
}
