/** Above this the asymptotic series below are exact to 15 digits. */
const ASYMPTOTIC_FROM = 12

/**
 * Digamma ψ(x) = d/dx ln Γ(x) for x > 0, to about 14 digits: upward recurrence ψ(x) = ψ(x + 1) − 1/x, then
 *   ψ(x) ~ ln x − 1/2x − 1/12x² + 1/120x⁴ − 1/252x⁶ + 1/240x⁸ − 1/132x¹⁰ + 691/32760x¹² − 1/12x¹⁴
 * @throws RangeError unless x > 0 and finite
 * @see Abramowitz and Stegun (1964), 6.3.5 and 6.3.18
 */
export function digamma(x: number): number {
  requirePositive(x)
  let shift = 0
  while (x < ASYMPTOTIC_FROM) shift -= 1 / x++
  const s = 1 / (x * x)
  const series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760 - s / 12))))))
  return shift + Math.log(x) - 0.5 / x - series
}

/**
 * Trigamma ψ′(x) for x > 0, to about 14 digits: ψ′(x) = ψ′(x + 1) + 1/x², then
 *   ψ′(x) ~ 1/x + 1/2x² + 1/6x³ − 1/30x⁵ + 1/42x⁷ − 1/30x⁹ + 5/66x¹¹ − 691/2730x¹³ + 7/6x¹⁵
 * @throws RangeError unless x > 0 and finite
 * @see Abramowitz and Stegun (1964), 6.4.6 and 6.4.12
 */
export function trigamma(x: number): number {
  requirePositive(x)
  let shift = 0
  while (x < ASYMPTOTIC_FROM) shift += 1 / (x * x++)
  const s = 1 / (x * x)
  const series = s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730 - (s * 7) / 6))))))
  return shift + (1 + 0.5 / x + series) / x
}

function requirePositive(x: number): void {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) throw new RangeError(`polygamma functions here need a finite x > 0, not ${x}`)
}
