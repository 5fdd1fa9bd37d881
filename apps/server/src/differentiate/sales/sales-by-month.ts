import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import { salesByMonth } from '@zhike/contract/identify/catalog.ts'
import { customerOf } from '../../identify/warehouse/customer-facts.ts'
import { freshenLinks } from '../../identify/warehouse/links.ts'
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
 */
function monthlySales({ from, to }: Span): Statement {
  const inSpan = ['true', ...(from ? ['day >= {from:Date32}'] : []), ...(to ? ['day <= {to:Date32}'] : [])].join(' and ')
  return {
    sql: `
      select formatDateTime(first_day, '%Y-%m') as month, toInt64(sum(placed)) as orders,
             toUInt32(uniqExactIf(customer, customer <> 0 and placed > 0)) as customers, sum(sold) as sales, sum(back) as returned
        from (
          select toStartOfMonth(day) as first_day, ${customerOf('profile')} as customer,
                 sum(toInt64(sign) * (sales > 0)) as placed, sum(sign * sales) as sold, sum(sign * returned) as back
            from order_fact
           where ${inSpan}
           group by first_day, customer
          union all
          select toStartOfMonth(day) as first_day, toUInt64(0) as customer, toInt64(0) as placed, toInt64(0) as sold, sum(sign * amount) as back
            from return_fact
           where ${inSpan}
           group by first_day)
       group by month
      having orders <> 0 or sales <> 0 or returned <> 0
       order by month`,
    params: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
  }
}

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
