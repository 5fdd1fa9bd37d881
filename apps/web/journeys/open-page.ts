import type { Page } from 'playwright-core'

declare global {
  // oxlint-disable-next-line no-var -- what the router tells of itself
  var __TSR_ROUTER__: { routesByPath: object; state: { status: string }; navigate(to: { href: string }): Promise<void> }
}

/** The routes of the app that was built, by its own router. */
export const routesOf = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(__TSR_ROUTER__.routesByPath))

/** Runs in the page: whether it has something to show and waits for no part of itself. */
export const settled = (): boolean =>
  document.querySelector('main h1') !== null && document.querySelector('main .skeleton') === null && __TSR_ROUTER__.state.status === 'idle'

/** Goes to an address without loading the app again, as somebody inside it does. */
export async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((href) => __TSR_ROUTER__.navigate({ href }), address)
  await rest(page)
}

const asked = new WeakMap<Page, Set<unknown>>()

/** Notes which answers of the server a page waits for; the stream of events never ends. */
export function watchRequests(page: Page): void {
  const underWay = new Set<unknown>()
  asked.set(page, underWay)
  page.on('request', (request) => {
    if (request.url().includes('/api/') && !request.url().endsWith('/events')) underWay.add(request)
  })
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
}

/** Until the page shows what it has to show, in the language that it has now. */
export async function rest(page: Page): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await page.waitForFunction(settled, undefined, { timeout: 20_000 })
    await page.waitForTimeout(60)
    quiet = asked.get(page)?.size === 0 ? quiet + 1 : 0
  }
}
