import type { Tx } from '../../platform/database/database.ts'

/** The reporting currency and what others were worth in it. */
export interface Rates {
  reporting: string
  timeZone: string
  /** Reporting minor units for one minor unit of `currency` on the day of `at`: the newest rate up to that day; undefined when none is known. */
  rateOf(currency: string, at: Date): number | undefined
}

/** Loads what is needed to state amounts of these currencies in the reporting currency. */
export async function loadRates(tx: Tx, currencies: Iterable<string>): Promise<Rates> {
  const wanted = [...new Set(currencies)]
  const [[company], rows] = await Promise.all([
    tx<{ currency: string; timeZone: string }[]>`select currency, time_zone as "timeZone" from company`,
    tx<{ currency: string; day: string; rate: number }[]>`
      select currency, day, rate::float8 as rate from exchange_rate where currency = any (${wanted}) order by day desc`,
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
      const day = dayOf.format(at)
      return byCurrency.get(currency)?.find((row) => row.day <= day)?.rate
    },
  }
}
