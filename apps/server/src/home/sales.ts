import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { SalesPeriod, sales } from '@zhike/contract/home.ts'
import { rowOf } from '../differentiate/warehouse-query.ts'
import { customerOf } from '../identify/warehouse/customer-facts.ts'
import { freshenLinks } from '../identify/warehouse/links.ts'
import { scopedCustomers } from '../identify/warehouse/scoped-customers.ts'
import type { Tx } from '../platform/database/database.ts'
import { Problem } from '../platform/http/problem.ts'
import type { Actor } from '../platform/permissions/principal.ts'
import type { WarehouseClient } from '../platform/warehouse/warehouse.ts'

type Period = Pick<SalesPeriod, 'name' | 'from' | 'to'>

/**
 * Sales of this month and of the days it is compared with: the sums of the order list over the same days, from the warehouse, which
 * has 5 million orders summed up in the time that the order list needs for some thousand.
 */
export async function readSales(tx: Tx, warehouse: WarehouseClient, actor: Actor, now: Date): Promise<ReplyOf<typeof sales>> {
  const { currency, ...days } = await readPeriods(tx, now)
  const periods: Period[] = [
    { name: 'this-month', from: days.thisFrom, to: days.thisTo },
    { name: 'last-month', from: days.lastFrom, to: days.lastTo },
    { name: 'last-year', from: days.yearFrom, to: days.yearTo },
  ]
  await freshenLinks(warehouse)
  const scope = scopedCustomers(actor, 'order.read', customerOf('profile'))
  const within = (i: number) => `day between {from${i}:Date32} and {to${i}:Date32}`
  const sums = await rowOf<Record<string, number>>(warehouse, {
    sql: `
      select ${periods.map((_, i) => `toInt64(sumIf(sign, ${within(i)})) as orders${i}, sumIf(sign * amount, ${within(i)}) as amount${i}`).join(', ')}
        from order_fact
       where (${periods.map((_, i) => within(i)).join(' or ')}) and ${scope.sql}`,
    params: {
      ...scope.params,
      ...Object.fromEntries(
        periods.flatMap(({ from, to }, i) => [
          [`from${i}`, from],
          [`to${i}`, to],
        ]),
      ),
    },
  })
  return {
    asOf: now.toISOString(),
    currency,
    periods: periods.map((period, i) => ({ ...period, orders: Number(sums[`orders${i}`]), amount: Number(sums[`amount${i}`]) })),
  }
}

/** Days of the company's calendar. Of a shorter month, all of it: 31 March is compared with 28 February. */
async function readPeriods(tx: Tx, now: Date) {
  const [row] = await tx<({ currency: string } & Record<'thisFrom' | 'thisTo' | 'lastFrom' | 'lastTo' | 'yearFrom' | 'yearTo', string>)[]>`
    select currency, date_trunc('month', today)::date::text as "thisFrom", today::date::text as "thisTo",
           date_trunc('month', today - interval '1 month')::date::text as "lastFrom", (today - interval '1 month')::date::text as "lastTo",
           date_trunc('month', today - interval '1 year')::date::text as "yearFrom", (today - interval '1 year')::date::text as "yearTo"
      from company, lateral (select ${now}::timestamptz at time zone time_zone as today) t`
  if (!row) throw new Problem('setup-needed')
  return row
}
