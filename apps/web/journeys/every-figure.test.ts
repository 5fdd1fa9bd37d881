import { fileURLToPath } from 'node:url'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import * as users from '@zhike/contract/platform/users.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { addressOf, open, rest, routesOf, settled, watchRequests } from './at-rest.ts'
import { launchBrowser, type Visit, visit } from './browser.ts'
import { call, setUp } from './company.ts'
import { csvFile } from './files.ts'
import { giveSmallCompany, importFile, run } from './small-company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const t = textsIn('zh', texts)

let browser: Browser
let server: TestServer
let visitor: Visit
let page: Page
/** Addresses whose figures are followed, by the route of each. */
let addresses: [string, string][]

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
  visitor = await visit(browser, server.url, { locale: 'zh-CN' })
  page = visitor.page
  page.setDefaultTimeout(15_000)
  watchRequests(page)
  await setUp(page)
  addresses = await giveCompany(page)
}, 180_000)
afterAll(async () => {
  await visitor.close()
  await browser.close()
  await server.stop()
})

/** The small company, with something behind every figure. */
async function giveCompany(on: Page): Promise<[string, string][]> {
  const records = await giveSmallCompany(on)
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(5)
  const again = await importFile(
    on,
    csvFile('again.csv', [
      ['客户编号', '姓名', '市', '生日'],
      ['K1', '王伟', '绍兴市', today],
      ['K2', '欧阳静怡', '绍兴市', today],
      ['K801', '新客一', '绍兴市', '农历八月十五'],
    ]),
  )
  const products = await importFile(
    on,
    csvFile('products.csv', [
      ['商品编码', '商品名称', '单价'],
      ['P1', '龙井', '198'],
      ['P2', '肉桂', '128'],
    ]),
  )
  const orders = await importFile(
    on,
    csvFile('more-orders.csv', [
      ['订单号', '客户编号', '下单时间', '金额', '订单状态'],
      ['W1', 'K1', '2026-01-01 10:00:00', '21.00', '已完成'],
      ['W2', 'K1', '2026-01-01 10:01:00', '57.00', '已完成'],
      ['M1', 'K801', '2026-01-02 10:00:00', '30.00', '已取消'],
      ['M2', 'K801', '2026-01-03 10:00:00', '-8.00', '已完成'],
    ]),
  )
  const [product] = (await call(on, catalog.listProducts, { query: { search: 'P1' } })).items
  const customer = records['/customers/$id'] ?? ''
  for (const [number, code] of [
    ['H-1', 'P1'],
    ['H-2', 'P1'],
    ['H-3', 'P2'],
  ] as const) {
    const items = [
      { productCode: code, productName: code, quantity: 1000, unitPrice: 1_980_000 },
      { productCode: code, productName: code, quantity: 1000, unitPrice: 980_000 },
    ]
    await call(on, catalog.createOrder, { body: { customerId: customer, number, placedAt: new Date().toISOString(), items } })
  }
  const [twin] = (await call(on, customers.list, { query: { search: '新客一' } })).items
  await call(on, customers.link, { params: { id: customer }, body: { customerId: twin?.id ?? '' } })
  const [me] = (await call(on, users.list, { query: {} })).items
  const team = await call(on, teams.create, { body: { name: '滨江店', parentId: null } })
  await server.owner`insert into team_member (user_id, team_id) values (${me?.id ?? ''}, ${team.id})`
  const [rfm, abc] = [await run(on, 'rfm'), await run(on, 'abc')]
  const earlier = records['/runs/$id/people'] ?? ''
  await on.goto('/')
  await on.waitForFunction(settled)
  const outside = ['/setup', '/sign-in', '/link', '/$', '/dev/controls']
  const routes = (await routesOf(on)).filter((route) => !outside.includes(route))
  return [
    ...routes.map((route): [string, string] => [route, addressOf(route, records)]),
    ['/imports/$id', `/imports/${again}`],
    ['/imports/$id', `/imports/${products}`],
    ['/imports/$id', `/imports/${orders}`],
    ['/products/$id', `/products/${product?.id}`],
    ['/customers/$id', `/customers/${customer}?tab=identities`],
    ['/rfm', '/rfm?view=table'],
    ['/rfm', `/rfm?run=${rfm}&earlier=${earlier}`],
    ['/abc', `/abc?run=${abc}&earlier=${await firstRun('abc', abc)}`],
  ]
}

/** The run of a method before another one. */
async function firstRun(method: string, than: string): Promise<string> {
  const [row] = await server.owner<{ id: string }[]>`
    select id from analysis_run where method = ${method} and id <> ${than} and state = 'done' order by id limit 1`
  return row?.id ?? ''
}

/** A number on a page that says how many rows stand behind it, and the way to them: a link, a tab, or none when they are on the page itself. */
interface Found {
  rows: number
  shown: string
  href: string | null
  tab: string | null
}

/** Every figure of the page as it is: what is drawn, as tables. */
async function figuresOn(shown: Page): Promise<Found[]> {
  const asTable = shown.getByRole('button', { name: t('chart.asTable'), exact: true })
  while ((await asTable.count()) > 0) await asTable.first().click()
  return shown.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main [data-rows]')]
      .filter((each) => each.checkVisibility())
      .map((each) => {
        const link = each.closest('a') ?? each.querySelector('a')
        const holder = each.closest('.figure, td, li, [role="gridcell"]') ?? each
        return {
          rows: Number(each.dataset['rows']),
          shown: holder.textContent ?? '',
          href: link?.getAttribute('href') ?? null,
          tab: each.closest('[role="tab"]')?.id ?? null,
        }
      }),
  )
}

/** Names of the cards that count something and lead nowhere: what is behind them is told in words alone. */
const onlyExplained = (shown: Page): Promise<string[]> =>
  shown.evaluate(() =>
    [...document.querySelectorAll('main .figure')]
      .filter((each) => /^[1-9][\d,]*$/.test(each.querySelector('b')?.textContent ?? '') && !each.querySelector('[data-rows]'))
      .map((each) => each.getAttribute('aria-label') ?? ''),
  )

/** Goes where a figure leads. @returns the part of the page with its rows */
async function follow(address: string, { href, tab, rows }: Found): Promise<Locator> {
  if (href !== null && !href.startsWith('#')) await open(page, href)
  else if (!page.url().endsWith(address)) await open(page, address)
  const anchor = href?.split('#')[1]
  if (anchor !== undefined) return page.locator('.card').filter({ has: page.locator(`#${anchor}`) })
  const ownCard = page.locator('.card').filter({ has: page.locator(`h2 [data-rows="${rows}"]`) })
  if (href === null && tab === null && (await ownCard.count()) > 0) return ownCard
  if (tab !== null) await page.locator(`[id="${tab}"]`).click()
  await rest(page)
  const panel = page.getByRole('tabpanel')
  return (await panel.count()) > 0 ? panel : page.getByRole('main')
}

/** How many rows a list has, walked to its end. */
async function rowsIn(part: Locator): Promise<number> {
  const grid = part.getByRole('grid').first()
  if ((await grid.count()) > 0) return walked(grid)
  const rows = part.locator('table').first().locator('tbody tr')
  // A failed row with two faults has two lines, the second without its number.
  if ((await part.locator('table').count()) > 0) return rows.filter({ hasNot: page.locator('th:empty') }).count()
  const more = part.getByRole('button', { name: t('action.more') })
  while ((await more.count()) > 0) {
    await more.click()
    await rest(page)
  }
  return part.locator('ol.timeline > li, ul.profiles > li').count()
}

async function walked(grid: Locator): Promise<number> {
  const last = () =>
    grid.locator('[data-index]').evaluateAll((rows) => Math.max(-1, ...rows.map((row) => Number((row as HTMLElement).dataset['index']))))
  await grid.locator('[data-index]').first().focus()
  for (let before = -1; ; ) {
    await page.keyboard.press('End')
    await rest(page)
    const now = await last()
    if (now === before) {
      expect(await grid.locator(`[data-index="${now}"]`).getAttribute('aria-busy')).toBeNull()
      return now + 1
    }
    before = now
  }
}

test('every figure that counts rows leads to as many', { timeout: 480_000 }, async () => {
  const wrong: string[] = []
  const followed = new Set<string>()
  const routesWithFigures = new Set<string>()
  const explained = new Set<string>()
  for (const [route, address] of addresses) {
    await open(page, address)
    for (const name of await onlyExplained(page)) explained.add(name)
    for (const figure of await figuresOn(page)) {
      routesWithFigures.add(route)
      const name = `${address} → ${figure.href ?? figure.tab ?? 'itself'} (${figure.shown.slice(0, 60)})`
      if (!figure.shown.includes(figure.rows.toLocaleString('en'))) wrong.push(`${name} does not say ${figure.rows}`)
      const way = `${figure.href?.startsWith('/') ? '' : address} ${figure.href} ${figure.tab} ${figure.rows}`
      if (followed.has(way)) continue
      followed.add(way)
      const rows = await rowsIn(await follow(address, figure))
      if (rows !== figure.rows) wrong.push(`${name} says ${figure.rows}, ${rows} rows are there`)
    }
  }
  expect(wrong).toEqual([])
  expect([...explained].sort()).toEqual([t('access.seen'), t('import.unchanged'), t('product.sold')].sort())
  expect([...routesWithFigures].sort()).toEqual([
    '/',
    '/abc',
    '/audit',
    '/clv',
    '/customers',
    '/customers/$id',
    '/imports',
    '/imports/$id',
    '/orders',
    '/people',
    '/people/roles',
    '/people/roles/$id',
    '/people/teams',
    '/products',
    '/products/$id',
    '/rfm',
    '/runs/$id/people',
    '/system',
  ])
  expect(visitor.complaints).toEqual([])
})
