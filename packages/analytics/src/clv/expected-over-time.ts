import type { BgNbdParameters } from './fit-bg-nbd.ts'
import { purchasesIfAlive } from './purchases-if-alive.ts'

/** Customers who bought for the first time on one day. */
export interface FirstPurchases {
  day: number
  customers: number
}

/**
 * Expected repeat purchases of a whole group of customers by the end of some days, summed up since the first of them: the tracking plot's
 * expected line.
 *   E(d) = Σ over first days s < d of customers(s) · E[X(d − s)]
 * E[X(t)] is computed once per age in days, whoever has it.
 * @param first by day, counted from any origin
 * @param days at whose end to sum up, counted from the same origin
 * @param daysPerPeriod days in the parameters' unit of time
 * @see Fader, Hardie and Lee (2005), Marketing Science 24 (2), eq. 9 and figure 4
 */
export function expectedOverTime(
  { r, alpha, a, b }: BgNbdParameters,
  first: readonly FirstPurchases[],
  days: readonly number[],
  daysPerPeriod: number,
): number[] {
  const ifAlive = purchasesIfAlive(a, b)
  const byAge = new Map<number, number>()
  const ofNew = (age: number) => {
    const known = byAge.get(age) ?? ifAlive(r, age / daysPerPeriod / alpha)
    byAge.set(age, known)
    return known
  }
  return days.map((end) => first.reduce((sum, { day, customers }) => (day < end ? sum + customers * ofNew(end - day) : sum), 0))
}
