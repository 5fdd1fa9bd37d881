import * as customers from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

const draft = (values: customers.CustomerDraft['values'], kind: customers.CustomerDraft['kind'] = 'person') => ({ body: { kind, values } })

describe('creating a customer', () => {
  test('a card becomes a customer with a code, normalised values and the one who entered it as owner', async () => {
    const customer = await server.as(admin)(customers.create, draft({ name: ' 张 伟民 ', phone: '138 1234 6721', city: '杭州市' }))
    expect(customer).toMatchObject({
      code: expect.stringMatching(/^C-\d{6}$/),
      name: '张伟民',
      phone: '138****6721',
      owner: { id: admin.id },
      pinyin: 'zhang wei min',
      version: 1,
      masked: ['phone'],
    })
    expect(customer.provenance['phone']).toMatchObject({ channel: 'manual', rule: 'only', confirmedBy: admin.name })
    expect(customer.profiles).toMatchObject([{ channel: { code: 'manual' }, sourceKey: `manual:${customer.id}` }])
  })

  test('a phone that somebody in sight has already is refused with who has it', async () => {
    const first = await server.as(admin)(customers.create, draft({ name: '李娜', phone: '13900001111' }))
    await expect(server.as(admin)(customers.create, draft({ name: '李娜', phone: '+86 139-0000-1111' }))).rejects.toMatchObject({
      body: { type: '/problems/customer-exists', id: first.id, code: first.code, field: 'phone' },
    })
  })
})

describe('reading', () => {
  test('a list is paged by cursor', async () => {
    const all = await server.as(admin)(customers.list, {})
    const first = await server.as(admin)(customers.list, { query: { limit: 1 } })
    const second = await server.as(admin)(customers.list, { query: { limit: 1, after: first.next ?? '' } })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id))
    expect(second.next).toBeNull()
  })

  test.each([
    ['张', 1],
    ['伟民', 1],
    ['zhangweimin', 1],
    ['zwm', 1],
    ['6721', 1],
    ['13812346721', 1],
    ['C-000001', 1],
    ['lina', 1],
    ['赵', 0],
  ])('search %s finds %i', async (search, count) => {
    const found = await server.as(admin)(customers.list, { query: { search } })
    expect(found.items.length).toBe(count)
    expect(await server.as(admin)(customers.count, { query: { search } })).toEqual({ count, exact: true })
  })

  test('a filter with an operator that does not suit its field is refused with the place', async () => {
    const wrong = server.as(admin)(customers.list, {
      query: { filter: { match: 'all', conditions: [{ field: 'city', operator: 'at-least', value: 'x' }] } },
    })
    expect(await refusal(wrong)).toEqual({ status: 400, problem: 'invalid-request', fields: ['query.filter.conditions.0.operator'] })
  })

  test('groups and counts', async () => {
    const { groups } = await server.as(admin)(customers.groups, { query: { by: 'city', and: 'kind' } })
    expect(groups).toContainEqual({ value: '杭州市', and: 'person', customers: 1, spent: 0 })
  })
})

describe('editing', () => {
  test('a new value, a value taken away, a lock', async () => {
    const api = server.as(admin)
    const made = await api(customers.create, draft({ name: '王芳', phone: '13700002222', city: '上海市', province: '上海市' }))
    const edited = await api(
      customers.edit,
      { params: { id: made.id }, body: { values: { phone: '13700003333', city: null }, lock: ['name'] } },
      { version: made.version },
    )
    expect(edited).toMatchObject({ phone: '137****3333', city: null, province: '上海市', version: 2 })
    expect(edited.provenance['name']).toMatchObject({ rule: 'lock', locked: true })
    expect(await refusal(api(customers.edit, { params: { id: made.id }, body: {} }, { version: 1 }))).toMatchObject({ status: 412 })
    expect(await refusal(api(customers.edit, { params: { id: made.id }, body: {} }))).toMatchObject({ status: 428 })
  })

  test('divisions are kept by their official names, as an import writes them; what is no division of China stays as typed', async () => {
    const made = await server.as(admin)(customers.create, draft({ name: '苏小小', city: '杭州' }))
    expect(made.values).toMatchObject({ province: '浙江省', city: '杭州市' })
    const edit = { values: { province: 'Ontario', city: 'Toronto', district: null } }
    const moved = await server.as(admin)(customers.edit, { params: { id: made.id }, body: edit }, { version: made.version })
    expect(moved.values).toMatchObject({ province: 'Ontario', city: 'Toronto' })
  })

  test('merging and splitting', async () => {
    const api = server.as(admin)
    const a = await api(customers.create, draft({ name: '陈静', phone: '13700004444' }))
    const b = await api(customers.create, draft({ name: '陈静', phone: '13700005555' }))
    const merged = await api(customers.link, { params: { id: a.id }, body: { customerId: b.id } })
    expect(merged.profiles).toHaveLength(2)
    expect((await api(customers.get, { params: { id: b.code } })).id).toBe(a.id)
    const profileId = b.profiles[0]?.id ?? ''
    const split = await api(customers.unlink, { params: { id: a.id, profileId } })
    expect(split.profiles).toHaveLength(1)
    expect((await api(customers.get, { params: { id: b.id } })).code).toBe(b.code)
  })
})

describe('what a creation answers and keeps', () => {
  test('the answer is what opening the customer shows', async () => {
    const values = {
      name: '诸葛静',
      phone: '13812349876',
      email: 'Jing@Example.com',
      birthDate: { calendar: 'lunar', year: 1990, month: 8, day: 15, leap: false },
      memberNumber: 'M-7',
      city: '成都市',
      registeredOn: '2025-03-01',
      tags: ['老客户', '团购'],
    } as customers.CustomerDraft['values']
    const made = await server.as(admin)(customers.create, draft(values))
    expect(await server.as(admin)(customers.get, { params: { id: made.id } })).toEqual(made)
  })

  test('it is found at once, and one event and one entry of the audit log tell of it', async () => {
    const made = await server.as(admin)(customers.create, draft({ name: '上官雪', phone: '13812349877' }))
    const found = await server.as(admin)(customers.list, { query: { search: 'sgx' } })
    expect(found.items.map(({ id }) => id)).toEqual([made.id])
    const events = await server.owner`select type from outbox where payload -> 'ids' ? ${made.id}`
    expect(events).toMatchObject([{ type: 'customer.created' }])
    expect(await server.owner`select action from audit_event where object_id = ${made.id}`).toMatchObject([{ action: 'customer.create' }])
  })

  test('a value that says nothing about anybody is kept and refuses nobody', async () => {
    const first = await server.as(admin)(customers.create, draft({ name: '孙一', phone: '13800138000' }))
    const second = await server.as(admin)(customers.create, draft({ name: '孙一', phone: '13800138000' }))
    expect(second.id).not.toBe(first.id)
    expect(second).toMatchObject({ phone: '138****8000', identities: [] })
  })

  test('a change whose audit event cannot be written has not happened', async () => {
    await server.owner.unsafe(`
      create function refuse_event() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
      create trigger refuse_event before insert on audit_event for each row when (new.action = 'customer.create') execute function refuse_event()`)
    try {
      const reply = server.as(admin)(customers.create, draft({ name: '钱无痕', phone: '13812349878' }))
      await expect(reply).rejects.toThrow('no room')
      expect(await server.owner`select 1 from customer where name = '钱无痕'`).toEqual([])
    } finally {
      await server.owner.unsafe('drop trigger refuse_event on audit_event; drop function refuse_event()')
    }
  })
})
