import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { systemTransaction } from '../../platform/permissions/transaction.ts'
import { type Recording, recordProfiles } from '../identity/record-profiles.ts'

let server: TestServer
let admin: TestUser
let till: Recording['channel']
let next = 0

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  const [channel] = await server.owner<Recording['channel'][]>`
    insert into channel (code, name, kind, trust) values ('till', '收银', 'till', 60) returning id, code, trust`
  till = channel as Recording['channel']
})
afterAll(() => server.stop())

const api = () => server.as(admin)
const phone = () => `1390000${String(1000 + next++)}`

/** What a till says about somebody. */
const fromTill = (sourceKey: string, values: ProfileValues, now = new Date()) =>
  systemTransaction(server.app.database, undefined, (tx) =>
    recordProfiles(tx, { channel: till, now, by: null, importId: null }, [{ kind: 'person', sourceKey, values }]),
  )

async function order(customerId: string, amount: number): Promise<void> {
  await api()(catalog.createOrder, {
    body: { customerId, number: `SO-${next++}`, placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: amount * 100 }] },
  })
}

const get = (id: string) => api()(customers.get, { params: { id } })

let a: customers.Customer
let b: customers.Customer

/** Two customers: one of a manual card, one of a card and a till profile, with orders, a contact, a lock and labels. */
beforeEach(async () => {
  const shared = phone()
  a = await api()(customers.create, { body: { kind: 'person', values: { name: '张伟', phone: phone(), tags: ['老客'] } } })
  b = await api()(customers.create, {
    body: { kind: 'person', values: { name: '章伟', phone: shared, city: '上海市', province: '上海市' } },
  })
  await fromTill(`T-${b.id}`, { name: '章玮', phone: `+86${shared}`, memberLevel: '金卡', tags: ['会员'] })
  await api()(customers.edit, { params: { id: b.id }, body: { lock: ['city'] } }, { version: (await get(b.id)).version })
  await order(a.id, 100)
  await order(b.id, 250)
  await api()(catalog.recordContact, { params: { id: b.id }, body: { medium: 'phone', direction: 'in', content: '问龙井' } })
  await server.owner`insert into customer_label (customer_id, rfm_group, future_value) values (${a.id}, 'vip', 5), (${b.id}, 'new', 7)`
  ;[a, b] = [await get(a.id), await get(b.id)]
})

/** Every row of what makes up customers and what hangs on them, but versions and times of writing. */
async function snapshot(): Promise<Record<string, string[]>> {
  const tables = [
    'customer',
    'customer_lock',
    'customer_search',
    'customer_label',
    'profile',
    'profile_version',
    'profile_customer',
    'identity',
    'orders',
    'order_line',
    'contact',
  ]
  const rows: Record<string, string[]> = {}
  for (const table of tables) {
    const found = await server.owner<{ row: string }[]>`
      select (to_jsonb(t) ${table === 'customer' ? server.owner`- 'version' - 'updated_at'` : server.owner``})::text as row from ${server.owner(table)} t order by 1`
    rows[table] = found.map(({ row }) => row)
  }
  return rows
}

test('linking by rule: a till’s word with a known phone joins its customer, and says why', async () => {
  expect(b.profiles).toHaveLength(2)
  expect(b.profiles[1]?.link).toMatchObject({ rule: 'phone', matched: [expect.stringMatching(/^phone 139\*\*\*\*/)] })
  expect(b).toMatchObject({ name: '章伟', memberLevel: '金卡', values: { tags: ['会员'] } })
})

test('a merge brings everything along: profiles, orders, contacts, tags; the other code leads here', async () => {
  const merged = await api()(customers.link, { params: { id: a.id }, body: { customerId: b.id } })
  expect(merged).toMatchObject({ id: a.id, name: '章伟', memberLevel: '金卡', orders: 2, spent: 350, values: { tags: ['会员', '老客'] } })
  expect(merged.profiles).toHaveLength(3)
  expect((await api()(customers.timeline, { params: { id: a.id } })).items).toHaveLength(3)
  expect((await get(b.code)).id).toBe(a.id)
  expect((await get(b.id)).id).toBe(a.id)
  const { items } = await api()(customers.list, { query: { search: b.code } })
  expect(items).toEqual([])
})

test('splitting every profile off again restores both, byte for byte', async () => {
  const before = await snapshot()
  await api()(customers.link, { params: { id: a.id }, body: { customerId: b.id } })
  expect(await snapshot()).not.toEqual(before)
  for (const profile of b.profiles) await api()(customers.unlink, { params: { id: a.id, profileId: profile.id } })
  expect(await snapshot()).toEqual(before)
  const restored = await get(b.code)
  expect({ ...restored, version: 0, updatedAt: '', profiles: [] }).toEqual({ ...b, version: 0, updatedAt: '', profiles: [] })
})

test('the same after merging twice, the other way round too', async () => {
  const before = await snapshot()
  for (const [into, from] of [
    [a, b],
    [b, a],
  ] as const) {
    await api()(customers.link, { params: { id: into.id }, body: { customerId: from.id } })
    for (const profile of from.profiles) await api()(customers.unlink, { params: { id: into.id, profileId: profile.id } })
  }
  expect(await snapshot()).toEqual(before)
})

test('a profile that came by rule and from no customer becomes a new one beside, with its owner', async () => {
  const till = b.profiles[1]?.id ?? ''
  const left = await api()(customers.unlink, { params: { id: b.id, profileId: till } })
  expect(left).toMatchObject({ memberLevel: null, profiles: [{ channel: { code: 'manual' } }] })
  const [row] = await server.owner<{ id: string }[]>`select customer_id as id from profile_customer where profile_id = ${till}`
  const split = await get(row?.id ?? '')
  expect(split).toMatchObject({ name: '章玮', memberLevel: '金卡', owner: { id: admin.id }, orders: 0 })
  expect(split.code).not.toBe(b.code)
})

test('the last profile stays', async () => {
  const call = api()(customers.unlink, { params: { id: a.id, profileId: a.profiles[0]?.id ?? '' } })
  expect(await refusal(call)).toMatchObject({ status: 409, problem: 'profile-only-one' })
})

test('a value taken away stays away when its source says it again, and comes back when unlocked', async () => {
  const edited = await api()(customers.edit, { params: { id: b.id }, body: { values: { memberLevel: null } } }, { version: b.version })
  expect(edited.memberLevel).toBeNull()
  await fromTill(`T-${b.id}`, { memberLevel: '钻石' })
  const after = await get(b.id)
  expect([after.memberLevel, after.provenance['memberLevel']?.rule]).toEqual([null, 'lock'])
  const unlocked = await api()(customers.edit, { params: { id: b.id }, body: { unlock: ['memberLevel'] } }, { version: after.version })
  expect(unlocked.memberLevel).toBe('钻石')
})

test('what a person enters stands against a later word of a source; a locked field too', async () => {
  await fromTill(`T-${b.id}`, { name: '章薇', city: '苏州市', province: '江苏省' })
  expect(await get(b.id)).toMatchObject({ name: '章伟', city: '上海市' })
})

test('the history of both names the merge and the split', async () => {
  await api()(customers.link, { params: { id: a.id }, body: { customerId: b.id } })
  await api()(customers.unlink, { params: { id: a.id, profileId: b.profiles[0]?.id ?? '' } })
  const what = async (id: string) => (await api()(customers.history, { params: { id } })).items.map(({ what: kind }) => kind)
  expect(await what(a.id)).toEqual(expect.arrayContaining(['profile.linked', 'profile.left']))
  expect(await what(b.id)).toEqual(expect.arrayContaining(['profile.linked']))
})
