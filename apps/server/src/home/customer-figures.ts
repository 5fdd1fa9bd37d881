import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import { activeDays, type CustomerFigure, type customerFigures } from '@zhike/contract/home.ts'
import type { Condition, Filter } from '@zhike/contract/identify/customers.ts'
import { vipsAtRisk } from '@zhike/contract/identify/vips-at-risk.ts'
import { countCustomers } from '../identify/customers/count.ts'
import type { Tx } from '../platform/database/database.ts'
import type { Actor } from '../platform/permissions/principal.ts'

/** Each figure is the length of a list, counted as the list counts itself: one by one, within the actor's row scope. */
export async function readCustomerFigures(tx: Tx, actor: Actor, now: Date): Promise<ReplyOf<typeof customerFigures>> {
  const { monthStart, activeSince, hasGroups, hasValues } = await readDays(tx, now)
  const since = (field: 'createdAt' | 'lastOrderAt', day: Date): Filter => {
    const condition: Condition = { field, operator: 'at-least', value: day.toISOString() }
    return { match: 'all', conditions: [condition] }
  }
  const wanted: { name: CustomerFigure['name']; filter: Filter | null; known: boolean }[] = [
    { name: 'all', filter: null, known: true },
    { name: 'new', filter: since('createdAt', monthStart), known: true },
    { name: 'active', filter: since('lastOrderAt', activeSince), known: true },
    { name: 'at-risk', filter: vipsAtRisk, known: hasGroups && hasValues },
  ]
  const figures = await Promise.all(
    wanted.map(async ({ name, filter, known }) => ({
      name,
      filter,
      count: known ? (await countCustomers(tx, actor, { filter: filter ?? undefined, exact: true }, now)).count : null,
    })),
  )
  return { asOf: now.toISOString(), figures }
}

/** Where the month began and since when somebody counts as active, by the company's clock; and whether anybody has been analysed. */
async function readDays(tx: Tx, now: Date) {
  const [row] = await tx<{ monthStart: Date; activeSince: Date; hasGroups: boolean; hasValues: boolean }[]>`
    select date_trunc('month', ${now}::timestamptz, zone) as "monthStart",
           date_trunc('day', ${now}::timestamptz, zone) - make_interval(days => ${activeDays}) as "activeSince",
           exists (select 1 from customer_label where rfm_group is not null) as "hasGroups",
           exists (select 1 from customer_label where clv_quadrant is not null) or exists (select 1 from customer_label where value_level is not null)
             as "hasValues"
      from coalesce((select time_zone from company), 'UTC') as zone`
  if (!row) throw new Error('A statement without a table answered without a row')
  return row
}
