import type { Numbers, OnStep } from '../numbers.ts'
import { type PerAge, perAge, probabilityAlive } from './expected-purchases.ts'
import { expectedSpend, type SpendModel } from './expected-spend.ts'
import type { BgNbdParameters } from './fit-bg-nbd.ts'
import type { PurchaseHistory, SpendHistory } from './purchase-history.ts'
import type { PurchasesIfAlive } from './purchases-if-alive.ts'

export interface Horizon {
  /** Months to look ahead, whole, ≥ 1. */
  months: number
  /** Discount per month ≥ 0: 0.01 makes a purchase in a year worth 1/1.01¹² of one now. */
  monthlyDiscount: number
  /** The data's units of time per month: 4.345 for weeks, 30 for days. */
  periodsPerMonth: number
}

export interface CustomerScores {
  /** P(alive) now, in [0, 1]. */
  probabilityAlive: Float64Array
  /** Expected purchases within the horizon. */
  expectedPurchases: Float64Array
  /** Expected mean amount per purchase, in the data's currency unit. */
  expectedSpend: Float64Array
  /** Discounted value of the purchases within the horizon, in the data's currency unit (margin when the amounts are margins). */
  lifetimeValue: Float64Array
}

/**
 * Scores of every customer: P(alive), expected purchases, expected spend and lifetime value over the horizon.
 *   CLV = E[M] · Σₘ (E[Y(m·u)] − E[Y((m−1)·u)])/(1+d)^m     m = 1 … months, u = periodsPerMonth, d = monthlyDiscount
 * The purchases of a month are discounted as if paid at its end, as `lifetimes` does, with whose sums these agree.
 * @throws RangeError when a history, parameter or horizon is impossible
 * @see Fader, Hardie and Lee (2005), RFM and CLV, JMR 42, 415–430
 */
export function scoreCustomers(
  models: { purchases: BgNbdParameters; spend: SpendModel },
  history: PurchaseHistory & SpendHistory,
  horizon: Horizon,
  onStep?: OnStep,
): CustomerScores {
  requireHorizon(horizon)
  const alive = probabilityAlive(models.purchases, history)
  const spend = expectedSpend(models.spend, history)
  const { groupOf, values } = horizonPurchases(models.purchases, history, horizon, onStep)
  const expectedPurchases = new Float64Array(alive.length)
  const lifetimeValue = new Float64Array(alive.length)
  for (let i = 0; i < alive.length; i++) {
    const at = 2 * groupOf[i]!
    expectedPurchases[i] = alive[i]! * values[at]!
    lifetimeValue[i] = alive[i]! * values[at + 1]! * spend[i]!
  }
  onStep?.(1)
  return { probabilityAlive: alive, expectedPurchases, expectedSpend: spend, lifetimeValue }
}

/** Purchases within the horizon if alive now, two numbers per distinct (x, T): plain and discounted. */
function horizonPurchases(
  parameters: BgNbdParameters,
  history: { x: Numbers; T: Numbers },
  { months, monthlyDiscount, periodsPerMonth }: Horizon,
  onStep?: OnStep,
): PerAge {
  const { r, alpha } = parameters
  const worth = Float64Array.from({ length: months }, (_, m) => (1 + monthlyDiscount) ** -(m + 1))
  const compute = (out: Float64Array, ifAlive: PurchasesIfAlive, x: number, T: number): void => {
    let [discounted, before] = [0, 0]
    for (let m = 0; m < months; m++) {
      const upTo = ifAlive(r + x, ((m + 1) * periodsPerMonth) / (alpha + T))
      discounted += (upTo - before) * worth[m]!
      before = upTo
    }
    out[0] = before
    out[1] = discounted
  }
  return perAge(parameters, history, 2, compute, onStep)
}

function requireHorizon({ months, monthlyDiscount, periodsPerMonth }: Horizon): void {
  if (!Number.isInteger(months) || months < 1 || months > 1200) throw new RangeError(`a horizon has 1 to 1,200 whole months, not ${months}`)
  if (!(monthlyDiscount >= 0 && monthlyDiscount < Number.POSITIVE_INFINITY))
    throw new RangeError(`a discount is at least 0, not ${monthlyDiscount}`)
  if (!(periodsPerMonth > 0 && periodsPerMonth < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`periods per month must be above 0, not ${periodsPerMonth}`)
  }
}
