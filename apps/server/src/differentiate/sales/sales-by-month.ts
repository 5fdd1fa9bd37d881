import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import { salesByMonth } from '@zhike/contract/identify/catalog.ts'
import { customerOf } from '../../identify/warehouse/customer-facts.ts'
import { freshenLinks } from '../../identify/warehouse/links.ts'
import { daySums } from '../../identify/warehouse/order-facts.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { type Route, route } from '../../platform/http/route.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { rowsOf, type Statement } from '../warehouse-query.ts'

type Report = ReplyOf<typeof salesByMonth>

interface Span {
  from: string | undefined
  to: string | undefined
}

/**
 * Orders, buyers, sales and returns per month. Orders are those with sales, anonymous ones included; buyers are the customers
 * known to have placed one; returned is money given back in the month, as lines of orders or as returns of their own.
 *
 * Nearly every buyer is one profile of which no order was ever taken back, so profiles are counted by the bitmaps that the facts
 * keep of each day. For the others, looked at order by order, the customers who bought are put in the place of the profiles counted.
 */
export function monthlySales({ from, to }: Span): Statement {
  const inSpan = ['true', ...(from ? ['day >= {from:Date32}'] : []), ...(to ? ['day <= {to:Date32}'] : [])].join(' and ')
  return {
    sql: `
      select formatDateTime(first_day, '%Y-%m') as month, sum(placed) as orders, toUInt32(sum(buyers)) as customers,
             sum(sold) as sales, sum(back) as returned
        from (
          select toStartOfMonth(day) as first_day, ${daySums.placed} as placed, toInt64(${daySums.profiles}) as buyers,
                 ${daySums.sold} as sold, ${daySums.returned} as back
            from order_fact
           where ${inSpan}
           group by first_day
          union all
          select first_day, 0 as placed, toInt64(uniqExactIf(customer, customer <> 0 and kept > 0)) - countIf(bought) as buyers,
                 0 as sold, 0 as back
            from (
              select toStartOfMonth(day) as first_day, profile, ${customerOf('profile')} as customer,
                     max(sales > 0) as bought, sum(sign * (sales > 0)) as kept
                from order_fact
               where ${inSpan} and profile in (${lookedAt})
               group by first_day, profile)
           group by first_day
          union all
          select toStartOfMonth(day) as first_day, 0 as placed, 0 as buyers, 0 as sold, sum(sign * amount) as back
            from return_fact
           where ${inSpan}
           group by first_day)
       group by month
      having orders <> 0 or sales <> 0 or returned <> 0
       order by month`,
    params: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
  }
}

/** Profiles that are not their customer, and those of which an order was corrected. */
const lookedAt = `
  select profile from profile_customer where not alone
  union all
  select profile from order_fact where sign < 0 and profile <> 0`

async function report(tx: Tx, warehouse: WarehouseClient, span: Span, now: Date): Promise<Report> {
  const [company] = await tx<{ currency: string }[]>`select currency from company`
  if (!company) throw new Problem('setup-needed')
  await freshenLinks(warehouse)
  const months = await rowsOf<Report['months'][number]>(warehouse, monthlySales(span))
  return { currency: company.currency, asOf: now.toISOString(), months }
}

export const createSalesRoutes = (warehouse: WarehouseClient): Route[] => [
  route(salesByMonth, ({ tx, query, now }) => report(tx, warehouse, { from: query.from, to: query.to }, now)),
]
