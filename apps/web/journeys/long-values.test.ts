import { fileURLToPath } from 'node:url'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { open, rest, settled, watchRequests } from './at-rest.ts'
import { accessibilityFaults, launchBrowser, visit } from './browser.ts'
import { call, setUp } from './company.ts'
import { run } from './small-company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
/** Sixty characters of each script; the second has no place to break. */
const surnames = ['欧阳慕容司徒'.repeat(10), 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft'.slice(0, 60)]
/** In minor units. */
const amount = 98_765_432_100

let browser: Browser
let server: TestServer
let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>
let addresses: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
  const first = await visit(browser, server.url, { locale: 'zh-CN' })
  const { page } = first
  await setUp(page)
  const product = await call(page, catalog.createProduct, { body: { code: 'BIG', name: '大宗', price: amount * 100 } })
  const people: string[] = []
  let order = ''
  for (const [index, surname] of surnames.entries()) {
    const values = { name: `${surname}${index === 0 ? '静怡' : ' Anna'}`, phone: `1381234000${index}`, city: '杭州市', memberLevel: 'Gold' }
    const { id } = await call(page, customers.create, { body: { kind: 'person', values } })
    people.push(id)
    const items = [{ productCode: 'BIG', productName: '大宗', quantity: 1000, unitPrice: amount * 100 }]
    const placedAt = new Date().toISOString()
    order = (await call(page, catalog.createOrder, { body: { customerId: id, number: `BIG-${index}`, placedAt, items } })).id
  }
  const runId = await run(page, 'rfm')
  addresses = [
    '/',
    '/customers',
    ...people.flatMap((id) => [`/customers/${id}`, `/customers/${id}?tab=orders`, `/customers/${id}?tab=history`]),
    '/orders',
    `/orders/${order}`,
    `/orders/new?customer=${people[1]}`,
    '/products',
    `/products/${product.id}`,
    '/rfm',
    `/runs/${runId}/people`,
  ]
  cookies = await page.context().cookies()
  await first.close()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Texts that stick out of the page or of a card, and amounts of which a part is not to be seen. Runs in the page. */
function broken(): string[] {
  const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX)
  const found: string[] = []
  const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    const parent = node.parentElement
    if (text === '' || !parent?.checkVisibility() || parent.closest('.sr-only')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const isAmount = /\d{3},\d{3},\d{3}/.test(text)
    if (isAmount && range.getClientRects().length > 1) found.push(`in two lines: ${text}`)
    const { right } = range.getBoundingClientRect()
    for (let box: Element | null = parent; box; box = box.parentElement) {
      if (scrolls(box)) break
      const hides = getComputedStyle(box).overflowX !== 'visible'
      const edge = box === document.documentElement ? window.innerWidth : box.getBoundingClientRect().right
      const isEdge = box === document.documentElement || box.matches('.card, [role="gridcell"], td')
      if (right > edge + 1 && (isEdge || hides) && (isAmount || !hides)) {
        found.push(`sticks out of ${box.tagName}.${box.className} by ${Math.round(right - edge)} px: ${text.slice(0, 50)}`)
        break
      }
      if (hides) break
    }
  }
  return found
}

test.each([
  { locale: 'zh-CN', width: 1440, colorScheme: 'light' },
  { locale: 'zh-CN', width: 390, colorScheme: 'dark' },
  { locale: 'en', width: 1440, colorScheme: 'dark' },
  { locale: 'en', width: 390, colorScheme: 'light' },
] as const)('a surname of sixty characters and an amount of nine digits break nothing, in $locale at $width px', async (wish) => {
  const visitor = await visit(browser, server.url, wish)
  const { page } = visitor
  watchRequests(page)
  await page.context().addCookies(cookies)
  await page.goto('/')
  await page.waitForFunction(settled)
  for (const address of addresses) {
    await open(page, address)
    await rest(page)
    expect(await page.evaluate(broken), address).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), address).toBeLessThanOrEqual(0)
  }
  const t = textsIn(wish.locale === 'en' ? 'en' : 'zh', texts)
  const [, , card = ''] = addresses
  await open(page, card)
  await page.getByRole('button', { name: t('merge.open'), exact: true }).click()
  await page.getByLabel(t('merge.find')).fill('Wolfe')
  await page.getByRole('dialog').getByRole('button', { name: /Wolfe/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('merge.do'), exact: true })
    .waitFor()
  const inside = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)
  expect(inside, 'the dialog of merging').toBeLessThanOrEqual(0)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(visitor.complaints).toEqual([])
  await visitor.close()
})
