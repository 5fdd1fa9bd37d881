import type { Floor } from './floor.ts'
import { type FloorRow, rowColumns, rowJoins, shown } from './row.ts'

interface Whole extends FloorRow {
  version: number
  updated_at: Date
  sex: string | null
  member_number: string | null
  registered_on: string | null
  profile: string
  profile_kind: string
  source_key: string
  recorded_at: Date
  channel_code: string
  channel_name: string
  identities: { kind: string; value: string }[] | null
}

interface OrderRow {
  id: string
  number: string
  placed_at: Date
  channel: string
  shop: string | null
  amount: number
  currency: string
}

// Primary keys of customer, customer_label, profile and channel; profile_customer (customer_id); identity (profile_id).
const customerSql = `
select ${rowColumns}, c.version, c.updated_at, c.sex, c.member_number, c.registered_on, p.id as profile, p.kind as profile_kind,
       p.source_key, p.recorded_at, ch.code as channel_code, ch.name as channel_name,
       (select json_agg(json_build_object('kind', i.kind, 'value', i.value)) from identity i where i.profile_id = p.id) as identities
  from customer c ${rowJoins}
  join profile_customer pc on pc.customer_id = c.id
  join profile p on p.id = pc.profile_id
  join channel ch on ch.id = p.channel_id
 where c.id = $1`

// Index: orders (profile_id, placed_at desc, id desc) where retracted_at is null.
const ordersSql = `
select o.id, o.number, o.placed_at, ch.name as channel, o.shop, o.amount, o.currency
  from profile_customer pc
 cross join lateral (select * from orders o where o.profile_id = pc.profile_id and o.retracted_at is null
                      order by o.placed_at desc, o.id desc limit 20) o
  join channel ch on ch.id = o.channel_id
 where pc.customer_id = $1`

const example = '01900000-c001-7000-8000-000000000007'

/** A customer of one profile with the last twenty orders, both statements under way at once. */
export const openFloor: Floor = {
  statements: [
    { sql: customerSql, values: [example] },
    { sql: ordersSql, values: [example] },
  ],
  register: (app, db) =>
    app.get<{ Params: { id: string } }>('/open/:id', async ({ params }) => {
      const [[row], orders] = await Promise.all([
        db.unsafe<Whole[]>(customerSql, [params.id], { prepare: true }),
        db.unsafe<OrderRow[]>(ordersSql, [params.id], { prepare: true }),
      ])
      return { customer: row && whole(row), timeline: { items: orders.map(entry), next: null } }
    }),
}

const entry = ({ id, number, placed_at: at, channel, shop, amount, currency }: OrderRow) => ({
  id,
  kind: 'order',
  at,
  channel,
  title: number,
  text: shop,
  amount,
  currency,
  orderId: id,
})

function whole(row: Whole) {
  const all = shown(row)
  const { name, phone, email, province, city, memberLevel } = all
  const known = {
    name,
    sex: row.sex,
    phone,
    email,
    memberNumber: row.member_number,
    province,
    city,
    memberLevel,
    registeredOn: row.registered_on,
  }
  const values = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null))
  const channel = { code: row.channel_code, name: row.channel_name }
  const from = {
    profileId: row.profile,
    channel: channel.code,
    recordedAt: row.recorded_at,
    confirmedAt: null,
    confirmedBy: null,
    locked: false,
    rule: 'only',
    otherValues: 0,
  }
  return {
    ...all,
    version: row.version,
    updatedAt: row.updated_at,
    values,
    masked: ['phone', 'email'].filter((field) => field in values),
    hidden: ['idNumber', 'taboo'],
    provenance: Object.fromEntries(Object.keys(values).map((field) => [field, from])),
    identities: (row.identities ?? []).map((identity) => ({ ...identity, channel: channel.code, profileId: row.profile })),
    profiles: [
      { id: row.profile, channel, kind: row.profile_kind, sourceKey: row.source_key, recordedAt: row.recorded_at, version: 1, link: null },
    ],
    pinyin: name,
  }
}
