import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery } from '../paging.ts'
import { Currency } from '../platform/settings.ts'

/** What one unit of `currency` is worth in the reporting currency from `day` on, until the next rate: 7.2 for USD in CNY. */
export const ExchangeRate = z.strictObject({
  currency: Currency,
  day: z.iso.date().refine((day) => day >= '1900-01-01'),
  rate: z.number().min(1e-9).max(1e9),
})
export type ExchangeRate = z.infer<typeof ExchangeRate>

export const list = endpoint({
  method: 'GET',
  path: '/exchange-rates',
  access: 'signed-in',
  summary: 'Exchange rates into the reporting currency, by currency, newest first',
  query: z.strictObject({ ...pageQuery, currency: Currency.optional() }),
  reply: page(ExchangeRate),
})

/** Amounts are stated in the reporting currency when they are recorded: what is recorded already stays as it is. */
export const set = endpoint({
  method: 'POST',
  path: '/exchange-rates',
  access: 'settings.manage',
  summary: 'Sets the rates of some currencies and days; a day without a rate has the last one before it. Recorded amounts stay',
  body: z.strictObject({ rates: z.array(ExchangeRate).min(1).max(5000) }),
  reply: z.object({ rates: z.int() }),
  problems: ['setup-needed'],
})

export const remove = endpoint({
  method: 'DELETE',
  path: '/exchange-rates/:currency/:day',
  access: 'settings.manage',
  summary: 'Deletes the rate of a currency and day; recorded amounts stay',
  params: ExchangeRate.omit({ rate: true }),
  reply: z.null(),
  status: 204,
  problems: ['exchange-rate-not-found'],
})
