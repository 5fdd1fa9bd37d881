import { type Numbers, requireFinite, requireSameLength } from '../numbers.ts'

/**
 * What BG/NBD needs to know of each customer, by the papers' symbols; all times in one unit (say weeks), counted from the
 * customer's first purchase.
 */
export interface PurchaseHistory {
  /** Repeat purchases, whole, 0 … 1,000,000. */
  x: Numbers
  /** Time of the last repeat purchase, 0 ≤ t_x ≤ T; 0 when x = 0. */
  tx: Numbers
  /** Age: time under observation, ≥ 0. */
  T: Numbers
}

/** A history with the mean amount of the repeat purchases, which the Gamma-Gamma model needs. */
export interface SpendHistory {
  x: Numbers
  /** Mean amount per repeat purchase; not looked at where x = 0. */
  zbar: Numbers
}

/** More repeat purchases than this per customer are refused: with one purchase a day they would take 2,700 years. */
const MOST_PURCHASES = 1_000_000

/** @throws RangeError naming the first customer whose history is impossible, or when there is none. */
export function requireHistory({ x, tx, T }: PurchaseHistory): void {
  requireSameLength({ x, tx, T })
  if (x.length === 0) throw new RangeError('there must be at least one customer')
  for (let i = 0; i < x.length; i++) {
    const [count, last, age] = [x[i]!, tx[i]!, T[i]!]
    requireCount(count, i)
    if (!(last >= 0 && last <= age && age < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`customer ${i}: 0 ≤ t_x ≤ T must hold, found t_x ${last} and T ${age}`)
    }
    if (count === 0 && last !== 0) throw new RangeError(`customer ${i}: t_x must be 0 without a repeat purchase, found ${last}`)
  }
}

/** @throws RangeError when counts or amounts are impossible, or there is no customer. */
export function requireSpend({ x, zbar }: SpendHistory): void {
  requireSameLength({ x, zbar })
  requireFinite(zbar, 'zbar')
  for (let i = 0; i < x.length; i++) requireCount(x[i]!, i)
}

function requireCount(count: number, i: number): void {
  if (!Number.isInteger(count) || count < 0 || count > MOST_PURCHASES) {
    throw new RangeError(`customer ${i}: repeat purchases must be a whole number from 0 to ${MOST_PURCHASES}, found ${count}`)
  }
}
