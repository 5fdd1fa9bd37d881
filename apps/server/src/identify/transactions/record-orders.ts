import { asRows, insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { refreshTotals } from '../customers/totals.ts'
import type { Recording } from '../identity/record-profiles.ts'
import { converted, lineAmount } from './line-amount.ts'
import { refreshOrderSums } from './order-sums.ts'
import { loadRates, type Rates } from './rates.ts'

/** A line of an order. Quantity in thousandths, unit price in 1/10,000 of the major unit, money in minor units. */
export interface LineRecord {
  /** From 1: which line of the order it is, the key by which a later word replaces it. 0 stands for a whole order whose lines are not known. */
  ordinal: number
  productCode: string | null
  productName: string | null
  category: string | null
  quantity: number
  unitPrice: number | null
  discount: number
  amount: number
}

/** An order as its source tells it. The same channel and number is the same order. */
export interface OrderRecord {
  number: string
  /** Null: nobody is known to have placed it. */
  profileId: string | null
  placedAt: Date
  currency: string
  status?: 'open' | 'paid' | 'completed' | 'cancelled' | undefined
  shop?: string | undefined
  paymentMeans?: string | undefined
  lines: readonly LineRecord[]
}

export type Outcome = 'created' | 'updated' | 'unchanged'

export interface RecordedOrder {
  /** Undefined when it was refused. */
  orderId: string | undefined
  /** `rate-missing`: its currency has no exchange rate for the day. */
  outcome: Outcome | 'rate-missing'
  /** One for each line, in the order given. */
  lines: Outcome[]
}

interface KnownOrder {
  id: string
  number: string
  profileId: string | null
  status: string
  shop: string | null
  paymentMeans: string | null
}

interface KnownLine extends LineRecord {
  orderId: string
  revision: number
}

/**
 * Records any number of orders of one channel in a fixed number of statements. A known order gets the lines that it does not
 * have yet; a line that says something else than before becomes a new revision; equal ones stay untouched. Sums of orders and
 * customers follow.
 */
export async function recordOrders(tx: Tx, recording: Recording, orders: readonly OrderRecord[]): Promise<RecordedOrder[]> {
  if (orders.length === 0) return []
  const [rates, known, costs] = await Promise.all([
    loadRates(
      tx,
      orders.map(({ currency }) => currency),
    ),
    findOrders(tx, recording, orders),
    findCosts(tx, orders),
  ])
  const knownLines = await findLines(
    tx,
    [...known.values()].map(({ id }) => id),
  )
  const fresh: Record<string, unknown>[] = []
  const lines: Record<string, unknown>[] = []
  const superseded: { order_id: string; ordinal: number }[] = []
  const headers: Record<string, unknown>[] = []
  const appended = new Set<string>()
  const results = orders.map((order): RecordedOrder => {
    const rate = rates.rateOf(order.currency, order.placedAt)
    if (rate === undefined) return { orderId: undefined, outcome: 'rate-missing', lines: order.lines.map(() => 'unchanged') }
    const before = known.get(order.number)
    const id = before?.id ?? newId()
    const row = (line: LineRecord, revision: number) => lineRow(id, line, revision, rate, costs, rates, recording)
    if (!before) {
      const rows = order.lines.map((line) => row(line, 1))
      lines.push(...rows)
      fresh.push(orderRow(id, order, rate, rows, recording))
      return { orderId: id, outcome: 'created', lines: order.lines.map(() => 'created') }
    }
    const outcomes = order.lines.map((line): Outcome => {
      const held = knownLines.get(`${id} ${line.ordinal}`)
      // Somebody told of the whole order first, or of its lines first: the lines win.
      if (line.ordinal === 0 && !held) return 'unchanged'
      if (held && sameLine(held, line)) return 'unchanged'
      if (held) superseded.push({ order_id: id, ordinal: line.ordinal })
      else if (knownLines.has(`${id} 0`)) superseded.push({ order_id: id, ordinal: 0 })
      lines.push(row(line, (held?.revision ?? 0) + 1))
      appended.add(id)
      return held ? 'updated' : 'created'
    })
    const changedHeader = headerChange(before, order)
    if (changedHeader) headers.push({ id, ...changedHeader })
    const changed = changedHeader !== undefined || appended.has(id)
    return { orderId: id, outcome: changed ? 'updated' : 'unchanged', lines: outcomes }
  })
  await insertRows(tx, 'orders', fresh)
  await supersede(tx, recording, superseded)
  await insertRows(tx, 'order_line', lines)
  await reviseHeaders(tx, recording, headers)
  await refreshOrderSums(tx, [...appended])
  const changed = new Set([...appended, ...headers.map(({ id }) => id as string)])
  await afterOrders(tx, { recorded: fresh.map(({ id }) => id as string), changed: [...changed] })
  return results
}

/** Totals of the customers concerned, and the events. */
export async function afterOrders(
  tx: Tx,
  { recorded, changed }: { recorded: readonly string[]; changed: readonly string[] },
): Promise<void> {
  const ids = [...recorded, ...changed]
  if (ids.length === 0) return
  const customers = await tx<{ id: string }[]>`
    select distinct l.customer_id as id from orders o join profile_customer l on l.profile_id = o.profile_id where o.id = any (${ids}::uuid[])`
  const customerIds = customers.map(({ id }) => id)
  await refreshTotals(tx, customerIds)
  await publish(tx, [
    { type: 'order.recorded', ids: recorded },
    { type: 'order.changed', ids: changed },
    { type: 'customer.changed', ids: customerIds, fields: ['spent'] },
  ])
}

async function findOrders(tx: Tx, { channel }: Recording, orders: readonly OrderRecord[]): Promise<Map<string, KnownOrder>> {
  const rows = await tx<KnownOrder[]>`
    select id, number, profile_id as "profileId", status, shop, payment_means as "paymentMeans"
      from orders
     where channel_id = ${channel.id} and number = any (${orders.map(({ number }) => number)}::text[]) and retracted_at is null
       for update`
  return new Map(rows.map((row) => [row.number, row]))
}

async function findLines(tx: Tx, orderIds: readonly string[]): Promise<Map<string, KnownLine>> {
  if (orderIds.length === 0) return new Map()
  const rows = await tx<KnownLine[]>`
    select order_id as "orderId", ordinal, revision, product_code as "productCode", product_name as "productName", category, quantity,
           unit_price as "unitPrice", discount, amount
      from order_line
     where order_id = any (${orderIds as string[]}::uuid[]) and superseded_by is null and retracted_at is null`
  return new Map(rows.map((row) => [`${row.orderId} ${row.ordinal}`, row]))
}

/** Cost per unit of the products named, in 1/10,000 of their currency's major unit. */
async function findCosts(tx: Tx, orders: readonly OrderRecord[]): Promise<Map<string, { cost: number; currency: string }>> {
  const codes = [...new Set(orders.flatMap(({ lines }) => lines.flatMap(({ productCode }) => productCode ?? [])))]
  if (codes.length === 0) return new Map()
  const rows = await tx<{ code: string; cost: number; currency: string }[]>`
    select code, cost, currency from product where code = any (${codes}) and cost is not null`
  return new Map(rows.map((row) => [row.code, row]))
}

/** Whether two lines say the same. */
export const sameLine = (a: LineRecord, b: LineRecord): boolean =>
  a.productCode === b.productCode &&
  a.productName === b.productName &&
  a.category === b.category &&
  a.quantity === b.quantity &&
  a.unitPrice === b.unitPrice &&
  a.discount === b.discount &&
  a.amount === b.amount

function lineRow(
  orderId: string,
  line: LineRecord,
  revision: number,
  rate: number,
  costs: ReadonlyMap<string, { cost: number; currency: string }>,
  rates: Rates,
  { importId }: Recording,
) {
  const product = line.productCode === null ? undefined : costs.get(line.productCode)
  const cost = product && product.currency === rates.reporting ? lineAmount(line.quantity, product.cost, 0, rates.reporting) : null
  return {
    order_id: orderId,
    ordinal: line.ordinal,
    revision,
    product_code: line.productCode,
    product_name: line.productName,
    category: line.category,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    discount: line.discount,
    amount: line.amount,
    amount_reporting: converted(line.amount, rate),
    cost_reporting: cost,
    import_id: importId,
  }
}

function orderRow(
  id: string,
  order: OrderRecord,
  rate: number,
  lines: readonly ReturnType<typeof lineRow>[],
  { channel, importId, now }: Recording,
) {
  const sum = (value: (line: ReturnType<typeof lineRow>) => number) => lines.reduce((total, line) => total + value(line), 0)
  const sales = sum((line) => (line.quantity > 0 && line.amount > 0 ? line.amount_reporting : 0))
  const returned = sum((line) => (line.quantity < 0 ? -line.amount_reporting : 0))
  return {
    id,
    channel_id: channel.id,
    number: order.number,
    profile_id: order.profileId,
    kind: sales === 0 && returned > 0 ? 'return' : 'sale',
    status: order.status ?? 'completed',
    placed_at: order.placedAt,
    currency: order.currency,
    amount: sum((line) => line.amount),
    amount_reporting: sum((line) => line.amount_reporting),
    discount: sum((line) => line.discount),
    sales,
    returned,
    cost: lines.some((line) => line.cost_reporting === null) ? null : sum((line) => line.cost_reporting ?? 0),
    quantity: sum((line) => line.quantity),
    lines: lines.filter(({ ordinal }) => ordinal > 0).length,
    shop: order.shop ?? null,
    payment_means: order.paymentMeans ?? null,
    version: 1,
    import_id: importId,
    created_at: now,
    updated_at: now,
  }
}

/** What a later word changes of a known order: its status and what was not known. Undefined when nothing. */
function headerChange(before: KnownOrder, order: OrderRecord): Record<string, unknown> | undefined {
  const after = {
    profile_id: before.profileId ?? order.profileId,
    status: order.status ?? before.status,
    shop: before.shop ?? order.shop ?? null,
    payment_means: before.paymentMeans ?? order.paymentMeans ?? null,
  }
  const same =
    after.profile_id === before.profileId &&
    after.status === before.status &&
    after.shop === before.shop &&
    after.payment_means === before.paymentMeans
  return same ? undefined : after
}

async function supersede(tx: Tx, { importId }: Recording, lines: readonly { order_id: string; ordinal: number }[]): Promise<void> {
  if (lines.length === 0) return
  // Without an import there is nothing to undo: the earlier revision is retracted for good.
  await tx`
    update order_line l set superseded_by = ${importId}, retracted_at = ${importId ? null : tx`now()`}
      from json_to_recordset(${asRows(tx, lines)}) as s(order_id uuid, ordinal int)
     where l.order_id = s.order_id and l.ordinal = s.ordinal and l.superseded_by is null and l.retracted_at is null`
}

async function reviseHeaders(tx: Tx, { importId }: Recording, headers: readonly Record<string, unknown>[]): Promise<void> {
  if (headers.length === 0) return
  if (importId !== null) {
    const changes = headers.map(({ id }) => ({ import_id: importId, order_id: id as string }))
    await insertRows(tx, 'import_order_change', changes, 'skip')
  }
  await tx`
    update orders o set profile_id = h.profile_id, status = h.status, shop = h.shop, payment_means = h.payment_means,
           version = o.version + 1, updated_at = now()
      from json_to_recordset(${asRows(tx, headers)}) as h(id uuid, profile_id uuid, status text, shop text, payment_means text)
     where o.id = h.id`
}
