import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { open, settled, watchRequests } from './at-rest.ts'
import { accessibilityFaults, launchBrowser, visit } from './browser.ts'
import { setUp } from './company.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const where = (condition: object) => encodeURIComponent(JSON.stringify({ match: 'all', conditions: [condition] }))

/** Every page that has nothing to show in a company of one person and no customer. */
const emptyPages = [
  '/',
  '/customers',
  `/customers?view=birthdays&where=${where({ field: 'birthday', operator: 'within-days', value: 7 })}`,
  `/customers?view=at-risk&where=${where({ field: 'rfmGroup', operator: 'in', value: ['at-risk'] })}`,
  `/customers?view=pool&where=${where({ field: 'owner', operator: 'empty' })}`,
  '/imports',
  '/rfm',
  '/abc',
  '/clv',
  '/orders',
  '/products',
  '/jobs',
  '/people/teams',
  '/api-keys',
  '/settings?tab=rates',
]

let browser: Browser
let server: TestServer
beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
  const first = await visit(browser, server.url, { locale: 'zh-CN' })
  await setUp(first.page)
  await first.close()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.stop()
})

test.each([
  { locale: 'zh-CN', width: 1440, colorScheme: 'light' },
  { locale: 'en', width: 390, colorScheme: 'dark' },
] as const)('in an empty company each page says why it is empty and what comes next, in $locale at $width px', async (wish) => {
  const visitor = await visit(browser, server.url, wish)
  const { page } = visitor
  watchRequests(page)
  const me = { email: 'lin@example.com', password: 'tea-house-river-9' }
  await page.request.post('/api/v1/session', { data: me, headers: { origin: server.url, 'sec-fetch-site': 'same-origin' } })
  await page.goto('/')
  await page.waitForFunction(settled)
  for (const path of emptyPages) {
    await open(page, path)
    const empty = page.getByRole('main').locator('.empty')
    expect(await empty.count(), path).toBe(1)
    const [title = '', text = ''] = await empty.locator('strong, p').allInnerTexts()
    expect([title.length > 3, text.length > 8], `${path}: ${title} ${text}`).toEqual([true, true])
    // The next step is a button in its middle, or the form that stands above.
    const steps = (await empty.getByRole('link').count()) + (await empty.getByRole('button').count())
    const forms = await page.getByRole('main').locator('form, input[type="file"]').count()
    expect(steps + forms, `${path} has no next step`).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
    expect(await accessibilityFaults(page), path).toEqual([])
  }
  expect(visitor.complaints).toEqual([])
  await visitor.close()
})
