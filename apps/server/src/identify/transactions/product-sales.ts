import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { productBuyers, productFigures } from '@zhike/contract/identify/catalog.ts'
import { customerCode } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import type { Fragment } from '../customers/fragment.ts'
import { scopeCondition } from '../customers/row-scope.ts'
import { ordersInScope } from './orders.ts'
import { getProduct } from './products.ts'

/**
 * The current lines of a product in orders that count and that the actor may read, each with its customer, if that one may be
 * read, too. A product is known to an order by its code: what was sold before it stood in the catalogue counts.
 */
const linesOf = (tx: Tx, actor: Actor, code: string): Fragment => tx`
  select o.id as order_id, o.placed_at, i.quantity, i.amount_reporting, c.id as customer_id
    from order_line i
    join orders o on o.id = i.order_id
    left join profile_customer l on l.profile_id = o.profile_id
    left join customer c on c.id = l.customer_id and ${scopeCondition(tx, actor, 'customer.read')}
   where i.product_code = ${code} and i.superseded_by is null and i.retracted_at is null
     and o.retracted_at is null and o.status <> 'cancelled' and ${ordersInScope(tx, actor, 'order.read')}`

/** What a product has sold. @throws Problem `product-not-found` */
export async function readProductFigures(tx: Tx, actor: Actor, id: string): Promise<ReplyOf<typeof productFigures>> {
  const { code } = await getProduct(tx, id)
  const [row] = await tx<(Omit<ReplyOf<typeof productFigures>, 'lastSoldAt'> & { lastSoldAt: Date | null })[]>`
    select (select currency::text from company) as currency, coalesce(sum(s.amount_reporting), 0)::bigint as revenue,
           coalesce(sum(s.quantity), 0)::bigint as sold, count(distinct s.order_id)::int as orders,
           count(distinct s.customer_id)::int as buyers, max(s.placed_at) filter (where s.quantity > 0) as "lastSoldAt"
      from (${linesOf(tx, actor, code)}) s`
  return { ...row!, lastSoldAt: row?.lastSoldAt?.toISOString() ?? null }
}

interface BuyerRow {
  id: string
  number: number
  name: string | null
  orders: number
  sold: number
  revenue: number
  lastBoughtAt: Date
}

/** Who bought a product, most spent on it first. @throws Problem `product-not-found` */
export async function readProductBuyers(
  tx: Tx,
  actor: Actor,
  id: string,
  query: { after?: string | undefined; limit?: number | undefined },
): Promise<ReplyOf<typeof productBuyers>> {
  const { code } = await getProduct(tx, id)
  const limit = query.limit ?? 50
  const place = readCursor(query.after, z.tuple([z.literal('buyer'), z.int(), z.uuid()]))
  const rows = await tx<BuyerRow[]>`
    select c.id, c.number, c.name, b.orders, b.sold, b.revenue, b."lastBoughtAt"
      from (
        select s.customer_id, count(distinct s.order_id)::int as orders, sum(s.quantity)::bigint as sold,
               sum(s.amount_reporting)::bigint as revenue, max(s.placed_at) as "lastBoughtAt"
          from (${linesOf(tx, actor, code)}) s
         where s.customer_id is not null
         group by s.customer_id) b
      join customer c on c.id = b.customer_id
     where ${place ? tx`(b.revenue, b.customer_id) < (${place[1]}, ${place[2]}::uuid)` : tx`true`}
     order by b.revenue desc, b.customer_id desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ id: customerId, number, name, lastBoughtAt, ...sums }) => ({
      customer: { id: customerId, code: customerCode(number), name },
      ...sums,
      lastBoughtAt: lastBoughtAt.toISOString(),
    })),
    next: rows.length > limit && last ? writeCursor(['buyer', last.revenue, last.id]) : null,
  }
}
