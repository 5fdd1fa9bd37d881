import { computeGolden, type Golden } from '../../apps/server/src/identify/customers/golden.ts'
import { goldenRow, indexForSearch, type Placed } from '../../apps/server/src/identify/customers/refresh.ts'
import { identitiesOf } from '../../apps/server/src/identify/identity/identities.ts'
import type { Sql } from '../../apps/server/src/platform/database/database.ts'
import { CopyRows, withoutTriggers } from './copy-rows.ts'
import { type BenchOrder, type BenchPerson, person, products } from './person.ts'

export const seed = 20_260_630
/** People made and sent at once: some megabytes of rows. */
const atOnce = 10_000

/** Users, teams and channels that the people belong to. */
export interface Surroundings {
  users: { id: string; team: string }[]
  channels: { id: number; code: string; trust: number }[]
}

export interface Loaded {
  people: number
  orders: number
  lines: number
}

/** Puts people `from` … `to` (exclusive) with their orders into the customer file, exactly as intake leaves them. */
export async function loadPeople(owner: Sql, around: Surroundings, from: number, to: number): Promise<Loaded> {
  const counts: Loaded = { people: 0, orders: 0, lines: 0 }
  let sending: Promise<unknown> = Promise.resolve()
  for (let start = from; start < to; start += atOnce) {
    const tables = makeTables()
    const golden = new Map<string, Golden>()
    const placed: Placed[] = []
    for (let i = start; i < Math.min(to, start + atOnce); i++) {
      const one = person(seed, i, { users: around.users.length, channels: around.channels.length })
      golden.set(one.id, addPerson(tables, around, one))
      placed.push({ id: one.id, ...placeOf(around, one) })
      for (const order of one.orders) addOrder(tables, around, one, order)
    }
    counts.people += tables.customer.rows
    counts.orders += tables.orders.rows
    counts.lines += tables.order_line.rows
    await sending
    // The next people are made while these are written.
    sending = Promise.all([
      ...Object.values(tables).map((table) => table.send(owner)),
      withoutTriggers(owner, (tx) => indexForSearch(tx, golden, placed)),
    ])
    sending.catch(() => {})
  }
  await sending
  return counts
}

export async function loadProducts(owner: Sql): Promise<void> {
  const rows = products.map(({ code, name, category, price }, i) => ({
    id: `01900000-c004-7000-8000-${i.toString(16).padStart(12, '0')}`,
    code,
    name,
    category,
    price: price * 100,
    cost: Math.round(price * 60),
    currency: 'CNY',
  }))
  await owner`insert into product ${owner(rows)} on conflict do nothing`
}

type Tables = ReturnType<typeof makeTables>

const makeTables = () => ({
  customer: new CopyRows('customer'),
  profile: new CopyRows('profile'),
  profile_customer: new CopyRows('profile_customer'),
  identity: new CopyRows('identity'),
  customer_label: new CopyRows('customer_label'),
  orders: new CopyRows('orders'),
  order_line: new CopyRows('order_line'),
})

function addPerson(tables: Tables, around: Surroundings, one: BenchPerson): Golden {
  const { id, profileId, kind, values, createdAt } = one
  const channel = around.channels[one.channel] as Surroundings['channels'][number]
  const recordedAt = createdAt.toISOString()
  const golden = computeGolden([{ id: profileId, kind, channel: channel.code, trust: channel.trust, values, recordedAt, confirmed: {} }])
  tables.customer.add({
    id,
    ...placeOf(around, one),
    created_at: recordedAt,
    updated_at: recordedAt,
    ...totalsOf(one.orders),
    ...goldenRow(golden),
  })
  tables.profile.add({
    id: profileId,
    channel_id: channel.id,
    kind,
    source_key: profileId,
    values,
    recorded_at: recordedAt,
    created_at: recordedAt,
  })
  tables.profile_customer.add({ profile_id: profileId, customer_id: id })
  for (const identity of identitiesOf(golden.values, channel.id)) {
    tables.identity.add({ profile_id: profileId, kind: identity.kind, namespace: identity.namespace, value: identity.value })
  }
  // Labels of an earlier analysis, which the ones measured replace.
  tables.customer_label.add({
    customer_id: id,
    rfm_group: 'earlier',
    rfm_cell: 111,
    abc_class: 'C',
    value_level: 'small',
    clv_quadrant: 'drop',
  })
  return golden
}

function placeOf({ users }: Surroundings, { owner }: BenchPerson) {
  const user = owner === undefined ? undefined : users[owner]
  return { owner_id: user?.id ?? null, team_id: user?.team ?? null }
}

const saleOf = ({ lines }: BenchOrder) => lines.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
const returnedOf = ({ lines }: BenchOrder) => lines.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0)

function totalsOf(orders: readonly BenchOrder[]) {
  return {
    orders: orders.length,
    spent: orders.reduce((sum, order) => sum + saleOf(order) - returnedOf(order), 0),
    first_order_at: orders.at(0)?.placedAt.toISOString() ?? null,
    last_order_at: orders.at(-1)?.placedAt.toISOString() ?? null,
  }
}

function addOrder(tables: Tables, around: Surroundings, { profileId }: BenchPerson, order: BenchOrder): void {
  const { id, lines } = order
  const [sales, returned] = [saleOf(order), returnedOf(order)]
  const placedAt = order.placedAt.toISOString()
  tables.orders.add({
    id,
    channel_id: around.channels[order.channel]?.id,
    number: order.number,
    profile_id: profileId,
    placed_at: placedAt,
    currency: 'CNY',
    amount: sales - returned,
    amount_reporting: sales - returned,
    sales,
    returned,
    cost: lines.reduce((sum, { cost }) => sum + cost, 0),
    quantity: lines.reduce((sum, { pieces }) => sum + pieces * 1000, 0),
    lines: lines.length,
    created_at: placedAt,
    updated_at: placedAt,
  })
  lines.forEach(({ product, pieces, amount, cost }, at) => {
    tables.order_line.add({
      order_id: id,
      ordinal: at + 1,
      product_code: product.code,
      product_name: product.name,
      category: product.category,
      quantity: pieces * 1000,
      unit_price: product.price * 100,
      amount,
      amount_reporting: amount,
      cost_reporting: cost,
    })
  })
}
