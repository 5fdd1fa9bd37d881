import type { Parsed } from '@zhike/contract/endpoint.ts'
import type { createOrder, Order, OrderStatus, recordContact } from '@zhike/contract/identify/catalog.ts'
import { insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem, Problem } from '../../platform/http/problem.ts'
import { uniqueOr } from '../../platform/http/unique.ts'
import { refuseStale } from '../../platform/http/version.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { holdCustomer } from '../customers/customer.ts'
import { manualKey } from '../customers/manual-card.ts'
import { lineAmount } from './line-amount.ts'
import { readOrder } from './orders.ts'
import { afterOrders, type LineRecord, recordOrders } from './record-orders.ts'

type OrderDraft = Parsed<typeof createOrder>['body']
type ContactDraft = Parsed<typeof recordContact>['body']

/** Minor units. Beyond it sums in another currency could no longer be counted exactly. */
const largestAmount = 1e13

/** What a person records hangs on the customer's manual card, or on the oldest profile when there is none. */
async function profileOf(tx: Tx, customerId: string): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    select p.id from profile_customer l join profile p on p.id = l.profile_id
     where l.customer_id = ${customerId} and p.retracted_at is null
     order by p.source_key is not distinct from ${manualKey(customerId)} desc, p.number limit 1`
  if (!row) throw new Problem('customer-not-found')
  return row.id
}

/**
 * Records an order that a person enters.
 * @throws Problem `customer-not-found`, `channel-not-found`, `order-number-taken`, or about an amount or currency
 */
export async function enterOrder(tx: Tx, actor: Actor, draft: OrderDraft, now: Date): Promise<Order> {
  await holdCustomer(tx, actor, 'order.edit', draft.customerId)
  const [[channel], [company], profileId] = await Promise.all([
    tx<{ id: number; code: string; trust: number }[]>`select id, code, trust from channel where code = ${draft.channel}`,
    tx<{ currency: string }[]>`select currency from company`,
    profileOf(tx, draft.customerId),
  ])
  if (!channel) throw new Problem('channel-not-found')
  const currency = draft.currency ?? company?.currency ?? 'CNY'
  const placedAt = new Date(draft.placedAt)
  const lines = draft.items.map((item, i) => lineOf(item, i, currency))
  const [taken] =
    await tx`select 1 as taken from orders where channel_id = ${channel.id} and number = ${draft.number} and retracted_at is null`
  if (taken) throw new Problem('order-number-taken')
  const [recorded] = await uniqueOr(
    recordOrders(tx, { channel, now, by: actor.userId, importId: null }, [
      { number: draft.number, profileId, placedAt, currency, shop: draft.shop, paymentMeans: draft.paymentMeans, lines },
    ]),
    'order-number-taken',
  )
  if (!recorded?.orderId) throw fieldProblem('body.currency', 'no_exchange_rate', { currency, day: draft.placedAt.slice(0, 10) })
  return readOrder(tx, actor, 'order.edit', recorded.orderId)
}

function lineOf(item: OrderDraft['items'][number], index: number, currency: string): LineRecord {
  const amount = lineAmount(item.quantity, item.unitPrice, item.discount, currency)
  if (Math.abs(amount) > largestAmount || item.discount > largestAmount) {
    throw fieldProblem(`body.items.${index}.unitPrice`, 'too_big_number', { maximum: largestAmount })
  }
  return {
    ordinal: index + 1,
    productCode: item.productCode ?? null,
    productName: item.productName ?? null,
    category: null,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    discount: item.discount,
    amount,
  }
}

/**
 * Cancels an order: it stays in the file and counts no longer. Cancelling once more changes nothing.
 * @throws Problem `order-not-found`, `version-required`, `edit-conflict`
 */
export const cancelOrder = (tx: Tx, actor: Actor, id: string, expected: number | undefined, now: Date): Promise<Order> =>
  setStatus(tx, actor, id, expected, now, () => 'cancelled')

/**
 * Takes the cancelling of an order back. An order that is not cancelled stays as it is.
 * @throws Problem `order-not-found`, `version-required`, `edit-conflict`
 */
export const restoreOrder = (
  tx: Tx,
  actor: Actor,
  id: string,
  expected: number | undefined,
  now: Date,
  wanted: OrderStatus,
): Promise<Order> => setStatus(tx, actor, id, expected, now, (status) => (status === 'cancelled' ? wanted : status))

async function setStatus(
  tx: Tx,
  actor: Actor,
  id: string,
  expected: number | undefined,
  now: Date,
  next: (status: OrderStatus) => OrderStatus,
): Promise<Order> {
  const order = await readOrder(tx, actor, 'order.edit', id)
  const [held] = await tx<{ version: number }[]>`select version from orders where id = ${id} for update`
  refuseStale(expected, held?.version ?? order.version)
  const status = next(order.status)
  if (status === order.status) return order
  await tx`update orders set status = ${status}, version = version + 1, updated_at = ${now} where id = ${id}`
  await afterOrders(tx, { recorded: [], changed: [id] })
  return readOrder(tx, actor, 'order.edit', id)
}

/** Adds a contact that a person had with a customer. @throws Problem `customer-not-found` */
export async function enterContact(tx: Tx, actor: Actor, customerId: string, draft: ContactDraft, now: Date): Promise<{ id: string }> {
  await holdCustomer(tx, actor, 'customer.edit', customerId)
  const [[channel], profileId] = await Promise.all([
    tx<{ id: number }[]>`select id from channel where code = 'manual'`,
    profileOf(tx, customerId),
  ])
  if (!channel) throw new Problem('channel-not-found')
  const id = newId()
  await insertRows(tx, 'contact', [
    {
      id,
      profile_id: profileId,
      channel_id: (channel as { id: number }).id,
      happened_at: draft.happenedAt ? new Date(draft.happenedAt) : now,
      medium: draft.medium,
      direction: draft.direction,
      purpose: draft.purpose ?? null,
      content: draft.content,
      result: draft.result ?? null,
      next_step: draft.nextStep ?? null,
      staff: actor.name,
      recorded_by: actor.userId,
      created_at: now,
    },
  ])
  await publish(tx, [{ type: 'contact.recorded', ids: [id] }])
  return { id }
}
