import { minorDigits } from '../identity/normalise/money.ts'

/**
 * What a line costs: quantity × unit price − discount, rounded half away from zero to the currency's minor unit. Exact: no
 * floating point in between.
 * @param quantity in thousandths; negative for a return
 * @param unitPrice in 1/10,000 of the major unit
 * @param discount in minor units
 */
export function lineAmount(quantity: number, unitPrice: number, discount: number, currency: string): number {
  const scale = 1000n * 10n ** BigInt(4 - minorDigits(currency))
  return Number(divideRounded(BigInt(quantity) * BigInt(unitPrice), scale)) - (quantity < 0 ? -discount : discount)
}

/** a / b, rounded half away from zero; b > 0. */
function divideRounded(a: bigint, b: bigint): bigint {
  const half = b / 2n
  return a < 0n ? -((-a + half) / b) : (a + half) / b
}

/** An amount in another currency's minor units. `rate`: reporting minor units for one minor unit. */
export const converted = (amount: number, rate: number): number =>
  rate === 1 ? amount : Math.sign(amount) * Math.round(Math.abs(amount) * rate)
