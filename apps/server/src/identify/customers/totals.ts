import type { Tx } from '../../platform/database/database.ts'

/**
 * Sums the orders and returns of customers again: number of sales, money spent less money returned, first and last order.
 * Cancelled and retracted orders do not count.
 */
export async function refreshTotals(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx`
    update customer c
       set orders = coalesce(t.orders, 0), spent = coalesce(t.spent, 0), first_order_at = t.first_at, last_order_at = t.last_at
      from unnest(${ids}::uuid[]) as wanted(id)
      left join (
        select l.customer_id, count(*) filter (where o.sales > 0)::int as orders,
               sum(o.sales - o.returned - coalesce(r.amount, 0))::bigint as spent,
               min(o.placed_at) filter (where o.sales > 0) as first_at, max(o.placed_at) filter (where o.sales > 0) as last_at
          from profile_customer l
          join orders o on o.profile_id = l.profile_id and o.retracted_at is null and o.status <> 'cancelled'
          left join lateral (select sum(amount_reporting) as amount from order_return r where r.order_id = o.id and r.retracted_at is null) r on true
         where l.customer_id = any (${ids}::uuid[])
         group by l.customer_id
      ) t on t.customer_id = wanted.id
     where c.id = wanted.id
       and (c.orders, c.spent, c.first_order_at, c.last_order_at)
           is distinct from (coalesce(t.orders, 0), coalesce(t.spent, 0)::bigint, t.first_at, t.last_at)`
}
