import { fileURLToPath } from 'node:url'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer, type TestUser } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { call } from './company.ts'
import { csvFile } from './files.ts'
import { importFile } from './small-company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  {
    language: 'zh',
    locale: 'zh-CN',
    width: 1440,
    colorScheme: 'light',
    noCustomer: '没有这位客户',
    noOrder: '没有这个订单',
    broke: '系统出错',
  },
  {
    language: 'en',
    locale: 'en',
    width: 390,
    colorScheme: 'dark',
    noCustomer: 'No such customer',
    noOrder: 'No such order',
    broke: 'Something broke on our side',
  },
] as const)('what is gone and what breaks, in $language at $width px', ({ language, noCustomer, noOrder, broke, ...wish }) => {
  let server: TestServer
  let admin: TestUser
  let visitor: Visit
  let page: Page
  const t = textsIn(language, texts)
  const button = (key: keyof typeof texts) => page.getByRole('button', { name: t(key), exact: true })
  const cityButton = () => page.getByRole('button', { name: new RegExp(`^${t('values.edit', { field: t('field.city') })}`) })
  const alert = (text: string) => page.getByRole('alert').filter({ hasText: text })
  /** As somebody comes back to the window: what is on it is read anew. */
  const lookAgain = () => page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  const looksRight = async () => {
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }

  beforeAll(async () => {
    server = await startTestServer({ webFolder, logger: createLogger('fatal') })
    admin = await server.given.administrator()
    visitor = await visit(browser, server.url, wish)
    page = visitor.page
    page.setDefaultTimeout(15_000)
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })
  const be = (user: TestUser) => page.context().setExtraHTTPHeaders({ authorization: `Bearer ${user.apiKey}` })

  describe('a record that goes out of reach while it is open', () => {
    let ben: TestUser
    let customer: customers.Customer
    let order: catalog.Order
    const handOver = async (ownerId: string) => {
      const { version } = await server.as(admin)(customers.get, { params: { id: customer.id } })
      await server.as(admin)(customers.edit, { params: { id: customer.id }, body: { ownerId } }, { version })
    }
    beforeAll(async () => {
      ben = await server.given.user({
        grants: ['customer.read', 'customer.edit', 'order.read', 'order.edit'],
        scope: 'own',
        personal: 'clear',
      })
      const api = server.as(admin)
      const values = { name: '林小满', city: '杭州市' }
      customer = await api(customers.create, { body: { kind: 'person', values, ownerId: ben.id } })
      const items = [{ productName: '龙井', quantity: 1000, unitPrice: 1_980_000 }]
      order = await api(catalog.createOrder, {
        body: { customerId: customer.id, number: 'A-1', placedAt: '2026-03-01T10:00:00Z', items },
      })
      await be(ben)
    })

    test('a customer who was handed over: the refusal stands beside what was typed, then the page says where one may go', async () => {
      await page.goto(`/customers/${customer.id}`)
      await cityButton().click()
      await page.getByLabel(t('field.city'), { exact: true }).fill('绍兴市')
      await handOver(admin.id)
      await button('action.save').click()
      await alert(noCustomer).waitFor()
      expect(await page.getByLabel(t('field.city'), { exact: true }).inputValue()).toBe('绍兴市')
      await looksRight()
      await lookAgain()
      await page.getByText(t('customer.gone'), { exact: true }).waitFor()
      expect(await page.getByText('林小满').count()).toBe(0)
      await looksRight()
      await page.getByRole('link', { name: t('customer.gone.action') }).click()
      await page.getByText(t('customers.empty'), { exact: true }).waitFor()
      const now = await server.as(admin)(customers.get, { params: { id: customer.id } })
      expect(now.city).toBe('杭州市')
    })

    test('an order of theirs: cancelling is refused in words, and the page leads back to the orders', async () => {
      await handOver(ben.id)
      await page.goto(`/orders/${order.id}`)
      await button('order.cancel').click()
      await handOver(admin.id)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('order.cancel'), exact: true })
        .click()
      await page.getByText(noOrder).first().waitFor()
      await lookAgain()
      await page.getByRole('main').getByText(t('problem.gone')).waitFor()
      await looksRight()
      await page.getByRole('link', { name: t('orders.back') }).click()
      await page.getByText(t('orders.empty'), { exact: true }).waitFor()
    })

    test('a product whose import is taken back', async () => {
      await be(admin)
      await page.goto('/')
      const id = await importFile(
        page,
        csvFile('products.csv', [
          ['商品编码', '商品名称', '单价'],
          ['P9', '白茶', '30'],
        ]),
      )
      const [product] = (await call(page, catalog.listProducts, { query: { search: 'P9' } })).items
      await page.goto(`/products/${product?.id}`)
      await page.getByRole('heading', { level: 1, name: '白茶' }).waitFor()
      await call(page, imports.undo, { params: { id } })
      await expect.poll(async () => (await call(page, imports.get, { params: { id } })).state).toBe('undone')
      await page.waitForTimeout(5100)
      await lookAgain()
      await page.getByRole('main').getByText(t('problem.gone')).waitFor()
      await page.getByRole('link', { name: t('products.back') }).click()
      await page.getByText(t('products.empty'), { exact: true }).waitFor()
    })
  })

  describe('when the server breaks', () => {
    /** Lets every change of a table fail as nobody has foreseen. */
    const breakWrites = (table: string) =>
      server.owner.unsafe(`
        create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;
        create trigger broken before insert or update on ${table} for each row execute function broken()`)
    const mend = (table: string) => server.owner.unsafe(`drop trigger broken on ${table}`)

    test('a list that cannot be read says so, with a number to ask about and another try', async () => {
      await be(admin)
      await server.owner`alter table orders rename to orders_away`
      await page.goto('/orders')
      await page.getByText(broke).first().waitFor()
      const [number] = /[0-9a-f-]{36}/.exec(await page.getByRole('main').innerText()) ?? []
      expect(number).toBeDefined()
      await looksRight()
      await server.owner`alter table orders_away rename to orders`
      await button('action.retry').first().click()
      await page.getByRole('grid', { name: t('orders.list') }).waitFor()
    })

    test('a value that cannot be saved stays typed, and is saved once it can be', async () => {
      const made = await server.as(admin)(customers.create, { body: { kind: 'person', values: { name: '王芳', city: '杭州市' } } })
      await page.goto(`/customers/${made.id}`)
      await cityButton().click()
      await page.getByLabel(t('field.city'), { exact: true }).fill('宁波市')
      await breakWrites('customer')
      await button('action.save').click()
      await alert(broke).waitFor()
      expect(await page.getByLabel(t('field.city'), { exact: true }).inputValue()).toBe('宁波市')
      await looksRight()
      await mend('customer')
      await button('action.save').click()
      await page.getByRole('button', { name: /宁波市$/ }).waitFor()
    })

    test('a form keeps everything, and makes one customer of two tries', async () => {
      await page.goto('/customers/new')
      await page.getByLabel(t('field.name'), { exact: true }).fill('赵敏')
      await page.getByLabel(t('field.phone'), { exact: true }).fill('13700137002')
      await breakWrites('customer')
      const save = page.getByRole('main').locator('button[type="submit"]')
      await save.click()
      await page.getByRole('main').getByText(broke).waitFor()
      expect(await page.getByLabel(t('field.name'), { exact: true }).inputValue()).toBe('赵敏')
      expect(await page.getByLabel(t('field.phone'), { exact: true }).inputValue()).toBe('13700137002')
      await looksRight()
      await mend('customer')
      await save.click()
      await page.getByRole('heading', { level: 1, name: /赵敏/ }).waitFor()
      expect((await server.as(admin)(customers.count, { query: { search: '赵敏' } })).count).toBe(1)
      expect(visitor.complaints).toEqual([])
    })
  })
})
