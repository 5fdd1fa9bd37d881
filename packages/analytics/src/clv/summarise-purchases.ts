import { type Numbers, requireFinite, requireSameLength } from '../numbers.ts'
import type { PurchaseHistory, SpendHistory } from './purchase-history.ts'

/** Purchases sorted by customer, within a customer by day. */
export interface PurchaseLog {
  /** Customer key, ascending. */
  customer: Numbers
  /** Whole day number (any origin), ascending within a customer. */
  day: Numbers
  /** Amount, any currency unit. */
  amount: Numbers
}

/** What the CLV models need to know of each customer; one row per customer, in order of key. */
export interface PurchaseSummary extends PurchaseHistory, SpendHistory {
  customer: Float64Array
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  zbar: Float64Array
}

export interface HoldoutSummary {
  /** The calibration: everything up to and including its last day. */
  calibration: PurchaseSummary
  /** Days with a purchase in the holdout, for the customers of the calibration. */
  purchases: Float64Array
  /** Amount spent in the holdout. */
  spend: Float64Array
  /** Length of the holdout in periods. */
  periods: number
}

/**
 * Purchase histories (x, t_x, T, z̄) from a log of purchases, as the papers make them: all purchases of a day are one, the first day is
 * the customer's birth and counts neither in x nor in z̄.
 *   x = days with a purchase − 1, t_x = (last − first)/daysPerPeriod, T = (lastDay − first)/daysPerPeriod,
 *   z̄ = amounts after the first day / x, 0 when x = 0
 * @param lastDay the last day under observation, inclusive; later purchases are left out, and customers who have only such
 * @param daysPerPeriod 7 for weeks (the papers' unit), 1 for days
 * @throws RangeError when a value is not finite, a day not whole, or the log not sorted
 * @see Fader, Hardie and Lee (2005), Marketing Science 24 (2), §"Empirical analysis" for the conventions
 */
export function summarisePurchases(log: PurchaseLog, lastDay: number, daysPerPeriod = 7): PurchaseSummary {
  requireLog(log)
  requirePeriod(lastDay, daysPerPeriod)
  const rows = countCustomers(log, lastDay)
  const column = () => new Float64Array(rows)
  const summary = { customer: column(), x: column(), tx: column(), T: column(), zbar: column() }
  let row = 0
  for (let from = 0; from < log.day.length; ) {
    const end = endOfCustomer(log, from)
    if (log.day[from]! <= lastDay) writeCustomer(summary, row++, log, from, end, lastDay, daysPerPeriod)
    from = end
  }
  return summary
}

/**
 * Splits a log into calibration and holdout: histories up to `calibrationEnd`, and what the same customers bought after it up to
 * `lastDay` (days with a purchase, and amounts), to test predictions on.
 * @throws RangeError as `summarisePurchases`, and unless calibrationEnd < lastDay
 */
export function splitHoldout(log: PurchaseLog, calibrationEnd: number, lastDay: number, daysPerPeriod = 7): HoldoutSummary {
  if (!(calibrationEnd < lastDay)) throw new RangeError(`the calibration must end before the holdout: ${calibrationEnd}, ${lastDay}`)
  const calibration = summarisePurchases(log, calibrationEnd, daysPerPeriod)
  const purchases = new Float64Array(calibration.x.length)
  const spend = new Float64Array(calibration.x.length)
  let row = 0
  for (let from = 0; from < log.day.length; ) {
    const end = endOfCustomer(log, from)
    if (log.day[from]! <= calibrationEnd) {
      for (let i = from; i < end && log.day[i]! <= lastDay; i++) {
        if (log.day[i]! <= calibrationEnd) continue
        if (log.day[i] !== log.day[i - 1]) purchases[row]!++
        spend[row]! += log.amount[i]!
      }
      row++
    }
    from = end
  }
  return { calibration, purchases, spend, periods: (lastDay - calibrationEnd) / daysPerPeriod }
}

function writeCustomer(
  summary: PurchaseSummary,
  row: number,
  log: PurchaseLog,
  from: number,
  end: number,
  lastDay: number,
  daysPerPeriod: number,
): void {
  const first = log.day[from]!
  let [last, repeats, spend] = [first, 0, 0]
  for (let i = from; i < end && log.day[i]! <= lastDay; i++) {
    const day = log.day[i]!
    if (day === first) continue
    if (day !== last) repeats++
    last = day
    spend += log.amount[i]!
  }
  summary.customer[row] = log.customer[from]!
  summary.x[row] = repeats
  summary.tx[row] = (last - first) / daysPerPeriod
  summary.T[row] = (lastDay - first) / daysPerPeriod
  summary.zbar[row] = repeats > 0 ? spend / repeats : 0
}

function endOfCustomer(log: PurchaseLog, from: number): number {
  let end = from + 1
  while (end < log.customer.length && log.customer[end] === log.customer[from]) end++
  return end
}

function countCustomers(log: PurchaseLog, lastDay: number): number {
  let customers = 0
  for (let from = 0; from < log.day.length; from = endOfCustomer(log, from)) if (log.day[from]! <= lastDay) customers++
  return customers
}

function requireLog(log: PurchaseLog): void {
  const { customer, day, amount } = log
  requireSameLength({ customer, day, amount })
  requireFinite(customer, 'customer')
  requireFinite(amount, 'amount')
  for (let i = 0; i < day.length; i++) {
    if (!Number.isInteger(day[i])) throw new RangeError(`day[${i}] is ${day[i]}: days are whole numbers`)
    if (i === 0) continue
    const sorted = customer[i]! > customer[i - 1]! || (customer[i] === customer[i - 1] && day[i]! >= day[i - 1]!)
    if (!sorted) throw new RangeError(`the log must be sorted by customer and day, row ${i} is not`)
  }
}

function requirePeriod(lastDay: number, daysPerPeriod: number): void {
  if (!Number.isInteger(lastDay)) throw new RangeError(`the last day must be a whole number, not ${lastDay}`)
  if (!(daysPerPeriod > 0 && daysPerPeriod < Number.POSITIVE_INFINITY))
    throw new RangeError(`days per period must be above 0, not ${daysPerPeriod}`)
}
