import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { hashOfTables } from '../../../test/hash-of-tables.ts'

let server: TestServer
let admin: TestUser
let clerk: TestUser
let customer: customers.Customer
let other: customers.Customer
let product: catalog.Product
let order: catalog.Order

/** When a key was last used changes with every request, refused or not. */
const untold = ['api_key', 'outbox_cursor', 'job_schedule']

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  clerk = await server.given.user({
    grants: ['customer.read', 'customer.create', 'customer.edit', 'customer.link', 'order.edit', 'order.read'],
    scope: 'own',
  })
  const api = server.as(admin)
  customer = await api(customers.create, { body: { kind: 'person', values: { name: '张伟', phone: '13812346721' } } })
  other = await api(customers.create, { body: { kind: 'person', values: { name: '李娜', phone: '13900001111' } } })
  product = await api(catalog.createProduct, { body: { code: 'A', name: '茶' } })
  order = await api(catalog.createOrder, {
    body: { customerId: customer.id, number: 'SO-1', placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: 100 }] },
  })
})
afterAll(() => server.stop())

async function send(user: TestUser, method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${user.apiKey}`,
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as { type: string; errors?: { field: string; code: string }[] } }
}

/** What a request was refused for, known to have written nothing. */
async function refusalOf(user: TestUser, method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const before = await hashOfTables(server.owner, untold)
  const answer = await send(user, method, path, body, headers)
  expect(await hashOfTables(server.owner, untold)).toEqual(before)
  return { ...answer, problem: answer.body.type.replace('/problems/', '') }
}

const version = { 'if-match': '"1"' }

describe('what nobody may set is refused by name, and nothing is written', () => {
  const columns = async (table: string) => {
    const rows = await server.owner<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table}`
    return rows.flatMap(({ name }) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())])
  }

  test.each([
    ['POST', '/customers', 'customer', () => ({ kind: 'person', values: { name: '王芳' } }), ['kind']],
    ['PATCH', '/customers/:customer', 'customer', () => ({ values: { city: '上海市' } }), ['ownerId', 'teamId']],
    [
      'POST',
      '/orders',
      'orders',
      () => ({ customerId: customer.id, number: 'X', placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1, unitPrice: 1 }] }),
      ['number', 'placedAt', 'currency', 'shop', 'paymentMeans', 'channel'],
    ],
    [
      'POST',
      '/products',
      'product',
      () => ({ code: 'B', name: 'b' }),
      ['code', 'name', 'category', 'brand', 'unit', 'price', 'cost', 'currency'],
    ],
    [
      'PUT',
      '/products/:product',
      'product',
      () => ({ code: 'A', name: 'b' }),
      ['code', 'name', 'category', 'brand', 'unit', 'price', 'cost', 'currency'],
    ],
    [
      'POST',
      '/customers/:customer/contacts',
      'contact',
      () => ({ medium: 'phone', direction: 'in', content: 'x' }),
      ['medium', 'direction', 'purpose', 'content', 'result', 'happenedAt', 'nextStep'],
    ],
  ] as const)('%s %s', async (method, path, table, body, allowed) => {
    const url = path.replace(':customer', customer.id).replace(':product', product.id)
    const before = await hashOfTables(server.owner, untold)
    const tried = new Set([...(await columns(table)), 'ownerID', 'role', '__proto__', 'constructor', 'isAdmin'])
    for (const column of allowed) tried.delete(column)
    for (const column of tried) {
      const text = JSON.stringify(body()).replace(/^\{/, `{"${column}":"x",`)
      const answer = await send(admin, method, url, text, version)
      expect(answer.status, `${column}: ${JSON.stringify(answer.body)}`).toBe(400)
    }
    expect(await hashOfTables(server.owner, untold)).toEqual(before)
  })

  test('unknown values of a card', async () => {
    for (const field of ['spent', 'orders', 'code', 'live', 'merged_into', 'nameSort', 'pinyin']) {
      const answer = await refusalOf(admin, 'PATCH', `/customers/${customer.id}`, { values: { [field]: 'x' } }, version)
      expect(answer.problem).toBe('invalid-request')
      expect(answer.body.errors).toMatchObject([{ field: `body.values.${field}`, code: 'unknown_key' }])
    }
  })
})

describe('refused means that nothing happened', () => {
  test('create', async () => {
    const person = (values: object, more: object = {}) => ({ kind: 'person', values, ...more })
    const cases: [unknown, string][] = [
      [person({}), 'body.values'],
      [person({ phone: '12345' }), 'body.values.phone'],
      [person({ name: 'x', email: 'a@' }), 'body.values.email'],
      [person({ name: 'x', idNumber: '330106199002031230' }), 'body.values.idNumber'],
      [person({ name: 'x', industry: '零售' }), 'body.values.industry'],
      [{ kind: 'organization', values: { name: 'x', sex: 'male' } }, 'body.values.sex'],
      [{ kind: 'organization', values: { name: 'x', creditCode: '91330106MA2XXXXXX0' } }, 'body.values.creditCode'],
      [person({ name: 'a\u0000b' }), 'body.values.name'],
      [person({ name: '\u200b' }), 'body.values.name'],
      [person({ name: 'x'.repeat(121) }), 'body.values.name'],
      [person({ name: 'x', birthDate: { calendar: 'solar', year: 1990, month: 13, day: 1 } }), 'body.values.birthDate.month'],
      [person({ name: 'x' }, { ownerId: '019a0000-0000-7000-8000-000000000000' }), 'body.ownerId'],
      [person({ name: 'x' }, { teamId: '019a0000-0000-7000-8000-000000000000' }), 'body.teamId'],
    ]
    for (const [body, field] of cases) {
      const answer = await refusalOf(admin, 'POST', '/customers', body)
      expect(answer.problem).toBe('invalid-request')
      expect(answer.body.errors?.[0]?.field, JSON.stringify(body)).toBe(field)
    }
    expect((await refusalOf(admin, 'POST', '/customers', person({ name: '张伟', phone: '13812346721' }))).problem).toBe('customer-exists')
    expect((await refusalOf(clerk, 'POST', '/customers', person({ name: '张伟', phone: '13812346721' }))).problem).toBe(
      'customer-exists-elsewhere',
    )
    expect((await refusalOf(clerk, 'POST', '/customers', person({ name: '赵六' }, { ownerId: admin.id }))).problem).toBe('invalid-request')
    expect((await refusalOf(clerk, 'POST', '/customers', person({ name: '赵六' }, { ownerId: null }))).problem).toBe('invalid-request')
    expect((await refusalOf(admin, 'POST', '/customers', '{"kind":"person",')).problem).toBe('invalid-request')
  })

  test('edit, merge, split', async () => {
    const path = `/customers/${customer.id}`
    expect((await refusalOf(admin, 'PATCH', path, { values: { city: '上海市' } })).problem).toBe('version-required')
    expect((await refusalOf(admin, 'PATCH', path, { values: { city: '上海市' } }, { 'if-match': '"99"' })).problem).toBe('edit-conflict')
    expect((await refusalOf(admin, 'PATCH', path, { values: { city: '上海市', phone: '13900001111' } }, version)).problem).toBe(
      'customer-exists',
    )
    expect((await refusalOf(admin, 'PATCH', path, { ownerId: clerk.id, values: { phone: '1' } }, version)).problem).toBe('invalid-request')
    expect((await refusalOf(admin, 'PATCH', path, { lock: ['externalId'] }, version)).problem).toBe('invalid-request')
    expect((await refusalOf(clerk, 'PATCH', path, { values: { city: '上海市' } }, version)).problem).toBe('customer-not-found')
    expect((await refusalOf(admin, 'POST', `${path}/profiles`, { customerId: customer.id })).problem).toBe('invalid-request')
    expect((await refusalOf(admin, 'POST', `${path}/profiles`, { customerId: order.id })).problem).toBe('customer-not-found')
    expect((await refusalOf(clerk, 'POST', `${path}/profiles`, { customerId: other.id })).problem).toBe('customer-not-found')
    expect((await refusalOf(admin, 'DELETE', `${path}/profiles/${customer.profiles[0]?.id}`, undefined)).problem).toBe('profile-only-one')
    expect((await refusalOf(admin, 'DELETE', `${path}/profiles/${other.profiles[0]?.id}`, undefined)).problem).toBe('profile-not-found')
  })

  test('orders, products, contacts', async () => {
    const item = { quantity: 1000, unitPrice: 100 }
    const draft = (more: object) => ({ customerId: customer.id, number: 'SO-9', placedAt: '2026-03-01T10:00:00Z', items: [item], ...more })
    expect((await refusalOf(admin, 'POST', '/orders', draft({ number: 'SO-1' }))).problem).toBe('order-number-taken')
    expect((await refusalOf(admin, 'POST', '/orders', draft({ currency: 'USD' }))).problem).toBe('invalid-request')
    expect((await refusalOf(admin, 'POST', '/orders', draft({ channel: 'nowhere' }))).problem).toBe('channel-not-found')
    expect((await refusalOf(admin, 'POST', '/orders', draft({ items: [] }))).problem).toBe('invalid-request')
    expect((await refusalOf(admin, 'POST', '/orders', draft({ items: [item, { quantity: 1e9, unitPrice: 1e13 }] }))).problem).toBe(
      'invalid-request',
    )
    expect((await refusalOf(clerk, 'POST', '/orders', draft({}))).problem).toBe('customer-not-found')
    expect((await refusalOf(clerk, 'POST', `/orders/${order.id}/cancel`, {}, version)).problem).toBe('order-not-found')
    expect((await refusalOf(admin, 'POST', `/orders/${order.id}/cancel`, {}, { 'if-match': '"7"' })).problem).toBe('edit-conflict')
    expect((await refusalOf(clerk, 'POST', '/products', { code: 'C', name: 'c' })).problem).toBe('right-missing')
    expect((await refusalOf(admin, 'PUT', `/products/${product.id}`, { code: 'A', name: 'c' }, { 'if-match': '"7"' })).problem).toBe(
      'edit-conflict',
    )
    expect(
      (
        await refusalOf(clerk, 'POST', `/customers/${customer.id}/contacts`, {
          medium: 'phone',
          direction: 'in',
          content: 'x',
        })
      ).problem,
    ).toBe('customer-not-found')
  })

  test('lists: cursors that are none, of another query, or with another value are refused, never a failure', async () => {
    const api = server.as(admin)
    const { next } = await api(customers.list, { query: { limit: 1 } })
    const forged = (cursor: unknown) => Buffer.from(JSON.stringify(cursor)).toString('base64url')
    const [mark] = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as [string]
    for (const query of [
      `after=${next}&sort=name`,
      `after=${next}&search=x`,
      'after=x',
      `after=${forged([mark, 0, 'x', customer.id])}`,
      `after=${forged([mark, 0, "2026-01-01'; drop table customer", customer.id])}`,
      `after=${forged([mark, 0, null, 'x'])}`,
      `after=${forged([mark, 9, null, customer.id])}`,
      `after=${forged({})}`,
      'limit=0',
      'limit=1e3',
      'sort=phone',
      'unknown=1',
      'search=',
      `filter=${encodeURIComponent('{"match":"all"')}`,
      `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [{ field: "city' or 1=1 --", operator: 'is', value: 'x' }] }))}`,
      `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [{ field: 'spent', operator: 'at-least', value: 1e300 }] }))}`,
      `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [{ field: 'createdAt', operator: 'after', value: 'yesterday' }] }))}`,
      `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [{ field: 'owner', operator: 'is', value: 'me' }] }))}`,
    ]) {
      const answer = await send(admin, 'GET', `/customers?${query}`, undefined)
      expect(answer.status, `${query} ${JSON.stringify(answer.body)}`).toBe(400)
    }
  })

  test('searches and filters of hostile text are answered, not run', async () => {
    for (const text of [
      "' or 1=1 --",
      '%',
      '_',
      '\\',
      '{',
      '"',
      '$$; drop table customer; $$',
      '张%',
      '=',
      '#1234',
      '(',
      '[',
      '*'.repeat(100),
      '😀',
      '﷽'.repeat(50),
    ]) {
      const search = await send(admin, 'GET', `/customers?search=${encodeURIComponent(text)}`, undefined)
      expect([search.status, (search.body as unknown as { items: unknown[] }).items], text).toEqual([200, []])
      const filter = JSON.stringify({ match: 'all', conditions: [{ field: 'name', operator: 'starts-with', value: text }] })
      expect((await send(admin, 'GET', `/customers?filter=${encodeURIComponent(filter)}`, undefined)).status).toBe(200)
    }
  })
})

test('two who enter the same phone at the same moment do not both succeed', async () => {
  const api = server.as(admin)
  for (let round = 0; round < 5; round++) {
    const body = { kind: 'person' as const, values: { name: '赵六', phone: `1370000100${round}` } }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        api(customers.create, { body }).then(
          () => 'made',
          (error) => error.problem as string,
        ),
      ),
    )
    expect(answers.sort()).toEqual([...Array(5).fill('customer-exists'), 'made'])
  }
})

test('two edits of one version: one wins, the other is told', async () => {
  const api = server.as(admin)
  const { version: current } = await api(customers.get, { params: { id: other.id } })
  const answers = await Promise.all(
    ['上海市', '北京市', '广州市'].map((city) =>
      api(customers.edit, { params: { id: other.id }, body: { values: { city } } }, { version: current }).then(
        () => 'won',
        (error) => error.problem as string,
      ),
    ),
  )
  expect(answers.sort()).toEqual(['edit-conflict', 'edit-conflict', 'won'])
})

test('every change is one event in the log', async () => {
  const count = async () => Number((await server.owner`select count(*) as n from audit_event`)[0]?.['n'])
  const api = server.as(admin)
  const before = await count()
  const made = await api(customers.create, { body: { kind: 'person', values: { name: '钱七', note: '秘密' } } })
  await api(customers.edit, { params: { id: made.id }, body: { values: { city: '上海市' }, lock: ['city'] } }, { version: made.version })
  await api(customers.link, { params: { id: other.id }, body: { customerId: made.id } })
  await api(customers.unlink, { params: { id: other.id, profileId: made.profiles[0]?.id ?? '' } })
  expect(await count()).toBe(before + 4)
})
