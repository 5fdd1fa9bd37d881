import type { Page } from 'playwright-core'

declare global {
  // oxlint-disable-next-line no-var -- what the router tells of itself
  var __TSR_ROUTER__: { routesByPath: object; state: { status: string }; navigate(to: { href: string }): Promise<void> }
}

/** The routes of the app that was built, by its own router. */
export const routesOf = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(__TSR_ROUTER__.routesByPath))

/** The address of a route, with a record that is there in each of its places; see `giveSmallCompany`. */
export function addressOf(route: string, records: Readonly<Record<string, string>>): string {
  if (route === '/$') return '/no-such-page'
  const record = records[route] ?? records[route.slice(0, route.indexOf('/', route.indexOf('$')))]
  if (route.includes('$') && record === undefined) throw new Error(`small-company.ts has no record for ${route}`)
  return route.replace(/\$\w+/, record ?? '')
}

/** Runs in the page. */
export const settled = () =>
  document.querySelector('main h1') !== null && document.querySelector('main .skeleton') === null && __TSR_ROUTER__.state.status === 'idle'

const asked = new WeakMap<Page, Set<unknown>>()

/** Notes which answers of the server a page waits for; the stream of events never ends. */
export function watchRequests(page: Page): void {
  const open = new Set<unknown>()
  asked.set(page, open)
  page.on('request', (request) => {
    if (request.url().includes('/api/') && !request.url().endsWith('/events')) open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Until a page that is watched shows what it has to show, in the language that it has now. */
export async function rest(page: Page): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await page.waitForFunction(settled, undefined, { timeout: 20_000 })
    await page.waitForTimeout(60)
    quiet = asked.get(page)?.size === 0 ? quiet + 1 : 0
  }
}

/** Goes to an address without loading the app again, as somebody inside it does. */
export async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((href) => __TSR_ROUTER__.navigate({ href }), address)
  await rest(page)
}
