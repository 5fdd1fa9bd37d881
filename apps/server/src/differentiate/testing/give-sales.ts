import type { Sql } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'

export interface GivenOrder {
  /** YYYY-MM-DD in the company's time zone; placed at noon. */
  day: string
  /** Minor units. */
  sales: number
  returned?: number
  cost?: number
  channel?: string
  /** A return that came later: on which day, and how much. */
  later?: { day: string; amount: number }
}

export interface GivenCustomer {
  name?: string
  phone?: string
  city?: string
  ownerId?: string
  teamId?: string
  orders: readonly GivenOrder[]
}

/** Puts customers with their orders into the customer file, as intake leaves them, and tells the warehouse. @returns ids in order */
export async function giveSales(owner: Sql, customers: readonly GivenCustomer[], anonymous: readonly GivenOrder[] = []): Promise<string[]> {
  const people = customers.map((customer) => ({ ...customer, id: newId(), profileId: newId() }))
  const orders = [
    ...people.flatMap(({ profileId, orders: own }) => own.map((order) => ({ ...order, profileId: profileId as string | null }))),
    ...anonymous.map((order) => ({ ...order, profileId: null })),
  ].map((order) => ({ ...order, id: newId() }))
  const returns = orders.flatMap(({ id, later }) => (later ? [{ id: newId(), orderId: id, ...later }] : []))
  const json = (rows: readonly object[]) => owner.json(rows as never)
  await owner.begin(async (tx) => {
    await tx`
      insert into channel (code, name, kind)
      select distinct channel, channel, 'web' from jsonb_to_recordset(${json(orders)}) as o(channel text) where channel is not null
      on conflict do nothing`
    await tx`
      insert into customer (id, kind, name, phone, city, owner_id, team_id)
      select id, 'person', name, phone, city, "ownerId", "teamId"
        from jsonb_to_recordset(${json(people)}) as c(id uuid, name text, phone text, city text, "ownerId" uuid, "teamId" uuid)`
    await tx`
      insert into profile (id, channel_id, kind, values)
      select "profileId", (select id from channel where code = 'manual'), 'person', '{}' from jsonb_to_recordset(${json(people)}) as c("profileId" uuid)`
    await tx`
      insert into profile_customer (profile_id, customer_id)
      select "profileId", id from jsonb_to_recordset(${json(people)}) as c("profileId" uuid, id uuid)`
    await tx`
      insert into orders (id, channel_id, number, profile_id, placed_at, currency, kind, amount, amount_reporting, sales, returned, cost, lines)
      select o.id, c.id, o.id::text, "profileId", (day + time '12:00') at time zone company.time_zone, company.currency,
             case when sales = 0 and returned > 0 then 'return' else 'sale' end, sales - coalesce(returned, 0), sales - coalesce(returned, 0), sales, coalesce(returned, 0), cost, 1
        from jsonb_to_recordset(${json(orders)})
               as o(id uuid, "profileId" uuid, day date, sales bigint, returned bigint, cost bigint, channel text)
        join channel c on c.code = coalesce(o.channel, 'manual')
       cross join company`
    await tx`
      insert into order_return (id, order_id, returned_at, amount, currency, amount_reporting)
      select r.id, "orderId", (day + time '12:00') at time zone company.time_zone, amount, company.currency, amount
        from jsonb_to_recordset(${json(returns)}) as r(id uuid, "orderId" uuid, day date, amount bigint)
       cross join company`
    await publish(tx, [
      { type: 'customer.created', ids: people.map(({ id }) => id) },
      { type: 'profile.linked', ids: people.map(({ profileId }) => profileId) },
      { type: 'order.recorded', ids: orders.map(({ id }) => id) },
    ])
  })
  return people.map(({ id }) => id)
}
