import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

const usd = (day: string, rate: number) => ({ currency: 'USD', day, rate })
const set = (...all: rates.ExchangeRate[]) => server.as(admin)(rates.set, { body: { rates: all } })

test('rates are set for a currency and a day, read newest first by pages, and set anew', async () => {
  expect(await set(usd('2026-03-01', 7.1), usd('2026-03-05', 7.2), { currency: 'JPY', day: '2026-03-01', rate: 0.048 })).toEqual({
    rates: 3,
  })
  await set(usd('2026-03-05', 7.3))
  const call = server.as(admin)
  const first = await call(rates.list, { query: { limit: 2 } })
  expect(first.items).toEqual([{ currency: 'JPY', day: '2026-03-01', rate: 0.048 }, usd('2026-03-05', 7.3)])
  expect(await call(rates.list, { query: { limit: 2, after: first.next ?? '' } })).toEqual({ items: [usd('2026-03-01', 7.1)], next: null })
  expect((await call(rates.list, { query: { currency: 'JPY' } })).items).toHaveLength(1)
})

test('an order is stated at the rate of its day in the company’s calendar, or the last one before, between major units', async () => {
  const call = server.as(admin)
  const { id: customerId } = await call(customers.create, { body: { kind: 'person', values: { name: '汇率客' } } })
  const worth = async (number: string, currency: string, placedAt: string) =>
    (
      await call(catalog.createOrder, {
        body: { customerId, number, placedAt, currency, items: [{ quantity: 1000, unitPrice: 1_000_000 }] },
      })
    ).amountReporting
  expect(await worth('R-1', 'USD', '2026-03-04T23:00:00+08:00')).toBe(71_000)
  // Midnight in Shanghai is still the day before in London.
  expect(await worth('R-2', 'USD', '2026-03-05T00:30:00+08:00')).toBe(73_000)
  expect(await worth('R-3', 'USD', '2030-01-01T00:00:00Z')).toBe(73_000)
  // 100 yen are 4.80 yuan.
  expect(await worth('R-4', 'JPY', '2026-03-02T00:00:00Z')).toBe(480)
  await set(usd('2026-03-05', 8))
  const { items } = await call(catalog.listOrders, { query: { number: 'R-2' } })
  expect(items[0]?.amountReporting, 'what is recorded stays').toBe(73_000)
})

test('a rate of the reporting currency, a day named twice and a rate of nothing are refused', async () => {
  expect(await refusal(set({ currency: 'CNY', day: '2026-03-01', rate: 1 }))).toMatchObject({
    status: 400,
    fields: ['body.rates.0.currency'],
  })
  expect(await refusal(set(usd('2026-03-09', 7), usd('2026-03-09', 8)))).toMatchObject({ status: 400, fields: ['body.rates.1'] })
  expect(await refusal(set(usd('2026-03-09', 0)))).toMatchObject({ status: 400, fields: ['body.rates.0.rate'] })
})

test('setting and deleting needs settings.manage and is in the audit log', async () => {
  const reader = await server.given.user({ grants: ['customer.read'] })
  expect(await refusal(server.as(reader)(rates.set, { body: { rates: [usd('2026-03-09', 7)] } }))).toMatchObject({ status: 403 })
  await set(usd('2026-03-09', 7.4))
  const params = { currency: 'USD', day: '2026-03-09' }
  await server.as(admin)(rates.remove, { params })
  expect(await refusal(server.as(admin)(rates.remove, { params }))).toMatchObject({ status: 404, problem: 'exchange-rate-not-found' })
  const { items } = await server.as(admin)(auditLog.list, { query: { limit: 2 } })
  expect(items.map(({ action, details }) => ({ action, details }))).toEqual([
    { action: 'exchange-rate.delete', details: params },
    { action: 'exchange-rate.set', details: { ...params, rate: 7.4 } },
  ])
})
