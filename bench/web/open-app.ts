import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../apps/web/journeys/browser.ts'
import type { World } from '../world.ts'

/** How many times slower than this machine the browser's processor is made. */
export const slowdown = 4

const watch = fileURLToPath(new URL('watch.js', import.meta.url))

/** Opens the app as somebody who was never there: nothing is in a cache. The processor is slowed down. */
export async function openApp(browser: Browser, { app }: World): Promise<{ page: Page; close(): Promise<void> }> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${app.token}` },
    serviceWorkers: 'block',
  })
  await context.addInitScript({ path: watch })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { page, close: () => context.close() }
}

/** Opens the list of customers and waits for its rows. @returns when they were drawn, ms after the page was asked for */
export async function openList(page: Page): Promise<number> {
  await page.goto('/customers', { waitUntil: 'commit' })
  return page.evaluate<number>('bench.rows')
}

export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchBrowser()
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}
