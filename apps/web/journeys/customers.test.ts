import { fileURLToPath } from 'node:url'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer, type TestUser } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import type { TextPair } from '../src/ui/text-pair.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const password = 'tea-house-river-9'
/** Long enough that most of the list is not there. */
const crowd = 3000
const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 })
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440 },
  { language: 'en', locale: 'en', width: 1440 },
] as const)('the customers, in $language', ({ language, locale, width }) => {
  let server: TestServer
  let visitor: Visit
  let page: Page
  let colleague: TestUser
  let ouyang: customers.Customer
  let twin: customers.Customer
  const t = (key: keyof typeof texts, values: Record<string, string> = {}) => {
    const text = (texts as Record<string, TextPair>)[key]![language]
    return Object.entries(values).reduce(
      (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
      typeof text === 'string' ? text : text.other,
    )
  }
  const press = (key: keyof typeof texts) => page.getByRole('button', { name: t(key), exact: true }).click()
  const grid = () => page.getByRole('grid', { name: t('customers.list') })
  const rowsInList = async () => Number(await grid().getAttribute('aria-rowcount')) - 1
  const number = (text: string) => Number(text.replace(/\D/g, ''))

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
    const me = { name: '林晓', email: 'lin@example.com', password }
    const company = { name: '知味茶庄', timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' as const }
    await server.as(undefined)(setup.run, { body: { company, administrator: me } })
    colleague = await server.given.administrator()
    const add = server.as(colleague)
    ouyang = await add(customers.create, {
      body: { kind: 'person', values: { name: '欧阳静怡', phone: '13812346721', city: '杭州市', memberLevel: 'Gold', taboo: '桂花过敏' } },
    })
    twin = await add(customers.create, { body: { kind: 'person', values: { name: '欧阳静宜', phone: '13912340043', city: '上海市' } } })
    for (let i = 0; i < 4; i += 1) {
      const item = { productName: '明前龙井', quantity: 1000, unitPrice: 48_600 }
      await add(catalog.createOrder, {
        body: { customerId: ouyang.id, number: `W${i}`, placedAt: `2026-0${i + 1}-03T10:00:00Z`, items: [item] },
      })
    }
    await server.owner`
      insert into customer (id, kind, name, name_sort, spent, created_at)
      select gen_random_uuid(), 'organization', 'Tea house ' || i, 'tea house ' || i, i, now() - i * interval '1 hour'
        from generate_series(1, ${crowd}) i`
    await server.owner`
      insert into users (id, name, email) select gen_random_uuid(), '店员 ' || i, i || '@test.invalid' from generate_series(1, 300) i`
    visitor = await visit(browser, server.url, { locale, width })
    page = visitor.page
    page.setDefaultTimeout(15_000)
    const signedIn = await page.request.post('/api/v1/session', {
      data: { email: me.email, password },
      headers: { origin: server.url, 'sec-fetch-site': 'same-origin' },
    })
    if (!signedIn.ok()) throw new Error(await signedIn.text())
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  test('each view says how many it holds, and holds as many', async () => {
    await page.goto('/customers')
    await grid().waitFor()
    await eventually(rowsInList).toBe(crowd + 2)
    for (const view of ['customers.view.all', 'customers.view.pool'] as const) {
      const tab = page.getByRole('navigation', { name: t('customers.views') }).getByRole('link', { name: t(view) })
      await tab.click()
      await eventually(async () => number(await tab.innerText())).toBeGreaterThan(0)
      await eventually(rowsInList).toBe(number(await tab.innerText()))
    }
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('one jumps to the end and to a position: places are there at once, rows follow', async () => {
    await page.goto('/customers?sort=spent')
    await grid()
      .getByRole('row', { name: new RegExp(`Tea house ${crowd}\\b`) })
      .waitFor()
    await grid().locator('[data-index="0"]').focus()
    await page.keyboard.press('End')
    const last = grid().locator(`[data-index="${crowd + 1}"]`)
    await eventually(() => last.evaluate((row) => row === document.activeElement)).toBe(true)
    await last.getByText(/C-\d+/).waitFor()
    await page.getByLabel(t('customers.goTo')).fill('1500')
    await page.keyboard.press('Enter')
    const wanted = grid().locator('[data-index="1499"]')
    // Of the best there are four orders of one guest, then the crowd from the highest number down.
    await wanted.getByText(`Tea house ${crowd - 1498}`).waitFor()
    expect(await wanted.getAttribute('aria-rowindex')).toBe('1501')
  })

  test('a filter has alternatives, lives in the address, and is kept as a view', async () => {
    await page.goto('/customers')
    await page.getByRole('button', { name: t('condition.new') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('field.city'), exact: true })
      .click()
    await page.getByRole('checkbox', { name: /杭州市/ }).check()
    await press('condition.add')
    await eventually(rowsInList).toBe(1)
    await page.getByRole('button', { name: new RegExp(`${t('field.city')} 杭州市`) }).click()
    await page.getByRole('button', { name: t('condition.or') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('list.field.spent'), exact: true })
      .click()
    await page.getByLabel(t('list.field.spent'), { exact: true }).fill('29')
    await press('condition.add')
    // 29.00 and more are 2,900 and more of the crowd's 1 to 3,000 in the smallest unit.
    await eventually(rowsInList).toBe(1 + crowd - 2900 + 1)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    await eventually(rowsInList).toBe(1 + crowd - 2900 + 1)
    await page.getByRole('button', { name: t('customers.view.save') }).click()
    await page.getByLabel(t('customers.view.name')).fill('Spring')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('action.save') })
      .click()
    const saved = page.getByRole('navigation', { name: t('customers.views') }).getByRole('link', { name: /^Spring/ })
    await saved.click()
    await eventually(async () => number(await saved.innerText())).toBe(1 + crowd - 2900 + 1)
    await page.getByRole('button', { name: t('customers.view.menu', { name: 'Spring' }) }).click()
    await page.getByRole('menuitem', { name: t('customers.view.delete') }).click()
    await press('action.undo')
    await saved.waitFor()
  })

  test('by the keyboard alone somebody is found, marked and opened', async () => {
    await page.goto('/customers')
    await grid().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('ouyangjingyi')
    await eventually(rowsInList).toBe(2)
    await grid()
      .getByRole('row', { name: /欧阳静怡/ })
      .waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText(t('customers.selected', { count: '1' })).waitFor()
    await grid()
      .getByRole('row', { name: /欧阳静怡/ })
      .focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /欧阳静怡/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/customers/${ouyang.id}`)
  })

  test('the figure of orders leads to as many orders', async () => {
    await page.goto(`/customers/${ouyang.id}`)
    const figure = page.getByRole('region', { name: t('customer.figure.orders'), exact: true })
    expect(number(await figure.locator('b').innerText())).toBe(4)
    await figure.getByRole('link').click()
    await eventually(() =>
      page
        .getByRole('list', { name: t('timeline.order') })
        .locator('> li')
        .count(),
    ).toBe(4)
    await page.getByText(t('orders.lines')).first().click()
    await page.getByText('明前龙井 × 1').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a contact that is noted stands in the timeline', async () => {
    await page.goto(`/customers/${ouyang.id}`)
    await press('contact.open')
    await page.getByLabel(t('contact.content')).fill('问礼盒能否定制贺卡')
    expect(await accessibilityFaults(page)).toEqual([])
    await press('contact.save')
    const noted = page.getByRole('list', { name: t('customer.tab.timeline') }).getByText('问礼盒能否定制贺卡')
    await eventually(() => noted.count()).toBe(1)
  })

  test('when somebody else was quicker, theirs and mine stand side by side and nothing typed is lost', async () => {
    await page.goto(`/customers/${ouyang.id}`)
    const level = page.getByRole('button', { name: new RegExp(`^${t('values.edit', { field: t('field.memberLevel') })}`) })
    await level.click()
    await page.getByLabel(t('field.memberLevel')).fill('Platinum')
    const now = await server.as(colleague)(customers.get, { params: { id: ouyang.id } })
    await server.as(colleague)(
      customers.edit,
      { params: { id: ouyang.id }, body: { values: { memberLevel: 'Silver' } } },
      { version: now.version },
    )
    await press('action.save')
    const alert = page.getByRole('alert').filter({ hasText: 'Silver' })
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Platinum')
    expect(await accessibilityFaults(page)).toEqual([])
    await press('conflict.mine')
    await page.getByRole('button', { name: /: Platinum$/ }).waitFor()
    await press('action.undo')
    await page.getByRole('button', { name: /: (Gold|Silver)$/ }).waitFor()
  })

  test('two records of one person are merged with the figures of both in view, and taken apart again', async () => {
    await page.goto(`/customers/${ouyang.id}`)
    await press('merge.open')
    await page.getByLabel(t('merge.find')).fill('欧阳静宜')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /欧阳静宜/ })
      .click()
    await page.getByRole('dialog').getByText(twin.code).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('merge.do'), exact: true })
      .click()
    await page.getByRole('heading', { name: t('profiles.title', { count: '2' }) }).waitFor()
    await press('action.undo')
    await page
      .getByRole('heading', { name: language === 'zh' ? t('profiles.title', { count: '1' }) : 'Made of 1 source profile' })
      .waitFor()
  })

  const open = async (id: string) => {
    await page.goto(`/customers/${id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const valuesOf = async (id: string) => {
    const { province, city, district } = (await server.as(colleague)(customers.get, { params: { id } })).values
    return [province, city, district]
  }
  const option = (name: string) => page.getByRole('option', { name, exact: true })

  test('province, city and district are chosen together by the keyboard alone, and taken back together', async () => {
    await open(ouyang.id)
    await page.getByRole('button', { name: new RegExp(`^${t('values.edit', { field: t('field.city') })}`) }).focus()
    await page.keyboard.press('Enter')
    const region = page.getByRole('combobox', { name: t('region.label') })
    await eventually(() => region.inputValue()).toBe('浙江省 / 杭州市')
    await page.keyboard.press('ArrowDown')
    await option('西湖区').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    // Up to the cities, by initials to another one, into it, and to a district.
    await page.keyboard.press('Backspace')
    await eventually(() => region.inputValue()).toBe('浙江省')
    await page.keyboard.type('nb')
    await page.getByRole('option', { name: '宁波市 浙江省' }).waitFor()
    await page.keyboard.press('Enter')
    await option('镇海区').waitFor()
    await page.keyboard.type('镇海')
    await page.keyboard.press('Enter')
    await eventually(() => region.inputValue()).toBe('浙江省 / 宁波市 / 镇海区')
    await page.keyboard.press('Enter')
    await page.getByText(t('values.saved', { field: t('region.label') })).waitFor()
    expect(await valuesOf(ouyang.id)).toEqual(['浙江省', '宁波市', '镇海区'])
    await press('action.undo')
    await eventually(() => valuesOf(ouyang.id)).toEqual(['浙江省', '杭州市', undefined])
  })

  test('a place that is in no list is typed', async () => {
    await open(twin.id)
    await page.getByRole('button', { name: new RegExp(`^${t('values.edit', { field: t('field.city') })}`) }).click()
    await press('region.byHand')
    await page.getByLabel(t('field.province'), { exact: true }).fill('Ontario')
    await page.getByLabel(t('field.city'), { exact: true }).fill('Toronto')
    await page.keyboard.press('Enter')
    await page.getByText(t('values.saved', { field: t('region.label') })).waitFor()
    expect(await valuesOf(twin.id)).toEqual(['Ontario', 'Toronto', undefined])
  })

  test('a new customer gets a region in three presses, and an owner found among hundreds by typing', async () => {
    await page.goto('/customers/new')
    await page.getByLabel(t('field.name'), { exact: true }).fill(`沈括 ${language}`)
    await page.getByRole('combobox', { name: t('region.label') }).click()
    for (const name of ['江苏省', '苏州市', '昆山市']) await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
    const owner = page.getByRole('combobox', { name: t('placement.owner') })
    await eventually(() => owner.inputValue()).toBe(t('picker.me', { name: '林晓' }))
    await owner.click()
    const list = page.getByRole('listbox', { name: t('placement.owner') })
    await list.getByRole('option').nth(10).waitFor()
    expect(await list.getByRole('option').count()).toBeLessThanOrEqual(50)
    expect(await accessibilityFaults(page)).toEqual([])
    await owner.fill('店员 287')
    await option('店员 287').click()
    await press('customer.new.save')
    await page.getByText(t('customer.new.saved', { name: `沈括 ${language}` })).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await valuesOf(id)).toEqual(['江苏省', '苏州市', '昆山市'])
    await page.getByRole('button', { name: /店员 287/ }).waitFor()
  })

  test('a customer is handed over, and back by undo; the list is filtered by who looks after them', async () => {
    await open(ouyang.id)
    await page.getByRole('button', { name: new RegExp(`^${t('placement.title')}`) }).click()
    const owner = page.getByRole('combobox', { name: t('placement.owner') })
    await owner.fill('店员 12')
    await page.keyboard.press('Escape')
    await eventually(() => owner.inputValue()).toBe(colleague.name)
    await owner.fill('店员 112')
    await option('店员 112').waitFor()
    await page.keyboard.press('Enter')
    await press('action.save')
    await page.getByText(t('placement.saved', { who: '店员 112' })).waitFor()
    expect((await server.as(colleague)(customers.get, { params: { id: ouyang.id } })).owner?.name).toBe('店员 112')
    await press('action.undo')
    await page.getByRole('button', { name: new RegExp(`${t('placement.owner')} ${colleague.name}`) }).waitFor()
    await page.goto('/customers')
    await page.getByRole('button', { name: new RegExp(t('condition.new')) }).click()
    await page.getByRole('button', { name: t('list.field.owner'), exact: true }).click()
    await page.getByRole('combobox', { name: t('list.field.owner') }).fill(colleague.name)
    await option(colleague.name).click()
    await press('condition.add')
    await page.getByRole('button', { name: new RegExp(`${t('list.field.owner')} ${colleague.name}`) }).waitFor()
    await eventually(rowsInList).toBeLessThan(10)
    expect(await rowsInList()).toBeGreaterThan(0)
  })

  test('whoever is not there is answered in words, with the way back', async () => {
    await page.goto('/customers/00000000-0000-7000-8000-000000000000')
    await page.getByText(t('customer.gone'), { exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('link', { name: t('customer.gone.action') }).click()
    await grid().waitFor()
  })

  test('the list leaves as a file for a purpose that is named', async () => {
    await page.goto('/customers?q=ouyang')
    await eventually(rowsInList).toBe(2)
    await press('action.export')
    await page.getByLabel(t('customers.export.purpose')).selectOption('service')
    await page.getByRole('radio', { name: 'CSV' }).check({ force: true })
    expect(await accessibilityFaults(page)).toEqual([])
    const download = page.waitForEvent('download')
    await press('customers.export.do')
    expect((await download).suggestedFilename()).toBe(`${t('customers.title')}.csv`)
  })

  test('at 390 px nothing scrolls sideways, on the list, the page and the form', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of ['/customers', `/customers/${ouyang.id}`, '/customers/new']) {
      await page.goto(path)
      await page.getByRole('main').waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
      expect(await accessibilityFaults(page), path).toEqual([])
    }
    expect(visitor.complaints).toEqual([])
  })
})
