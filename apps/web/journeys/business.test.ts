import { fileURLToPath } from 'node:url'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { call, setUp } from './company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
/** How long an answer may take on a busy machine. */
const patient = { timeout: 15_000 }
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440 },
  { language: 'en', locale: 'en', width: 390 },
] as const)('products and orders, in $language at $width px', ({ language, locale, width }) => {
  let server: TestServer
  let visitor: Visit
  let page: Page
  let buyer: string
  const t = textsIn(language, texts)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const figure = (key: keyof typeof texts) => page.getByRole('region', { name: t(key), exact: true })
  const numberIn = (text: string) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''))
  const rowsOf = (key: keyof typeof texts) => page.getByRole('grid', { name: t(key) }).locator('.grid-body > [role="row"]')

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
    visitor = await visit(browser, server.url, { locale, width })
    page = visitor.page
    page.setDefaultTimeout(15_000)
    await setUp(page)
    const names = ['欧阳静怡', '王伟', '陈婉清']
    const people: string[] = []
    for (const name of names) people.push((await call(page, customers.create, { body: { kind: 'person', values: { name } } })).id)
    buyer = people[0] ?? ''
    const product = { brand: '知味', unit: '盒' }
    await call(page, catalog.createProduct, {
      body: { ...product, code: 'TEA-1', name: '明前龙井 250g', category: '绿茶', price: 1_980_000, cost: 800_000 },
    })
    await call(page, catalog.createProduct, {
      body: { ...product, code: 'TEA-2', name: '武夷肉桂 100g', category: '乌龙茶', price: 1_280_000 },
    })
    for (const [index, customerId] of people.entries()) {
      await call(page, catalog.createOrder, {
        body: {
          customerId,
          number: `SO-${index + 1}`,
          placedAt: `2026-11-0${index + 1}T10:42:00+08:00`,
          shop: '滨江店',
          items: [
            { productCode: 'TEA-1', productName: '明前龙井 250g', quantity: (index + 1) * 1000, unitPrice: 1_980_000 },
            ...(index === 0 ? [] : [{ productCode: 'TEA-2', quantity: 1000, unitPrice: 1_280_000, discount: 800 }]),
          ],
        },
      })
    }
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('main').innerText())
    const complaints = visitor.complaints.splice(0)
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })

  async function looksRight() {
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing scrolls sideways').toBe(true)
  }

  test('a category’s count is the length of its list, and the filter is in the address', async () => {
    await page.goto('/products')
    await rowsOf('products.list').first().waitFor()
    await looksRight()
    await press(`＋ ${t('product.category')}`)
    await page.getByLabel(/绿茶/).check()
    await page.waitForURL(/category=/)
    await expect.poll(() => rowsOf('products.list').count(), patient).toBe(1)
    await page.getByText(t('products.total', { number: '1', count: 1 })).waitFor()
    await page.goto('/products?q=nothing-like-it')
    await page.getByText(t('products.none')).waitFor()
    await looksRight()
  })

  test('a product’s orders and buyers are as many as its figures say', async () => {
    await page.goto('/products?q=TEA-1')
    await page.getByRole('link', { name: '明前龙井 250g' }).click()
    await page.getByRole('heading', { level: 1, name: '明前龙井 250g' }).waitFor()
    await expect.poll(async () => numberIn(await figure('product.buyers').locator('b').innerText()), patient).toBe(3)
    await expect.poll(() => rowsOf('product.buyers.title').count(), patient).toBe(3)
    expect(numberIn(await figure('product.sold').locator('b').innerText())).toBe(6)
    await looksRight()
    const orders = numberIn(await figure('product.orders').locator('b').innerText())
    await figure('product.orders').getByRole('link').click()
    await page.waitForURL(/product=TEA-1/)
    await expect.poll(() => rowsOf('orders.list').count(), patient).toBe(orders)
    await page.getByText(t('orders.total.orders', { number: String(orders) })).waitFor()
  })

  test('a product is made and changed by a form that says what is wrong beside the field', async () => {
    await page.goto('/products/new')
    await press(t('action.save'))
    await page.getByRole('alert').first().waitFor()
    await looksRight()
    await page.getByLabel(t('product.name'), { exact: true }).fill('白牡丹 50g')
    await page.getByLabel(t('product.code'), { exact: true }).fill('TEA-3')
    await page.getByLabel(`${t('product.price')} (CNY)`).fill('68.5')
    await press(t('action.save'))
    await page.getByRole('heading', { level: 1, name: '白牡丹 50g' }).waitFor()
    expect(await figure('product.price').locator('b').innerText()).toMatch(/68\.50$/)
    await page.getByRole('link', { name: t('product.edit') }).click()
    await page.getByLabel(t('product.brand'), { exact: true }).fill('知味')
    await press(t('action.save'))
    await page.getByRole('heading', { level: 1, name: '白牡丹 50g' }).waitFor()
    await page.getByRole('main').getByText(/知味/).first().waitFor()
  })

  test('the total of a list is that of its orders; a period has its last day in it', async () => {
    await page.goto('/orders?from=2026-11-02&to=2026-11-03')
    await expect.poll(() => rowsOf('orders.list').count(), patient).toBe(2)
    await page.getByText(t('orders.total.orders', { number: '2' })).waitFor()
    // 2 × 198 + 120 and 3 × 198 + 120.
    await page
      .getByText(/1,230\.00/)
      .first()
      .waitFor()
    await looksRight()
    await page.goto('/orders?status=cancelled')
    await page.getByText(t('orders.none')).waitFor()
    await looksRight()
  })

  test('an order is cancelled after a look at what that means, and comes back from the message', async () => {
    await page.goto('/orders?q=SO-2')
    await page.getByRole('link', { name: 'SO-2', exact: true }).click()
    await page.getByRole('table', { name: t('order.items') }).waitFor()
    await looksRight()
    await press(t('order.cancel'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/516\.00/).waitFor()
    await dialog.getByRole('button', { name: t('order.cancel'), exact: true }).click()
    await page.getByText(t('order.status.cancelled'), { exact: true }).waitFor()
    await press(t('action.undo'))
    await page.getByText(t('order.status.completed'), { exact: true }).waitFor()
    expect((await call(page, catalog.orderTotals, {})).cancelled).toBe(0)
  })

  test('an order is entered by hand for somebody who is found by name', async () => {
    await page.goto('/orders/new')
    await page.getByLabel(t('order.new.customer.find')).fill('欧阳')
    await page.getByRole('button', { name: /欧阳静怡/ }).click()
    await page.waitForURL(new RegExp(buyer))
    await page.getByLabel(t('order.number'), { exact: true }).fill('H-1')
    await page.getByLabel(t('order.item.code')).fill('TEA-9')
    await page.getByLabel(t('order.item.unitPrice')).fill('12.5')
    await page.getByLabel(t('order.item.quantity')).fill('2')
    await looksRight()
    await press(t('action.save'))
    await page.getByRole('heading', { level: 1, name: /H-1/ }).waitFor()
    expect(
      await page
        .getByRole('table', { name: t('order.items') })
        .locator('tfoot')
        .innerText(),
    ).toContain('25.00')
  })
})
