import type { Tx } from '../../platform/database/database.ts'

/**
 * Computes the sums of orders again from their current lines. Sales are lines with a positive quantity and amount; returned is
 * what lines with a negative quantity gave back. An order without a current line keeps nothing.
 */
export async function refreshOrderSums(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx`
    update orders o
       set amount = s.amount, amount_reporting = s.reporting, sales = s.sales, returned = s.returned, cost = s.cost, quantity = s.quantity,
           lines = s.lines, discount = s.discount, kind = case when s.sales = 0 and s.returned > 0 then 'return' else 'sale' end,
           version = o.version + 1, updated_at = now()
      from (
        select w.id, coalesce(sum(l.amount), 0)::bigint as amount, coalesce(sum(l.amount_reporting), 0)::bigint as reporting,
               coalesce(sum(l.amount_reporting) filter (where l.quantity > 0 and l.amount > 0), 0)::bigint as sales,
               coalesce(-sum(l.amount_reporting) filter (where l.quantity < 0), 0)::bigint as returned,
               case when bool_and(l.cost_reporting is not null) then sum(l.cost_reporting)::bigint end as cost,
               coalesce(sum(l.quantity), 0)::bigint as quantity, count(*) filter (where l.ordinal > 0)::int as lines, coalesce(sum(l.discount), 0)::bigint as discount
          from unnest(${ids as string[]}::uuid[]) as w(id)
          left join order_line l on l.order_id = w.id and l.superseded_by is null and l.retracted_at is null
         group by w.id) s
     where o.id = s.id`
}
