import { z } from 'zod'
import { AnalysisMethod } from './differentiate/analyses.ts'
import { endpoint } from './endpoint.ts'
import { Filter } from './identify/customers.ts'
import { ImportKind } from './identify/import-kinds.ts'
import { ImportState } from './identify/imports.ts'

/** Somebody who bought within so many days is active. */
export const activeDays = 90
/** An analysis that is older says little about today. */
export const freshDays = 30
/** A backup older than this leaves too much to lose. */
export const backupDays = 7

export const CustomerFigureName = z.enum(['all', 'new', 'active', 'at-risk'])

/** `filter` is what the customer list is asked with: it holds as many as `count` says. Null: the whole list. */
export const CustomerFigure = z.object({
  name: CustomerFigureName,
  /** Null: nobody has run the analysis that knows. */
  count: z.int().nullable(),
  filter: Filter.nullable(),
})
export type CustomerFigure = z.infer<typeof CustomerFigure>

export const customerFigures = endpoint({
  method: 'GET',
  path: '/home/customers',
  access: 'customer.read',
  summary: 'How many customers there are, came this month, are active and are about to leave, within the caller’s row scope',
  reply: z.object({ asOf: z.iso.datetime(), figures: z.array(CustomerFigure) }),
})

/** Orders of some days of the company’s calendar, both included. */
export const SalesPeriod = z.object({
  name: z.enum(['this-month', 'last-month', 'last-year']),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Cancelled ones left out. */
  orders: z.int(),
  /** What they come to, minor units of the reporting currency; returns booked beside their order are not taken off. */
  amount: z.int(),
})
export type SalesPeriod = z.infer<typeof SalesPeriod>

export const sales = endpoint({
  method: 'GET',
  path: '/home/sales',
  access: 'order.read',
  summary: 'Sales of this month so far, of the same days of last month and of a year ago, within the caller’s row scope',
  reply: z.object({ asOf: z.iso.datetime(), currency: z.string(), periods: z.array(SalesPeriod) }),
  problems: ['setup-needed'],
})

/** What waits for the caller. A part is null where they have not the right to do anything about it. */
export const toDo = endpoint({
  method: 'GET',
  path: '/home/to-do',
  access: 'signed-in',
  summary: 'What waits for the caller: birthdays, imports with rows to repair, unfinished jobs, old analyses, a missing backup',
  reply: z.object({
    asOf: z.iso.datetime(),
    /** How many customers keep their birthday within seven days: as many as the list with `filter` holds. */
    birthdays: z.object({ count: z.int(), filter: Filter }).nullable(),
    /** Of the last days, newest first: those with failed rows, and those that broke off. */
    imports: z
      .object({
        count: z.int(),
        items: z.array(
          z.object({
            id: z.uuid(),
            kind: ImportKind,
            state: ImportState,
            file: z.string(),
            failed: z.int(),
            /** Of the failed rows, the first 10,000 looked at, those whose currency had no rate. */
            withoutRate: z.int(),
          }),
        ),
      })
      .nullable(),
    /** Waiting or running. */
    jobs: z.object({ waiting: z.int(), running: z.int() }).nullable(),
    /** Those whose results are written to the customers and are old, or not there. */
    analyses: z.array(z.object({ method: AnalysisMethod, lastRunAt: z.iso.datetime().nullable() })).nullable(),
    /** The newest backup, when it is missing or old. */
    backup: z.object({ lastAt: z.iso.datetime().nullable() }).nullable(),
  }),
})
export type ToDo = z.infer<typeof toDo.reply>
