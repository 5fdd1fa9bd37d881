import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
let customerId: string

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  const made = await server.as(admin)(customers.create, { body: { kind: 'person', values: { name: '张伟民', phone: '13812346721' } } })
  customerId = made.id
})
afterAll(() => server.stop())

const order = (number: string, more: object = {}) => ({
  body: {
    customerId,
    number,
    placedAt: '2026-03-01T10:00:00+08:00',
    items: [{ productCode: 'TEA-1', quantity: 2500, unitPrice: 198_000 }],
    ...more,
  },
})

describe('products', () => {
  test('a product is entered, found by part of its name, changed by version, and its code is one of a kind', async () => {
    const api = server.as(admin)
    const made = await api(catalog.createProduct, { body: { code: 'TEA-1', name: '龙井茶 250g', price: 198_000, cost: 80_000 } })
    expect(made).toMatchObject({ currency: 'CNY', version: 1 })
    expect((await api(catalog.listProducts, { query: { search: '龙井' } })).items).toHaveLength(1)
    expect(await refusal(api(catalog.createProduct, { body: { code: 'TEA-1', name: 'x' } }))).toMatchObject({
      problem: 'product-code-taken',
    })
    const changed = await api(
      catalog.editProduct,
      { params: { id: made.id }, body: { code: 'TEA-1', name: '龙井茶', cost: 80_000 } },
      { version: 1 },
    )
    expect(changed).toMatchObject({ name: '龙井茶', price: null, version: 2 })
    expect(
      await refusal(api(catalog.editProduct, { params: { id: made.id }, body: { code: 'TEA-1', name: 'x' } }, { version: 1 })),
    ).toMatchObject({ status: 412 })
  })
})

describe('orders', () => {
  test('an order is worth quantity × price less discounts, to the cent, and counts for its customer', async () => {
    const api = server.as(admin)
    const made = await api(catalog.createOrder, order('SO-1'))
    expect(made).toMatchObject({
      amount: 4950,
      amountReporting: 4950,
      currency: 'CNY',
      status: 'completed',
      items: [{ ordinal: 1, productCode: 'TEA-1', quantity: 2500, unitPrice: 198_000, amount: 4950 }],
      customer: { id: customerId, name: '张伟民' },
    })
    expect(await api(customers.get, { params: { id: customerId } })).toMatchObject({ orders: 1, spent: 4950 })
    const [line] = await server.owner`select cost_reporting as cost from order_line where order_id = ${made.id}`
    expect(line?.['cost']).toBe(2000)
  })

  test('the same number of a channel is refused', async () => {
    expect(await refusal(server.as(admin)(catalog.createOrder, order('SO-1')))).toMatchObject({
      status: 409,
      problem: 'order-number-taken',
    })
  })

  test('another currency needs the rate of the day or the last one before it', async () => {
    const api = server.as(admin)
    expect(await refusal(api(catalog.createOrder, order('SO-2', { currency: 'USD' })))).toMatchObject({
      status: 400,
      fields: ['body.currency'],
    })
    await api(rates.set, { body: { rates: [{ currency: 'USD', day: '2026-02-27', rate: 7.2 }] } })
    expect(await api(catalog.createOrder, order('SO-2', { currency: 'USD' }))).toMatchObject({ amount: 4950, amountReporting: 35640 })
  })

  test('amounts beyond what can be counted exactly are refused', async () => {
    const huge = order('SO-3', { items: [{ quantity: 1e9, unitPrice: 1e13 }] })
    expect(await refusal(server.as(admin)(catalog.createOrder, huge))).toMatchObject({ status: 400, fields: ['body.items.0.unitPrice'] })
  })

  test('a cancelled order stays and counts no longer', async () => {
    const api = server.as(admin)
    const made = await api(catalog.createOrder, order('SO-4'))
    const before = await api(customers.get, { params: { id: customerId } })
    const cancelled = await api(catalog.cancelOrder, { params: { id: made.id }, body: { reason: '客人取消' } }, { version: made.version })
    expect(cancelled.status).toBe('cancelled')
    expect((await api(customers.get, { params: { id: customerId } })).spent).toBe(before.spent - 4950)
    expect(await refusal(api(catalog.cancelOrder, { params: { id: made.id }, body: {} }))).toMatchObject({ status: 428 })
  })

  test('orders are paged newest first, and by customer, channel, number and time', async () => {
    const api = server.as(admin)
    const first = await api(catalog.listOrders, { query: { limit: 2, customerId } })
    const second = await api(catalog.listOrders, { query: { limit: 2, customerId, after: first.next ?? '' } })
    expect([...first.items, ...second.items].map(({ number }) => number).sort()).toEqual(['SO-1', 'SO-2', 'SO-4'])
    expect((await api(catalog.listOrders, { query: { number: 'SO-2', channel: 'manual' } })).items).toHaveLength(1)
    expect((await api(catalog.listOrders, { query: { to: '2026-03-01T00:00:00Z' } })).items).toHaveLength(0)
    expect(await refusal(api(catalog.listOrders, { query: { limit: 2, after: first.next ?? '' } }))).toMatchObject({
      fields: ['query.after'],
    })
  })
})

describe('the timeline', () => {
  test('holds orders, payments, returns and contacts, newest first, by pages', async () => {
    const api = server.as(admin)
    await api(catalog.recordContact, { params: { id: customerId }, body: { medium: 'phone', direction: 'out', content: '约了周五来店' } })
    const [row] = await server.owner<{ id: string }[]>`select id from orders where number = 'SO-1'`
    await server.owner`insert into payment (id, order_id, paid_at, amount, currency, amount_reporting, means)
      values (gen_random_uuid(), ${row?.id ?? ''}, '2026-03-02', 4950, 'CNY', 4950, '微信')`
    await server.owner`insert into order_return (id, order_id, returned_at, amount, currency, amount_reporting, reason)
      values (gen_random_uuid(), ${row?.id ?? ''}, '2026-03-03', 100, 'CNY', 100, '破损')`
    const whole = await api(customers.timeline, { params: { id: customerId } })
    expect(whole.items.map(({ kind }) => kind)).toEqual(['contact', 'return', 'payment', 'order', 'order', 'order'])
    const pages = []
    let after: string | undefined
    do {
      const page: typeof whole = await api(customers.timeline, {
        params: { id: customerId },
        query: { limit: 2, ...(after ? { after } : {}) },
      })
      pages.push(...page.items)
      after = page.next ?? undefined
    } while (after)
    expect(pages).toEqual(whole.items)
    expect((await api(customers.timeline, { params: { id: customerId }, query: { kind: 'payment' } })).items).toMatchObject([
      { text: '微信' },
    ])
    const during = await api(customers.timeline, {
      params: { id: customerId },
      query: { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' },
    })
    expect(during.items.map(({ kind }) => kind)).toEqual(['payment'])
    const elsewhere = await api(customers.timeline, { params: { id: customerId }, query: { channel: 'no-such-channel' } })
    expect(elsewhere.items).toEqual([])
  })

  test('shows no orders to whom may not read them', async () => {
    const reader = await server.given.user({ grants: ['customer.read'] })
    const { items } = await server.as(reader)(customers.timeline, { params: { id: customerId } })
    expect(items.map(({ kind }) => kind)).toEqual(['contact'])
  })

  test('the history names who changed what, with values covered for the reader', async () => {
    const api = server.as(admin)
    const { version } = await api(customers.get, { params: { id: customerId } })
    await api(
      customers.edit,
      { params: { id: customerId }, body: { values: { phone: '13812340000' }, ownerId: null, lock: ['name'] } },
      { version },
    )
    const { items } = await api(customers.history, { params: { id: customerId } })
    expect(items.map(({ what }) => what).sort()).toEqual(['customer.handed-over', 'field.locked', 'profile.changed', 'profile.created'])
    expect(items.find(({ what }) => what === 'profile.changed')).toMatchObject({
      by: admin.name,
      channel: 'manual',
      fields: ['phone'],
      details: { before: { phone: '138****6721' }, after: { phone: '138****0000' } },
    })
  })
})
