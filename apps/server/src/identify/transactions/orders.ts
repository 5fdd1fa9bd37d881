import type { Parsed, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { listOrders, Order, OrderListStatus, OrderRow, orderTotals as totals } from '@zhike/contract/identify/catalog.ts'
import { customerCode } from '@zhike/contract/identify/customers.ts'
import type { Right } from '@zhike/contract/platform/rights.ts'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { importsSeen } from '../collection/imports/imports-seen.ts'
import type { Fragment } from '../customers/fragment.ts'
import { queryMark } from '../customers/query-mark.ts'
import { covers, scopeCondition } from '../customers/row-scope.ts'

type OrderFilter = Parsed<typeof totals>['query']

interface Row {
  id: string
  number: string
  channel_code: string
  channel_name: string
  kind: 'sale' | 'return'
  status: 'open' | 'paid' | 'completed' | 'cancelled'
  placed_at: Date
  amount: number
  currency: string
  amount_reporting: number
  lines: number
  shop: string | null
  customer_id: string | null
  customer_number: number
  customer_name: string | null
  owner_id: string | null
  team_id: string | null
}

/** Orders within the scope of a right, as a condition on `orders o`; the database's policies say the same once more. */
export const ordersInScope = (tx: Tx, actor: Actor, right: Right): Fragment =>
  actor.rights.get(right)?.scope === 'all'
    ? tx`true`
    : tx`o.profile_id in (
        select l.profile_id from profile_customer l join customer c on c.id = l.customer_id where ${scopeCondition(tx, actor, right)})`

const withNames = (tx: Tx, rows: Fragment): Fragment => tx`
  select o.*, ch.code as channel_code, ch.name as channel_name, c.id as customer_id, c.number as customer_number, c.name as customer_name,
         c.owner_id, c.team_id
    from (${rows}) o
    join channel ch on ch.id = o.channel_id
    left join profile_customer l on l.profile_id = o.profile_id
    left join customer c on c.id = l.customer_id`

/** The orders that a list means, as far as the actor may read them. */
function ordersOf(tx: Tx, actor: Actor, query: OrderFilter): Fragment {
  const conditions = [
    tx`o.retracted_at is null and ${ordersInScope(tx, actor, 'order.read')}`,
    ...(query.customerId
      ? [tx`o.profile_id = any (array(select l.profile_id from profile_customer l where l.customer_id = ${query.customerId}))`]
      : []),
    ...(query.channel ? [tx`o.channel_id = (select ch.id from channel ch where ch.code = ${query.channel})`] : []),
    ...(query.number ? [tx`o.number = ${query.number}`] : []),
    ...(query.status ? [statusIs(tx, query.status)] : []),
    ...(query.product
      ? [tx`o.id in (select i.order_id from order_line i where i.product_code = ${query.product} and ${current(tx)})`]
      : []),
    ...(['createdByImport', 'updatedByImport'] as const).flatMap((how) =>
      query[how]
        ? [tx`o.id in (select orders_of_imports(${importsSeen(tx, actor, [query[how]], `query.${how}`)}, ${how === 'updatedByImport'}))`]
        : [],
    ),
    ...(query.from ? [tx`o.placed_at >= ${query.from}`] : []),
    ...(query.to ? [tx`o.placed_at < ${query.to}`] : []),
  ]
  return conditions.reduce((all, next) => tx`${all} and ${next}`)
}

function statusIs(tx: Tx, status: OrderListStatus): Fragment {
  if (status === 'counting') return tx`o.status <> 'cancelled'`
  return status === 'purchases' ? tx`o.status <> 'cancelled' and o.sales > 0` : tx`o.status = ${status}`
}

/** Lines `i` as they stand now. */
const current = (tx: Tx): Fragment => tx`i.superseded_by is null and i.retracted_at is null`

/** How many orders a list has, and what those that count come to. */
export async function orderTotals(tx: Tx, actor: Actor, query: OrderFilter): Promise<ReplyOf<typeof totals>> {
  const [row] = await tx<ReplyOf<typeof totals>[]>`
    select (select currency::text from company) as currency, count(*)::int as orders,
           (count(*) filter (where o.status = 'cancelled'))::int as cancelled,
           coalesce(sum(o.amount_reporting) filter (where o.status <> 'cancelled'), 0)::bigint as amount
      from orders o where ${ordersOf(tx, actor, query)}`
  return row as ReplyOf<typeof totals>
}

/** Orders that the actor may read, newest first, in one statement. */
export async function readOrders(
  tx: Tx,
  actor: Actor,
  query: Parsed<typeof listOrders>['query'],
): Promise<{ items: OrderRow[]; next: string | null }> {
  const limit = query.limit ?? 50
  const { customerId, channel, number, status, product, createdByImport, updatedByImport, from, to } = query
  const mark = queryMark([customerId, channel, number, status, product, createdByImport, updatedByImport, from, to])
  const place = readCursor(query.after, z.tuple([z.literal(mark), z.string().max(60), z.uuid()]))
  const behind = place ? tx`and (o.placed_at, o.id) < (${place[1]}::text::timestamptz, ${place[2]}::uuid)` : tx``
  const page = tx`
    select o.* from orders o where ${ordersOf(tx, actor, query)} ${behind} order by o.placed_at desc, o.id desc limit ${limit + 1}`
  const rows = await tx<(Row & { key: string })[]>`
    select n.*, n.placed_at::text as key from (${withNames(tx, page)}) n order by n.placed_at desc, n.id desc`
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => rowFor(actor, row)),
    next: rows.length > limit && last ? writeCursor([mark, last.key, last.id]) : null,
  }
}

const rowFor = (actor: Actor, row: Row): OrderRow => ({
  id: row.id,
  number: row.number,
  channel: { code: row.channel_code, name: row.channel_name },
  kind: row.kind,
  status: row.status,
  placedAt: row.placed_at.toISOString(),
  amount: row.amount,
  currency: row.currency,
  amountReporting: row.amount_reporting,
  lines: row.lines,
  shop: row.shop,
  customer:
    row.customer_id && covers(actor, 'customer.read', { ownerId: row.owner_id, teamId: row.team_id })
      ? { id: row.customer_id, code: customerCode(row.customer_number), name: row.customer_name }
      : null,
})

interface WholeRow extends Row {
  version: number
  discount: number
  payment_means: string | null
  items: Order['items'] | null
  payments: Order['payments'] | null
  returns: Order['returns'] | null
}

/**
 * An order with its current lines, payments and returns, in one statement.
 * @throws Problem `order-not-found` when there is none within the scope of the right
 */
export async function readOrder(tx: Tx, actor: Actor, right: 'order.read' | 'order.edit', id: string): Promise<Order> {
  const [row] = await tx<WholeRow[]>`
    select n.*,
           (select jsonb_agg(jsonb_build_object('ordinal', i.ordinal, 'productCode', i.product_code, 'productName', i.product_name, 'quantity', i.quantity,
                                                'unitPrice', i.unit_price, 'discount', i.discount, 'amount', i.amount) order by i.ordinal)
              from order_line i where i.order_id = n.id and i.ordinal > 0 and i.superseded_by is null and i.retracted_at is null) as items,
           (select jsonb_agg(jsonb_build_object('id', p.id, 'paidAt', p.paid_at, 'amount', p.amount, 'currency', p.currency, 'means', p.means,
                                                'reference', p.reference) order by p.paid_at, p.id)
              from payment p where p.order_id = n.id and p.retracted_at is null) as payments,
           (select jsonb_agg(jsonb_build_object('id', r.id, 'returnedAt', r.returned_at, 'amount', r.amount, 'currency', r.currency, 'productCode',
                                                r.product_code, 'quantity', r.quantity, 'reason', r.reason) order by r.returned_at, r.id)
              from order_return r where r.order_id = n.id and r.retracted_at is null) as returns
      from (${withNames(tx, tx`select o.* from orders o where o.id = ${id} and o.retracted_at is null and ${ordersInScope(tx, actor, right)}`)}) n`
  if (!row) throw new Problem('order-not-found')
  const utc = (text: string) => new Date(text).toISOString()
  return {
    ...rowFor(actor, row),
    version: row.version,
    discount: row.discount,
    paymentMeans: row.payment_means,
    items: row.items ?? [],
    payments: (row.payments ?? []).map((payment) => ({ ...payment, paidAt: utc(payment.paidAt) })),
    returns: (row.returns ?? []).map((each) => ({ ...each, returnedAt: utc(each.returnedAt) })),
  }
}
