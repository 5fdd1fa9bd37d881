import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
let teaId: string
const people: string[] = []

const line = (productCode: string, quantity: number, unitPrice: number) => ({ productCode, quantity: quantity * 1000, unitPrice })
const order = (customerId: string, number: string, day: string, ...items: ReturnType<typeof line>[]) =>
  server.as(admin)(catalog.createOrder, { body: { customerId, number, placedAt: `${day}T10:00:00+08:00`, items } })

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  const api = server.as(admin)
  const product = (code: string, category: string | null) =>
    api(catalog.createProduct, { body: { code, name: code, ...(category ? { category } : {}) } })
  teaId = (await product('TEA', '茶')).id
  await product('OOLONG', '茶')
  await product('CUP', '器皿')
  await product('BOX', null)
  for (const name of ['张伟', '李娜']) people.push((await api(customers.create, { body: { kind: 'person', values: { name } } })).id)
  const [zhang, li] = people as [string, string]
  await order(zhang, 'A-1', '2026-03-01', line('TEA', 2, 100_000), line('CUP', 1, 300_000))
  await order(zhang, 'A-2', '2026-03-02', line('TEA', -1, 100_000))
  await order(li, 'A-3', '2026-04-01', line('TEA', 3, 100_000), line('TEA', 1, 90_000))
  await order(li, 'A-4', '2026-04-02', line('CUP', 1, 300_000))
})
afterAll(() => server.stop())

test('products are counted by category, those without one too, and each count is the length of its list', async () => {
  const api = server.as(admin)
  const { items } = await api(catalog.productCategories, {})
  expect(items).toEqual([
    { category: '茶', products: 2 },
    { category: '器皿', products: 1 },
    { category: null, products: 1 },
  ])
  for (const { category, products } of items.filter((each) => each.category !== null)) {
    expect((await api(catalog.listProducts, { query: { category: category ?? '' } })).items).toHaveLength(products)
  }
})

test('a product has sold what its lines say, less what was given back; its buyers and orders are as many as their lists', async () => {
  const api = server.as(admin)
  const params = { id: teaId }
  const figures = await api(catalog.productFigures, { params })
  expect(figures).toMatchObject({
    currency: 'CNY',
    sold: 5000,
    revenue: 4900,
    orders: 3,
    buyers: 2,
    lastSoldAt: '2026-04-01T02:00:00.000Z',
  })
  const first = await api(catalog.productBuyers, { params, query: { limit: 1 } })
  const second = await api(catalog.productBuyers, { params, query: { limit: 1, after: first.next ?? '' } })
  expect([...first.items, ...second.items].map(({ customer, orders, sold, revenue }) => [customer.name, orders, sold, revenue])).toEqual([
    ['李娜', 1, 4000, 3900],
    ['张伟', 2, 1000, 1000],
  ])
  expect(second.next).toBeNull()
  expect((await api(catalog.listOrders, { query: { product: 'TEA' } })).items).toHaveLength(figures.orders)
  expect(await refusal(api(catalog.productFigures, { params: { id: people[0] ?? '' } }))).toMatchObject({ problem: 'product-not-found' })
})

test('the totals of a list are those of its rows, whatever narrows it', async () => {
  const api = server.as(admin)
  const queries = [
    {},
    { product: 'CUP' },
    { customerId: people[1] ?? '' },
    { from: '2026-03-02T00:00:00+08:00', to: '2026-04-02T00:00:00+08:00' },
    { status: 'cancelled' as const },
    { status: 'counting' as const },
    { status: 'purchases' as const },
    { status: 'completed' as const, channel: 'manual' },
  ]
  for (const query of queries) {
    const { items } = await api(catalog.listOrders, { query })
    expect(await api(catalog.orderTotals, { query })).toEqual({
      currency: 'CNY',
      orders: items.length,
      cancelled: items.filter(({ status }) => status === 'cancelled').length,
      amount: items.filter(({ status }) => status !== 'cancelled').reduce((sum, { amountReporting }) => sum + amountReporting, 0),
    })
  }
  expect((await api(catalog.listOrders, { query: { product: 'CUP' } })).items.map(({ number }) => number)).toEqual(['A-4', 'A-1'])
})

test('a cancelled order counts nowhere until it is restored to the state it had', async () => {
  const api = server.as(admin)
  const [found] = (await api(catalog.listOrders, { query: { number: 'A-3' } })).items
  const params = { id: found?.id ?? '' }
  const { version } = await api(catalog.getOrder, { params })
  const cancelled = await api(catalog.cancelOrder, { params, body: {} }, { version })
  expect(await api(catalog.productFigures, { params: { id: teaId } })).toMatchObject({ sold: 1000, buyers: 1, orders: 2 })
  expect(await api(catalog.orderTotals, {})).toMatchObject({ orders: 4, cancelled: 1 })
  expect(await api(catalog.orderTotals, { query: { status: 'counting' } })).toMatchObject({ orders: 3, cancelled: 0 })
  expect(await refusal(api(catalog.restoreOrder, { params, body: { status: 'paid' } }, { version }))).toMatchObject({ status: 412 })
  const restored = await api(catalog.restoreOrder, { params, body: { status: 'paid' } }, { version: cancelled.version })
  expect(restored.status).toBe('paid')
  expect(await api(catalog.productFigures, { params: { id: teaId } })).toMatchObject({ sold: 5000, buyers: 2 })
  const again = await api(catalog.restoreOrder, { params, body: { status: 'open' } }, { version: restored.version })
  expect(again, 'an order that is not cancelled stays as it is').toEqual(restored)
})

test('figures and totals are of the orders in one’s scope', async () => {
  const agent = await server.given.user({ grants: ['product.read', 'order.read', 'customer.read'], scope: 'own' })
  const api = server.as(agent)
  expect(await api(catalog.productFigures, { params: { id: teaId } })).toMatchObject({ sold: 0, orders: 0, buyers: 0, lastSoldAt: null })
  expect(await api(catalog.orderTotals, {})).toMatchObject({ orders: 0, amount: 0 })
  const { version } = await server.as(admin)(customers.get, { params: { id: people[0] ?? '' } })
  await server.as(admin)(customers.edit, { params: { id: people[0] ?? '' }, body: { ownerId: agent.id } }, { version })
  expect(await api(catalog.productFigures, { params: { id: teaId } })).toMatchObject({ sold: 1000, orders: 2, buyers: 1 })
  expect(await api(catalog.orderTotals, { query: { product: 'TEA' } })).toMatchObject({ orders: 2, amount: 4000 })
})

test('a customer has placed as many orders as the list of purchases holds: neither returns nor gifts are any', async () => {
  const api = server.as(admin)
  const customerId = people[0] ?? ''
  await order(customerId, 'A-6', '2026-05-01', line('BOX', 1, 0))
  const { items } = await api(catalog.listOrders, { query: { customerId, status: 'purchases' } })
  expect(items.map(({ number }) => number)).toEqual(['A-1'])
  expect((await api(customers.get, { params: { id: customerId } })).orders).toBe(1)
  expect((await api(catalog.listOrders, { query: { customerId, status: 'counting' } })).items).toHaveLength(3)
})
