import type { ExchangeRate } from '@zhike/contract/identify/exchange-rates.ts'
import { z } from 'zod'
import { asRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { fieldProblem, Problem } from '../../platform/http/problem.ts'

/** Rates by currency, newest first. */
export async function listRates(
  tx: Tx,
  query: { currency?: string | undefined; after?: string | undefined; limit?: number | undefined },
): Promise<{ items: ExchangeRate[]; next: string | null }> {
  const limit = query.limit ?? 50
  const after = readCursor(query.after, z.tuple([z.literal('rate'), z.string().length(3), z.iso.date()]))
  const rows = await tx<ExchangeRate[]>`
    select currency::text as currency, day, rate::float8 as rate from exchange_rate
     where ${query.currency === undefined ? tx`true` : tx`currency = ${query.currency}`}
       and ${after === undefined ? tx`true` : tx`(currency > ${after[1]} or currency = ${after[1]} and day < ${after[2]})`}
     order by currency, day desc limit ${limit + 1}`
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor(['rate', last.currency, last.day]) : null }
}

/** Sets these rates, whatever was there before. @throws Problem about the reporting currency or a day that is named twice */
export async function setRates(tx: Tx, rates: readonly ExchangeRate[]): Promise<void> {
  const [company] = await tx<{ currency: string }[]>`select currency::text as currency from company`
  if (!company) throw new Problem('setup-needed')
  const own = rates.findIndex(({ currency }) => currency === company.currency)
  if (own >= 0) throw fieldProblem(`body.rates.${own}.currency`, 'reporting_currency')
  const keys = rates.map(({ currency, day }) => `${currency} ${day}`)
  const seen = new Set<string>()
  const twice = keys.findIndex((key) => seen.size === seen.add(key).size)
  if (twice >= 0) throw fieldProblem(`body.rates.${twice}`, 'named_twice')
  await tx`
    insert into exchange_rate (currency, day, rate)
    select currency, day, rate from json_to_recordset(${asRows(tx, rates)}) as r(currency text, day date, rate numeric)
    on conflict (currency, day) do update set rate = excluded.rate`
}

/** @throws Problem `exchange-rate-not-found` */
export async function removeRate(tx: Tx, { currency, day }: { currency: string; day: string }): Promise<void> {
  const [gone] = await tx`delete from exchange_rate where currency = ${currency} and day = ${day} returning 1 as gone`
  if (!gone) throw new Problem('exchange-rate-not-found')
}
