import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Locale } from '../texts/locale.ts'

/** An IANA time zone that this machine knows: Asia/Shanghai. */
export const TimeZone = z.string().max(64).refine(isTimeZone)
/** An ISO 4217 currency: CNY. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name)
  } catch {
    return false
  }
}

/** What is asked at the first run. */
export const CompanyDraft = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Days and months are cut here. */
  timeZone: TimeZone,
  /** Reports are in this currency. */
  currency: Currency,
  locale: Locale,
})
export type CompanyDraft = z.infer<typeof CompanyDraft>

export const Company = z.object({
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  locale: Locale,
  /** Share of a sale that remains after the cost of goods, in (0, 1], where a product has no cost of its own. */
  margin: z.number(),
  /** The data are those of the demo. */
  generated: z.boolean(),
  version: z.int(),
})
export type Company = z.infer<typeof Company>

export const get = endpoint({
  method: 'GET',
  path: '/settings',
  access: 'signed-in',
  summary: 'The company and its settings',
  reply: Company,
  problems: ['setup-needed'],
})

/** The reporting currency stands in every stored amount, so it is chosen once, at the first run. */
export const edit = endpoint({
  method: 'PATCH',
  path: '/settings',
  access: 'settings.manage',
  summary: 'Changes the company’s settings (If-Match); a new time zone cuts days anew in later analyses',
  body: z.strictObject({
    name: CompanyDraft.shape.name.optional(),
    timeZone: TimeZone.optional(),
    locale: Locale.optional(),
    margin: z.number().gt(0).max(1).optional(),
  }),
  reply: Company,
  problems: ['setup-needed', 'version-required', 'edit-conflict'],
})
