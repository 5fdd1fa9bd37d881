import type { Tx } from '../../platform/database/database.ts'
import { minorDigits } from '../identity/normalise/money.ts'

/** The reporting currency and what others were worth in it. */
export interface Rates {
  reporting: string
  timeZone: string
  /** Reporting minor units for one minor unit of `currency` on the day of `at`: the newest rate up to that day; undefined when none is known. */
  rateOf(currency: string, at: Date): number | undefined
}

interface RateOfDay {
  currency: string
  day: string
  rate: number
}

/** Loads what is needed to state amounts of these currencies in the reporting currency. */
export async function loadRates(tx: Tx, currencies: Iterable<string>): Promise<Rates> {
  const wanted = [...new Set(currencies)]
  const [[company], rows] = await Promise.all([
    tx<{ currency: string; timeZone: string }[]>`select currency, time_zone as "timeZone" from company`,
    tx<RateOfDay[]>`
      select currency, day, rate::float8 as rate from exchange_rate where currency = any (${wanted}) order by day`,
  ])
  const reporting = company?.currency ?? 'CNY'
  const timeZone = company?.timeZone ?? 'UTC'
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency)
  return {
    reporting,
    timeZone,
    rateOf(currency, at) {
      if (currency === reporting) return 1
      const rate = newestUpTo(dayOf.format(at), byCurrency.get(currency) ?? [])
      // Rates are between major units: 1 JPY has no smaller unit, 1 CNY has 100.
      return rate === undefined ? undefined : rate * 10 ** (minorDigits(reporting) - minorDigits(currency))
    },
  }
}

/** The last rate up to `day`; `rates` are in the order of days. Years of daily rates are asked for every row of an import. */
function newestUpTo(day: string, rates: readonly RateOfDay[]): number | undefined {
  let [low, high] = [0, rates.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rates[middle] as RateOfDay).day <= day) low = middle + 1
    else high = middle
  }
  return rates[low - 1]?.rate
}
