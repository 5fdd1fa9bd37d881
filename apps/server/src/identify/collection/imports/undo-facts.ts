import type { Tx } from '../../../platform/database/database.ts'
import { publish } from '../../../platform/outbox/outbox.ts'
import { refreshTotals } from '../../customers/totals.ts'
import { refreshOrderSums } from '../../transactions/order-sums.ts'

const ordersPerBatch = 2000

/**
 * Retracts the next facts that an import brought: payments, returns, contacts, order lines (what they replaced counts again),
 * orders left without a line, products that nobody changed since.
 * @returns how many; 0 when nothing is left
 */
export async function retractFacts(tx: Tx, importId: string): Promise<number> {
  const lines = await retractLines(tx, importId)
  if (lines > 0) return lines
  const hanging = await retractHanging(tx, importId)
  if (hanging > 0) return hanging
  return retractProducts(tx, importId)
}

async function retractLines(tx: Tx, importId: string): Promise<number> {
  const orders = await tx<{ id: string }[]>`
    select distinct order_id as id from (
      select order_id from order_line where import_id = ${importId} and retracted_at is null limit 20000) l limit ${ordersPerBatch}`
  const bare =
    orders.length > 0
      ? []
      : await tx<{ id: string }[]>`select id from orders where import_id = ${importId} and retracted_at is null limit ${ordersPerBatch}`
  const ids = [...orders, ...bare].map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx`
    update order_line older set superseded_by = newer.superseded_by
      from order_line newer
     where newer.order_id = any (${ids}::uuid[]) and newer.import_id = ${importId} and newer.retracted_at is null
       and older.order_id = newer.order_id and older.ordinal = newer.ordinal and older.superseded_by = ${importId}`
  await tx`update order_line set retracted_at = now() where order_id = any (${ids}::uuid[]) and import_id = ${importId} and retracted_at is null`
  await tx`
    update orders o set retracted_at = now(), import_id = null, version = version + 1, updated_at = now()
     where o.id = any (${ids}::uuid[])
       and not exists (select 1 from order_line l where l.order_id = o.id and l.retracted_at is null and l.superseded_by is null)`
  await tx`update orders set import_id = null where id = any (${ids}::uuid[]) and import_id = ${importId}`
  await refreshOrderSums(tx, ids)
  await ordersChanged(tx, ids)
  return ids.length
}

async function retractHanging(tx: Tx, importId: string): Promise<number> {
  const payments = await tx<{ orderId: string }[]>`
    update payment set retracted_at = now()
     where id in (select id from payment where import_id = ${importId} and retracted_at is null limit ${ordersPerBatch})
    returning order_id as "orderId"`
  const returns = await tx<{ orderId: string }[]>`
    update order_return set retracted_at = now()
     where id in (select id from order_return where import_id = ${importId} and retracted_at is null limit ${ordersPerBatch})
    returning order_id as "orderId"`
  const contacts = await tx<{ id: string }[]>`
    update contact set retracted_at = now()
     where id in (select id from contact where import_id = ${importId} and retracted_at is null limit ${ordersPerBatch})
    returning id`
  await ordersChanged(tx, [...new Set([...payments, ...returns].map(({ orderId }) => orderId))])
  await publish(tx, [{ type: 'contact.changed', ids: contacts.map(({ id }) => id) }])
  return payments.length + returns.length + contacts.length
}

/** A product that the import made goes, one that it changed gets its earlier values back, unless somebody changed it since. */
async function retractProducts(tx: Tx, importId: string): Promise<number> {
  const restored = await tx`
    update product p set (name, category, brand, unit, price, cost, import_id, version, updated_at) =
           (v.values->>'name', v.values->>'category', v.values->>'brand', v.values->>'unit', (v.values->>'price')::bigint,
            (v.values->>'cost')::bigint, v.import_id, p.version + 1, now())
      from (select distinct on (product_id) * from product_version order by product_id, version desc) v
     where p.import_id = ${importId} and v.product_id = p.id`
  const removed = await tx`delete from product where import_id = ${importId}`
  return restored.count + removed.count
}

async function ordersChanged(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const customers = await tx<{ id: string }[]>`
    select distinct l.customer_id as id from orders o join profile_customer l on l.profile_id = o.profile_id where o.id = any (${ids as string[]}::uuid[])`
  await refreshTotals(
    tx,
    customers.map(({ id }) => id),
  )
  await publish(tx, [
    { type: 'order.changed', ids },
    { type: 'customer.changed', ids: customers.map(({ id }) => id), fields: ['spent'] },
  ])
}
