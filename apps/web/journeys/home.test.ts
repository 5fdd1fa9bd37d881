import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { setUp } from './company.ts'
import { people } from './files.ts'
import { giveSmallCompany } from './small-company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440 },
  { language: 'en', locale: 'en', width: 390 },
] as const)('today, in $language at $width px', ({ language, locale, width }) => {
  let server: TestServer
  let visitor: Visit
  let page: Page
  const t = textsIn(language, texts)
  const figure = (key: keyof typeof texts) => page.getByRole('region', { name: t(key), exact: true })
  const count = async (key: keyof typeof texts) => Number((await figure(key).locator('b').innerText()).replaceAll(/\D/g, ''))

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
    visitor = await visit(browser, server.url, { locale, width })
    page = visitor.page
    page.setDefaultTimeout(20_000)
    await setUp(page)
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  test('an empty company is shown the two ways to begin', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: t('home.first.demo') }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('link', { name: t('home.first.own') }).click()
    await page.waitForURL(/imports\/new/)
  })

  test('with customers and orders, the figures stand there, and what waits', async () => {
    await giveSmallCompany(page)
    await page.goto('/')
    await page.getByRole('heading', { name: t('home.todo.title') }).waitFor()
    await page
      .getByRole('link', { name: /customers\.csv/ })
      .first()
      .waitFor()
    await page.getByRole('heading', { name: t('home.orders.title') }).waitFor()
    expect(await count('home.figure.all')).toBe(people)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test.each(['home.figure.all', 'home.figure.new', 'home.figure.active', 'home.figure.at-risk'] as const)(
    '%s leads to a list of as many',
    async (key) => {
      await page.goto('/')
      const wanted = await count(key)
      await figure(key).getByRole('link').click()
      await page.waitForURL(/\/customers/)
      const grid = page.getByRole('grid')
      if (wanted === 0)
        await page
          .getByRole('link', { name: t('customers.noRisk.action') })
          .or(page.locator('.empty'))
          .first()
          .waitFor()
      else await expect.poll(() => grid.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe(String(wanted + 1))
    },
  )

  test('sales of the month lead to the orders that make them', async () => {
    await page.goto('/')
    await figure('home.figure.sales').getByRole('link').click()
    await page.waitForURL(/\/orders\?.*from=/)
    expect(new URL(page.url()).searchParams.get('status')).toBe('counting')
  })

  test('what a figure means is one press away', async () => {
    await page.goto('/')
    await figure('home.figure.active').getByRole('button').click()
    await page.getByText(t('home.figure.active.formula', { days: '90' })).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  test('sales by month can be read as a table', async () => {
    await page
      .getByRole('button', { name: t('chart.asTable') })
      .first()
      .click()
    await page.getByRole('columnheader', { name: t('home.sales.column.net') }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(visitor.complaints).toEqual([])
  })
})
