import type { Random } from '@zhike/analytics/random.ts'
import type { Sql, Tx } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/database/ids.ts'
import { type DomainEvent, publish } from '../../../platform/outbox/outbox.ts'

// Edits as modules make them: the change and its event in one transaction. Written as plain statements, so that a test of the
// warehouse does not depend on which of them are reached through which module.

type Edit = (tx: Tx, random: Random) => Promise<DomainEvent[]>

const whole = (random: Random, below: number) => Math.floor(random() * below)
const oneOf = <T>(random: Random, all: readonly T[]): T => all[whole(random, all.length)] as T
const words = ['上海', '北京', "L'Aquila", 'back\\slash', 'tab\there', 'line\nbreak', '', 'v\vtab', 'nul\\0', '“引号”', '\\N']
const products = ['tea-1', "o'tea", 'tea\\2', '龙井', 'a\tb']

/** A record of a table by chance. */
async function anyOf(tx: Tx, random: Random, table: string, condition = 'true'): Promise<string | undefined> {
  const [row] = await tx<{ id: string }[]>`
    select id from ${tx(table)} where ${tx.unsafe(condition)} order by hashtext(id::text || ${String(random())}) limit 1`
  return row?.id
}

const instantBy = (random: Random) => new Date(Date.UTC(2023, 0, 1) + whole(random, 700 * 86_400_000))

const addCustomer: Edit = async (tx, random) => {
  const [customer, profile] = [newId(), newId()]
  await tx`insert into customer (id, kind, city, member_level) values (${customer}, 'person', ${oneOf(random, words)}, ${oneOf(random, words)})`
  await tx`insert into profile (id, channel_id, kind, values) values (${profile}, 1, 'person', '{}')`
  await tx`insert into profile_customer (profile_id, customer_id) values (${profile}, ${customer})`
  return [
    { type: 'customer.created', ids: [customer] },
    { type: 'profile.linked', ids: [profile] },
  ]
}

const editCustomer: Edit = async (tx, random) => {
  const customer = await anyOf(tx, random, 'customer')
  if (!customer) return []
  await tx`update customer set city = ${oneOf(random, words)}, province = ${oneOf(random, words)}, version = version + 1 where id = ${customer}`
  return [{ type: 'customer.changed', ids: [customer] }]
}

const link: Edit = async (tx, random) => {
  const [profile, into] = [await anyOf(tx, random, 'profile', 'retracted_at is null'), await anyOf(tx, random, 'customer', 'live')]
  if (!profile || !into) return []
  const [former] = await tx<{ id: string }[]>`select customer_id as id from profile_customer where profile_id = ${profile}`
  await tx`insert into profile_customer (profile_id, customer_id) values (${profile}, ${into})
    on conflict (profile_id) do update set customer_id = excluded.customer_id`
  const concerned = [into, ...(former ? [former.id] : [])]
  await tx`update customer c set live = exists (select 1 from profile_customer l where l.customer_id = c.id) where id = any (${concerned}::uuid[])`
  return [
    { type: 'profile.linked', ids: [profile] },
    { type: 'customer.changed', ids: concerned },
  ]
}

const split: Edit = async (tx, random) => {
  const profile = await anyOf(tx, random, 'profile', 'retracted_at is null')
  if (!profile) return []
  const customer = newId()
  await tx`insert into customer (id, kind) values (${customer}, 'person')`
  await tx`update profile_customer set customer_id = ${customer} where profile_id = ${profile}`
  return [
    { type: 'customer.created', ids: [customer] },
    { type: 'profile.linked', ids: [profile] },
  ]
}

const retractProfile: Edit = async (tx, random) => {
  const profile = await anyOf(tx, random, 'profile', 'retracted_at is null')
  if (!profile) return []
  await tx`update profile set retracted_at = now() where id = ${profile}`
  await tx`delete from profile_customer where profile_id = ${profile}`
  return [{ type: 'profile.linked', ids: [profile] }]
}

async function writeLines(tx: Tx, random: Random, order: string, revision: number): Promise<void> {
  const lines = Array.from({ length: 1 + whole(random, 4) }, (_, i) => i + 1)
  for (const ordinal of lines) {
    await tx`insert into order_line (order_id, ordinal, revision, product_code, category, quantity, amount, amount_reporting, cost_reporting)
      values (${order}, ${ordinal}, ${revision}, ${oneOf(random, products)}, ${oneOf(random, words)}, ${1000 * (1 + whole(random, 5))},
              ${whole(random, 9999)}, ${whole(random, 9999)}, ${random() < 0.3 ? null : whole(random, 999)})`
  }
}

const addOrder: Edit = async (tx, random) => {
  const order = newId()
  const profile = random() < 0.15 ? null : await anyOf(tx, random, 'profile')
  const amount = whole(random, 100_000)
  await tx`insert into orders (id, channel_id, number, profile_id, placed_at, currency, amount, amount_reporting, sales, cost, lines)
    values (${order}, 1, ${order}, ${profile ?? null}, ${instantBy(random)}, 'CNY', ${amount}, ${amount}, ${amount},
            ${random() < 0.5 ? null : whole(random, 1000)}, 2)`
  await writeLines(tx, random, order, 1)
  return [{ type: 'order.recorded', ids: [order] }]
}

/** Events that name some orders, whatever was done to them. */
const onOrder =
  (change: (tx: Tx, random: Random, order: string) => Promise<unknown>, condition = 'true'): Edit =>
  async (tx, random) => {
    const order = await anyOf(tx, random, 'orders', condition)
    if (!order) return []
    await tx`select 1 from orders where id = ${order} for update`
    await change(tx, random, order)
    return [{ type: 'order.changed', ids: [order] }]
  }

const correctLines = onOrder(async (tx, random, order) => {
  const [{ revision } = { revision: 1 }] = await tx<{ revision: number }[]>`
    select coalesce(max(revision), 0)::int + 1 as revision from order_line where order_id = ${order}`
  await tx`update order_line set retracted_at = now() where order_id = ${order} and retracted_at is null`
  await writeLines(tx, random, order, revision)
})
const correctOrder = onOrder((tx, random, order) => {
  const amount = whole(random, 50_000)
  return tx`update orders set amount_reporting = ${amount}, sales = ${amount}, placed_at = ${instantBy(random)} where id = ${order}`
})
const reassignOrder = onOrder(async (tx, random, order) => {
  const profile = random() < 0.2 ? undefined : await anyOf(tx, random, 'profile')
  await tx`update orders set profile_id = ${profile ?? null} where id = ${order}`
})
const cancelOrder = onOrder((tx, _random, order) => tx`update orders set status = 'cancelled' where id = ${order}`, `status = 'completed'`)
const reviveOrder = onOrder((tx, _random, order) => tx`update orders set status = 'completed' where id = ${order}`, `status = 'cancelled'`)
const retractOrder = onOrder((tx, _random, order) => tx`update orders set retracted_at = now() where id = ${order}`, 'retracted_at is null')
const sameOrder = onOrder((tx, _random, order) => tx`update orders set version = version + 1 where id = ${order}`)
const addReturn = onOrder((tx, random, order) => {
  const amount = whole(random, 5000)
  return tx`insert into order_return (id, order_id, returned_at, amount, currency, amount_reporting)
    values (${newId()}, ${order}, ${instantBy(random)}, ${amount}, 'CNY', ${amount})`
})
const retractReturns = onOrder(
  (tx, _random, order) => tx`update order_return set retracted_at = now() where order_id = ${order}`,
  'exists (select 1 from order_return r where r.order_id = orders.id)',
)

const addContact: Edit = async (tx, random) => {
  const profile = await anyOf(tx, random, 'profile')
  if (!profile) return []
  const contact = newId()
  await tx`insert into contact (id, profile_id, channel_id, happened_at, medium, direction)
    values (${contact}, ${profile}, 1, ${instantBy(random)}, ${oneOf(random, ['phone', 'wechat', "shop's"])}, 'in')`
  return [{ type: 'contact.recorded', ids: [contact] }]
}

const changeContact: Edit = async (tx, random) => {
  const contact = await anyOf(tx, random, 'contact')
  if (!contact) return []
  if (random() < 0.4) await tx`update contact set retracted_at = now() where id = ${contact}`
  else await tx`update contact set medium = 'mail', happened_at = ${instantBy(random)} where id = ${contact}`
  return [{ type: 'contact.changed', ids: [contact] }]
}

/** Each as often as it stands here. */
const customerEdits: readonly Edit[] = [addCustomer, addCustomer, editCustomer, link, link, split, retractProfile]
const corrections: readonly Edit[] = [correctLines, correctOrder, reassignOrder, cancelOrder, reviveOrder, retractOrder, sameOrder]
const additions: readonly Edit[] = [addOrder, addOrder, addOrder, addReturn, addReturn, retractReturns, addContact, changeContact]
const edits = [...customerEdits, ...corrections, ...additions]

/** Makes `count` edits by chance, one transaction each; some of them are thought better of and rolled back. */
export async function editAtRandom(sql: Sql, random: Random, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const rolledBack = random() < 0.05
    await sql
      .begin(async (tx) => {
        await publish(tx, await oneOf(random, edits)(tx, random))
        if (rolledBack) throw new Regret()
      })
      .catch((error: unknown) => {
        if (!(error instanceof Regret)) throw error
      })
  }
}

class Regret extends Error {}
