import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
// oxlint-disable-next-line no-restricted-imports -- what the server could not do is said beside the journey
import { createLogger } from '../../server/src/platform/log/logger.ts'
// oxlint-disable-next-line no-restricted-imports -- a journey goes through a whole server
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { englishWords } from './allowed-words.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { setUp } from './company.ts'
import { open, rest, routesOf, settled, watchRequests } from './open-page.ts'
import { giveSmallCompany } from './small-company.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const widths = [1440, 390]

let browser: Browser
let server: TestServer
let records: Record<string, string>
let session: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** The address of a route, with a record that is there in each of its places. */
function addressOf(route: string): string {
  if (route === '/$') return '/no-such-page'
  const record = records[route] ?? records[route.slice(0, route.indexOf('/', route.indexOf('$')))]
  if (route.includes('$') && record === undefined) throw new Error(`small-company.ts has no record for ${route}`)
  return route.replace(/\$\w+/, record ?? '')
}

const switchLanguage = (page: Page) => page.locator('header, main').getByRole('button', { name: '中文' }).first().click()
const switchTheme = (page: Page) =>
  page
    .locator('header, main')
    .getByRole('button', { name: /^(深色|浅色|Dark theme|Light theme)$/ })
    .first()
    .click()

/** A card says whom it is about, every other page what it is for. */
const introduced = (route: string) => route !== '/customers/$id'

/** What is wrong with the page as it is now, one line each. */
async function faultsOf({ page, complaints }: Visit, route: string, language: string, theme: string): Promise<string[]> {
  const faults = complaints.splice(0)
  const width = page.viewportSize()?.width ?? 0
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > width) faults.push(`it scrolls sideways: ${wide} px`)
  if ((await page.locator('main h1').first().innerText()).trim() === '') faults.push('it has no heading')
  if (introduced(route) && (await page.locator('main p').count()) === 0) faults.push('it has no sentence that says what it is for')
  // Only inside the provider of ui/antd.tsx has antd its styles; each of its elements then carries a class of them.
  const bare = await page.evaluate(() =>
    [...document.querySelectorAll('[class^="ant-"], [class*=" ant-"]')]
      .filter((each) => !each.closest('[class*="css-"]'))
      .map((each) => String(each.className)),
  )
  if (bare.length > 0) faults.push(`antd without its styles: ${[...new Set(bare)].slice(0, 3).join(' | ')}`)
  if (language === 'zh') {
    const texts = await page.evaluate(shownTexts)
    for (const text of texts) {
      const words = englishWords(text)
      if (words.length > 0) faults.push(`English in Chinese: ${words.join(' ')} (${text.slice(0, 60)})`)
    }
  }
  // A theme changes colours and nothing else.
  faults.push(...(await accessibilityFaults(page, theme === 'dark' ? 'colours' : 'everything')))
  return faults
}

/** What a page says to a reader, shown or spoken. Left out is what is marked as not the page's own language. */
function shownTexts(): string[] {
  const foreign = 'script, style, code, kbd, [translate="no"], [lang]:not(html, [lang="zh-CN"])'
  const texts = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement && !node.parentElement.closest(foreign)) texts.add(node.textContent?.trim() ?? '')
  }
  const spoken = ['aria-label', 'title', 'placeholder', 'alt']
  for (const element of document.querySelectorAll(spoken.map((name) => `[${name}]`).join())) {
    if (!element.closest(foreign)) for (const name of spoken) texts.add(element.getAttribute(name)?.trim() ?? '')
  }
  return [...texts].filter((text) => /[A-Za-z]{2}/.test(text))
}

/** Opens routes one after the other, each in both languages and both themes. */
async function inspect(visitor: Visit, routes: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const { page } = visitor
  const width = page.viewportSize()?.width
  let [language, theme] = ['zh', 'light']
  for (const route of routes) {
    await open(page, addressOf(route))
    for (const change of [undefined, switchTheme, switchLanguage, switchTheme]) {
      await change?.(page)
      if (change === switchLanguage) language = language === 'zh' ? 'en' : 'zh'
      if (change === switchTheme) theme = theme === 'light' ? 'dark' : 'light'
      await rest(page)
      for (const fault of await faultsOf(visitor, route, language, theme)) found.push(`${route} ${language} ${theme} ${width} px: ${fault}`)
    }
  }
  return found
}

async function visitorAt(width: number): Promise<Visit> {
  const visitor = await visit(browser, server.url, { locale: 'zh-CN', width, height: width === 390 ? 844 : 980 })
  visitor.page.setDefaultTimeout(20_000)
  watchRequests(visitor.page)
  if (session) await visitor.page.context().addCookies(session)
  await visitor.page.goto('/')
  await visitor.page.waitForFunction(settled)
  return visitor
}

/** Both widths side by side: two processors are to be had. */
async function atBothWidths(choose: (routes: string[]) => string[]): Promise<string[]> {
  const found = await Promise.all(
    widths.map(async (width) => {
      const visitor = await visitorAt(width)
      const faults = await inspect(visitor, choose(await routesOf(visitor.page)))
      await visitor.close()
      return faults
    }),
  )
  return found.flat()
}

test('the page of the first run, in both languages, widths and themes', async () => {
  records = {}
  expect(await atBothWidths(() => ['/setup'])).toEqual([])
})

test('every other route of the app, in both languages, widths and themes', { timeout: 480_000 }, async () => {
  const first = await visit(browser, server.url, { locale: 'zh-CN' })
  await setUp(first.page)
  records = await giveSmallCompany(first.page)
  session = await first.page.context().cookies()
  await first.close()
  // The sign-in pages last: whoever is on them is not inside any more.
  const outside = ['/sign-in', '/link']
  const faults = await atBothWidths((routes) => [...routes.filter((route) => route !== '/setup' && !outside.includes(route)), ...outside])
  expect(faults).toEqual([])
})
