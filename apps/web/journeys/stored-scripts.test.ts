import { Buffer } from 'node:buffer'
import { fileURLToPath } from 'node:url'
import { urlOf } from '@zhike/contract/client.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as users from '@zhike/contract/platform/users.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { unguarded } from '../../server/test/promises/guards.ts'
import { figure, seed, size } from '../../server/test/promises/proof.ts'
import { open, rest, routesOf, settled, watchRequests } from './at-rest.ts'
import { launchBrowser, type Visit, visit } from './browser.ts'
import { setUp } from './company.ts'
import { payloadsOf } from './payloads.ts'
import { type Planted, plantEverywhere } from './planted.ts'
import { giveSmallCompany, importFile } from './small-company.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const payloads = payloadsOf(200, seed)

let browser: Browser
let server: TestServer
let records: Record<string, string>
let planted: Planted
let invitation: string
let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>

beforeAll(
  async () => {
    browser = await launchBrowser()
    server = await startTestServer({ setUp: false, webFolder })
    const first = await visit(browser, server.url, { locale: 'zh-CN' })
    await setUp(first.page)
    const api = server.as(await server.given.administrator())
    planted = await plantEverywhere(api, payloads, size(4, 200))
    records = await giveSmallCompany(first.page)
    const { text: name } = payloads[1] ?? { text: '' }
    const invited = await api(users.invite, { body: { name, email: 'invited@test.invalid', roleIds: [], teamIds: [] } })
    invitation = new URL(invited.invitation.url).hash
    // Somebody signs in with a browser that has an odd name.
    await first.page.request.post(urlOf(session.signIn), {
      data: { email: 'lin@example.com', password: 'tea-house-river-9' },
      headers: { 'sec-fetch-site': 'same-origin', 'user-agent': payloads[1]?.text ?? '' },
    })
    cookies = await first.page.context().cookies()
    await first.close()
  },
  size(120_000, 1_200_000),
)
afterAll(async () => {
  await browser.close()
  await server.stop()
})

interface Watch {
  visit: Visit
  /** What ran, or was asked for by something that was stored. */
  ran: string[]
  pages: number
  /** Of them those that showed a stored text. */
  shown: number
}

/** A visitor in whose browser everything is noticed that a stored text could do. */
async function watched(withoutPolicy: boolean): Promise<Watch> {
  const visitor = await visit(browser, server.url, { locale: 'zh-CN', withoutPolicy })
  const watch: Watch = { visit: visitor, ran: [], shown: 0, pages: 0 }
  const { page } = visitor
  const context = page.context()
  await context.exposeBinding('pwn', ({ frame }, id) => void watch.ran.push(`${id} ran at ${frame.url()}`))
  context.on('request', (request) => {
    if (request.url().includes('/pwned/')) watch.ran.push(`${request.url()} was asked for`)
  })
  context.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (response.request().resourceType() !== 'document' || response.status() === 0) return
    const kind = pathname.startsWith('/api/') ? 'api' : 'page'
    watch.ran.push(...unguarded(new Map(Object.entries(response.headers())), kind).map((fault) => `${pathname} without ${fault}`))
  })
  page.on('dialog', (dialog) => {
    watch.ran.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.setDefaultTimeout(20_000)
  watchRequests(page)
  await context.addCookies(cookies)
  await page.goto('/')
  await page.waitForFunction(settled)
  return watch
}

/** Runs in the page: elements that only a stored text can have made, and addresses that lead it to run. */
function strangers(): string[] {
  const never = 'script:not([src]), iframe, object, embed, base, meta[http-equiv], marquee, [srcdoc], [style*="pwn"]'
  const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster']
  const leadsAway = (value: string) => {
    const url = URL.canParse(value, location.href) ? new URL(value, location.href) : undefined
    return (
      !/^(?:https?|blob|mailto|tel):$|^data:image/.test(url?.protocol === 'data:' ? value : (url?.protocol ?? '')) ||
      url?.pathname.startsWith('/pwned')
    )
  }
  const isStranger = (element: Element) =>
    element.matches(never) ||
    [...element.attributes].some(({ name, value }) => /^on/i.test(name) || (addresses.includes(name.toLowerCase()) && leadsAway(value)))
  return [...document.querySelectorAll('*')].filter(isStranger).map((element) => element.outerHTML.slice(0, 200))
}

/** Looks at the page as it is. @returns whether it shows a stored text */
async function glance({ visit: { page, complaints }, ran }: Watch, where: string): Promise<boolean> {
  ran.push(...(await page.evaluate(strangers)).map((html) => `${where}: ${html}`))
  ran.push(...complaints.splice(0).map((complaint) => `${where}: ${complaint}`))
  return page.evaluate(() => /pwn/i.test(document.body.innerText))
}

/** Looks also at what it keeps in menus and shows under the pointer. */
async function look(watch: Watch, where: string): Promise<void> {
  const { page } = watch.visit
  watch.pages++
  if (await glance(watch, where)) watch.shown++
  for (const picture of (await page.locator('.chart-picture [role="img"]').all()).slice(0, 3)) {
    await picture.hover({ position: { x: 200, y: 120 } })
    await page.waitForTimeout(100)
    await glance(watch, `${where}, a mark of a picture`)
  }
  const closed = page.locator('main [aria-haspopup]:visible, main [aria-expanded="false"]:visible')
  for (const each of (await closed.all()).slice(0, size(1, 8))) {
    await each.click({ timeout: 2000 }).catch(() => {})
    await glance(watch, `${where}, a menu`)
    await page.keyboard.press('Escape')
  }
}

async function visitAll(watch: Watch, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await open(watch.visit.page, address)
    await look(watch, address)
  }
}

/** An address of each route, with a record that is there. */
const addressesOf = (routes: readonly string[]): string[] =>
  routes
    .filter((route) => !['/setup', '/sign-in', '/link', '/$'].includes(route))
    .map((route) => route.replace(/\$\w+/, records[route] ?? records[route.slice(0, route.indexOf('/', route.indexOf('$')))] ?? 'none'))

/** Looks for what was stored, as people do: in the palette, and by an address somebody sent them. */
async function search(watch: Watch): Promise<void> {
  const { page } = watch.visit
  for (const { text } of payloads.slice(0, size(4, 60))) {
    await open(page, '/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').last().fill(text.slice(0, 100))
    await page.waitForTimeout(300)
    await glance(watch, `the palette, ${text}`)
    await page.keyboard.press('Escape')
    await open(page, `/customers?search=${encodeURIComponent(text.slice(0, 100))}`)
    await glance(watch, `a search for ${text}`)
  }
}

/** A file under an odd name is imported while the page is open: it is told of its end. */
async function hearNotice(watch: Watch): Promise<void> {
  const { page } = watch.visit
  await open(page, '/customers')
  await importFile(page, { name: `${payloads[1]?.text}.csv`, mimeType: 'text/csv', buffer: Buffer.from('客户编号,姓名\nN1,王芳\n') })
  await page.locator('.messages .message').first().waitFor()
  await glance(watch, 'a notice')
  await open(page, '/jobs')
  await look(watch, 'the jobs')
}

/** What the server sends by itself, opened as a page of its own: answers, files, addresses that say more than they should. */
async function openAnswers(watch: Watch): Promise<void> {
  const { page } = watch.visit
  const odd = payloads.slice(0, size(3, 30)).map(({ text }) => encodeURIComponent(text))
  const addresses = [
    urlOf(customers.list, undefined, { limit: 200 }),
    `${urlOf(customers.list)}?sort=${odd[0]}`,
    urlOf(customers.exportFile, undefined, { format: 'csv' }),
    '/api/v1/openapi.json',
    ...planted.files,
    ...planted.pages.filter((path) => path.startsWith('/imports')).map((path) => `/api/v1${path}/failures.csv`),
    ...odd.flatMap((text) => [
      `/api/v1/${text}`,
      `/${text}`,
      `/assets/${text}`,
      `/sign-in?next=${text}`,
      `/sign-in?next=javascript:pwn(7)`,
    ]),
  ]
  for (const address of addresses) {
    // A download is no page: the browser says so by breaking off.
    await page.goto(address, { waitUntil: 'load' }).catch((error: Error) => expect(error.message).toMatch(/Download|ERR_ABORTED/))
    await page.waitForTimeout(30)
    watch.visit.complaints.length = 0
  }
  await page.goto(`/link${invitation}`)
  await page.waitForFunction(settled)
  await rest(page)
  expect(await glance(watch, 'an invitation')).toBe(true)
}

/** Pages with pictures, whose tooltips the policy judges. */
const pictures = ['/', '/abc', '/clv']

/**
 * Everything that one visitor does. Where the policy would stop what runs, every run of the tests looks at the records and the pictures
 * alone.
 */
async function attacked(withoutPolicy: boolean): Promise<Watch[]> {
  const watches: Watch[] = []
  const asVisitor = async (work: (watch: Watch) => Promise<void>) => {
    const watch = await watched(withoutPolicy)
    watches.push(watch)
    await work(watch)
    await watch.visit.close()
  }
  await asVisitor(async (watch) => {
    const routes = addressesOf(await routesOf(watch.visit.page))
    await visitAll(
      watch,
      routes.filter((address) => withoutPolicy || size(0, 1) > 0 || pictures.includes(address)),
    )
    await search(watch)
    await hearNotice(watch)
    await openAnswers(watch)
  })
  // Nobody opens a thousand pages in one window.
  for (let i = 0; i < planted.pages.length; i += 60) await asVisitor((watch) => visitAll(watch, planted.pages.slice(i, i + 60)))
  const total = (what: 'pages' | 'shown') => watches.reduce((sum, watch) => sum + watch[what], 0)
  figure('G14', `${withoutPolicy ? 'without' : 'with'} the policy: pages`, total('pages'))
  figure('G14', `${withoutPolicy ? 'without' : 'with'} the policy: of them with a stored text`, total('shown'))
  return watches
}

test('G14: nothing that is stored runs, with the content security policy and in a browser that knows nothing of it', {
  timeout: size(180_000, 7_200_000),
}, async () => {
  for (const watches of await Promise.all([attacked(false), attacked(true)])) {
    expect(watches.flatMap(({ ran }) => ran).slice(0, 20), `seed ${seed}`).toEqual([])
    expect(watches.reduce((sum, { shown }) => sum + shown, 0)).toBeGreaterThan(planted.pages.length * 0.9)
  }
})

test('a page that took them for markup would be noticed', async () => {
  const watch = await watched(true)
  const { page } = watch.visit
  const noticed: number[] = []
  // All but the one that leads the page itself away.
  for (const { id, text } of payloads.slice(0, 60).filter((each) => !each.text.includes('http-equiv'))) {
    watch.ran.length = 0
    await page.evaluate((html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html), text)
    await glance(watch, 'the page')
    if (watch.ran.length > 0) noticed.push(id)
    await page.evaluate(() => document.querySelector('main')?.replaceChildren())
  }
  await watch.visit.close()
  // The others are for other places than the body of a page: for scripts, templates, addresses and spreadsheets.
  expect(noticed.length).toBeGreaterThan(30)
})
