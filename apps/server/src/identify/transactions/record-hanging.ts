import { insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Recording } from '../identity/record-profiles.ts'
import { converted } from './line-amount.ts'
import { loadRates } from './rates.ts'
import { afterOrders, type Outcome } from './record-orders.ts'

/** Money in minor units of `currency`. */
export interface PaymentRecord {
  orderNumber: string
  paidAt: Date
  amount: number
  currency: string
  means: string | null
  reference: string | null
}

export interface ReturnRecord {
  orderNumber: string
  returnedAt: Date
  productCode: string | null
  /** In thousandths. */
  quantity: number | null
  amount: number
  currency: string
  reason: string | null
  reference: string | null
}

export interface ContactRecord {
  profileId: string
  happenedAt: Date
  medium: string
  direction: 'in' | 'out'
  purpose: string | null
  content: string | null
  result: string | null
  nextStep: string | null
  staff: string | null
  reference: string | null
}

/** `order-unknown`: the channel has no order of that number. `rate-missing`: no exchange rate for the day. */
export type HangingOutcome = Outcome | 'order-unknown' | 'rate-missing'

/** Records payments for orders of the channel. The same payment told again (order, reference; else time, amount and means) changes nothing. */
export async function recordPayments(tx: Tx, recording: Recording, payments: readonly PaymentRecord[]): Promise<HangingOutcome[]> {
  const orders = await orderIds(tx, recording, payments)
  const ids = [...new Set(orders.values())]
  const held = await tx<{ orderId: string; reference: string | null; at: Date; amount: number; means: string | null }[]>`
    select order_id as "orderId", reference, paid_at as at, amount, means from payment where order_id = any (${ids}::uuid[]) and retracted_at is null`
  const seen = tallyOf(held.map((row) => hangingKey(row.orderId, row.reference, row.at, row.amount, row.means)))
  const { outcomes, rows } = await place(
    tx,
    payments,
    orders,
    ({ paidAt }) => paidAt,
    (payment, orderId) => hangingKey(orderId, payment.reference, payment.paidAt, payment.amount, payment.means),
    seen,
  )
  await insertRows(
    tx,
    'payment',
    rows.map(({ record, orderId, rate }) => ({
      id: newId(),
      order_id: orderId,
      paid_at: record.paidAt,
      amount: record.amount,
      currency: record.currency,
      amount_reporting: converted(record.amount, rate),
      means: record.means,
      reference: record.reference,
      import_id: recording.importId,
      created_at: recording.now,
    })),
  )
  return outcomes
}

/** Records returns for orders of the channel; what they gave back is deducted from the customer's sum. */
export async function recordReturns(tx: Tx, recording: Recording, returns: readonly ReturnRecord[]): Promise<HangingOutcome[]> {
  const orders = await orderIds(tx, recording, returns)
  const ids = [...new Set(orders.values())]
  const held = await tx<{ orderId: string; reference: string | null; at: Date; amount: number; product: string | null }[]>`
    select order_id as "orderId", reference, returned_at as at, amount, product_code as product
      from order_return where order_id = any (${ids}::uuid[]) and retracted_at is null`
  const seen = tallyOf(held.map((row) => hangingKey(row.orderId, row.reference, row.at, row.amount, row.product)))
  const { outcomes, rows } = await place(
    tx,
    returns,
    orders,
    ({ returnedAt }) => returnedAt,
    (each, orderId) => hangingKey(orderId, each.reference, each.returnedAt, each.amount, each.productCode),
    seen,
  )
  await insertRows(
    tx,
    'order_return',
    rows.map(({ record, orderId, rate }) => ({
      id: newId(),
      order_id: orderId,
      returned_at: record.returnedAt,
      product_code: record.productCode,
      quantity: record.quantity,
      amount: record.amount,
      currency: record.currency,
      amount_reporting: converted(record.amount, rate),
      reason: record.reason,
      reference: record.reference,
      import_id: recording.importId,
      created_at: recording.now,
    })),
  )
  await afterOrders(tx, { recorded: [], changed: [...new Set(rows.map(({ orderId }) => orderId))] })
  return outcomes
}

/** Records contacts with people that the channel knows. */
export async function recordContacts(
  tx: Tx,
  { channel, now, by, importId }: Recording,
  contacts: readonly ContactRecord[],
): Promise<Outcome[]> {
  const key = (profileId: string, reference: string | null, at: Date, medium: string, content: string | null) =>
    reference ? `ref ${reference}` : `${profileId} ${at.getTime()} ${medium} ${content ?? ''}`
  const held = await tx<{ profileId: string; reference: string | null; at: Date; medium: string; content: string | null }[]>`
    select profile_id as "profileId", reference, happened_at as at, medium, content
      from contact
     where retracted_at is null
       and (profile_id = any (${contacts.map(({ profileId }) => profileId)}::uuid[])
            or (channel_id = ${channel.id} and reference = any (${contacts.flatMap(({ reference }) => reference ?? [])}::text[])))`
  const seen = new Set(held.map((row) => key(row.profileId, row.reference, row.at, row.medium, row.content)))
  const fresh: (ContactRecord & { id: string })[] = []
  const outcomes = contacts.map((contact): Outcome => {
    const own = key(contact.profileId, contact.reference, contact.happenedAt, contact.medium, contact.content)
    if (seen.has(own)) return 'unchanged'
    seen.add(own)
    fresh.push({ ...contact, id: newId() })
    return 'created'
  })
  await insertRows(
    tx,
    'contact',
    fresh.map((contact) => ({
      id: contact.id,
      profile_id: contact.profileId,
      channel_id: channel.id,
      happened_at: contact.happenedAt,
      medium: contact.medium,
      direction: contact.direction,
      purpose: contact.purpose,
      content: contact.content,
      result: contact.result,
      next_step: contact.nextStep,
      staff: contact.staff,
      reference: contact.reference,
      recorded_by: by,
      import_id: importId,
      created_at: now,
    })),
  )
  await publish(tx, [{ type: 'contact.recorded', ids: fresh.map(({ id }) => id) }])
  return outcomes
}

async function orderIds(tx: Tx, { channel }: Recording, records: readonly { orderNumber: string }[]): Promise<Map<string, string>> {
  const rows = await tx<{ id: string; number: string }[]>`
    select id, number from orders
     where channel_id = ${channel.id} and number = any (${records.map(({ orderNumber }) => orderNumber)}::text[]) and retracted_at is null`
  return new Map(rows.map(({ id, number }) => [number, id]))
}

const hangingKey = (orderId: string, reference: string | null, at: Date, amount: number, detail: string | null) =>
  reference ? `${orderId} ref ${reference}` : `${orderId} ${at.getTime()} ${amount} ${detail ?? ''}`

const tallyOf = (keys: readonly string[]): Map<string, number> => {
  const tally = new Map<string, number>()
  for (const key of keys) tally.set(key, (tally.get(key) ?? 0) + 1)
  return tally
}

/**
 * Tells new records from those already held. Two equal records of one file are two payments; against what is held before, each
 * counts off one: importing a file again changes nothing.
 */
async function place<T extends { orderNumber: string; currency: string; reference: string | null }>(
  tx: Tx,
  records: readonly T[],
  orders: ReadonlyMap<string, string>,
  at: (record: T) => Date,
  keyOf: (record: T, orderId: string) => string,
  seen: Map<string, number>,
): Promise<{ outcomes: HangingOutcome[]; rows: { record: T; orderId: string; rate: number }[] }> {
  const rates = await loadRates(
    tx,
    records.map(({ currency }) => currency),
  )
  const rows: { record: T; orderId: string; rate: number }[] = []
  const outcomes = records.map((record): HangingOutcome => {
    const orderId = orders.get(record.orderNumber)
    if (!orderId) return 'order-unknown'
    const rate = rates.rateOf(record.currency, at(record))
    if (rate === undefined) return 'rate-missing'
    const key = keyOf(record, orderId)
    const held = seen.get(key) ?? 0
    if (held > 0) {
      // A reference names one payment, however often it is told.
      if (!record.reference) seen.set(key, held - 1)
      return 'unchanged'
    }
    if (record.reference) seen.set(key, 1)
    rows.push({ record, orderId, rate })
    return 'created'
  })
  return { outcomes, rows }
}
