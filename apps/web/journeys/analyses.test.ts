import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type GivenCustomer, giveSales } from '../../server/src/differentiate/testing/give-sales.ts'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import type { TextPair } from '../src/ui/text-pair.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const customers = 240
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440, colorScheme: 'light' },
  { language: 'en', locale: 'en', width: 390, colorScheme: 'dark' },
] as const)('analyses, in $language at $width', ({ language, locale, width, colorScheme }) => {
  let server: TestServer
  let visitor: Visit
  let page: Page
  const t = (key: keyof typeof texts, values: Record<string, string> = {}) => {
    const text = (texts as Record<string, TextPair>)[key]![language]
    return Object.entries(values).reduce(
      (filled, [name, value]) => filled.replace(`{${name}}`, value),
      typeof text === 'string' ? text : text.other,
    )
  }
  const button = (key: keyof typeof texts) => page.getByRole('button', { name: t(key), exact: true })
  const table = (key: keyof typeof texts) => page.getByRole('table', { name: t(key) })
  const people = () => page.getByRole('grid', { name: t('members.list') })

  beforeAll(async () => {
    server = await startTestServer({ webFolder, logger: createLogger('error') })
    const admin = await server.given.administrator()
    visitor = await visit(browser, server.url, { locale, width, colorScheme })
    page = visitor.page
    page.setDefaultTimeout(20_000)
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${admin.apiKey}` })
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  /** What axe finds on the page, and whether it scrolls sideways. */
  async function faults(): Promise<string[]> {
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    return [...(await accessibilityFaults(page)), ...(beyond > 0 ? [`${page.url()} scrolls sideways by ${beyond} px`] : [])]
  }

  /** Follows a figure to its people: they are as many as it says. */
  async function leadsToAsMany(link: Locator, figure: Locator = link): Promise<void> {
    const count = Number(/[\d,]+(?=\D*$)/.exec(await figure.innerText())![0].replaceAll(',', ''))
    const from = page.url()
    await link.click()
    await people().waitFor()
    expect(await people().getAttribute('aria-rowcount'), `${count} on ${from}`).toBe(String(count + 1))
    await page.goto(from)
  }

  test('a company without orders is told what is missing, not shown an empty picture', async () => {
    await page.goto('/rfm')
    await page.getByText(t('rfm.empty'), { exact: true }).waitFor()
    expect(await faults()).toEqual([])
    await button('analysis.begin').click()
    await page.getByText(t('analysis.noSales'), { exact: true }).waitFor()
    expect(await page.getByRole('link', { name: t('analysis.importOrders') }).count()).toBe(1)
    expect(await faults()).toEqual([])
  })

  test('RFM is run; each square, each of the 125 cells and each group leads to as many people as it says', async () => {
    await giveSales(server.owner, buyers())
    await button('analysis.edit').click()
    await button('analysis.saveAndRun').click()
    await table('rfm.heat.label').waitFor({ timeout: 60_000 })
    expect(await faults()).toEqual([])
    const square = table('rfm.heat.label').getByRole('link').first()
    await leadsToAsMany(square, square.locator('b'))
    await leadsToAsMany(table('rfm.groups.title').locator('.drill').first())
    await page.getByText(t('rfm.view.table'), { exact: true }).click()
    await table('rfm.cells.label').waitFor()
    expect(await table('rfm.cells.label').getByRole('row').count()).toBe(126)
    await leadsToAsMany(table('rfm.cells.label').getByRole('link').first())
    expect(await faults()).toEqual([])
  })

  test('a parameter is pressed and changed; what is wrong is said beside it, and the new definition is run', async () => {
    await page.goto('/rfm')
    await page.getByRole('button', { name: new RegExp(`^${t('analysis.window.short')}`) }).click()
    const window = page.getByLabel(t('analysis.window'))
    await window.fill('two years')
    await button('analysis.saveAndRun').click()
    await expect.poll(() => window.getAttribute('aria-invalid')).toBe('true')
    expect(await faults()).toEqual([])
    await window.fill('9')
    await page.getByLabel(t('analysis.schedule'), { exact: true }).selectOption('day')
    await page.getByLabel(t('analysis.schedule.time'), { exact: true }).fill('03:30')
    await button('analysis.saveAndRun').click()
    await page.getByRole('button', { name: t('analysis.schedule.day.at', { time: '03:30' }) }).waitFor()
    await page.getByText(new RegExp(t('analysis.status').split('·')[0]!.replace('{version}', '\\d+').trim())).waitFor({ timeout: 60_000 })
  })

  test('compared with an earlier result, who came and who left are as many as the figures say', async () => {
    const earlier = page.getByLabel(t('analysis.compare'))
    await earlier.selectOption({ index: 1 })
    await page.waitForURL(/earlier=/)
    const groups = table('rfm.groups.title')
    await groups.getByRole('columnheader', { name: t('analysis.moves.net') }).waitFor()
    const moved = groups.getByRole('link', { name: new RegExp(`${t('analysis.moves.came')}|${t('analysis.moves.left')}`) })
    await moved.first().waitFor()
    await leadsToAsMany(moved.first())
    await leadsToAsMany(moved.last())
    expect(await faults()).toEqual([])
  })

  test('the people of a group are taken away as a file, for a purpose', async () => {
    await page.goto('/rfm')
    await table('rfm.groups.title').locator('.drill').first().click()
    await people().waitFor()
    await button('analysis.export').click()
    await page.getByText('CSV', { exact: true }).click()
    await page.getByLabel(t('analysis.export.purpose')).selectOption('service')
    expect(await faults()).toEqual([])
    const download = page.waitForEvent('download')
    await button('analysis.export.take').click()
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n')
    expect(String(lines.length)).toBe(await people().getAttribute('aria-rowcount'))
    expect(lines[1]).toMatch(/\+8613\d{9}/)
  })

  test('people are found by what they are called, and lead to the customer', async () => {
    const code = /C-\d+/.exec(await people().innerText())![0]
    await page.getByLabel(t('members.search')).fill(code)
    await page.waitForURL(/search=/)
    await expect.poll(() => people().getAttribute('aria-rowcount')).toBe('2')
    expect(await faults()).toEqual([])
    await people().getByRole('link').first().click()
    await page.waitForURL(/customers/)
  })

  test('cut-offs are moved by the keyboard, the figures beside them follow, and applying classifies anew', async () => {
    await page.goto('/abc')
    await button('analysis.begin').click()
    const a = page.getByRole('slider', { name: t('abc.cut.a') })
    await a.waitFor({ timeout: 60_000 })
    expect(await faults()).toEqual([])
    const before = await a.getAttribute('aria-valuetext')
    await a.focus()
    for (const key of ['PageDown', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await page.waitForURL(/a=71/)
    expect(await a.getAttribute('aria-valuenow')).toBe('71')
    expect(await a.getAttribute('aria-valuetext')).not.toBe(before)
    await button('abc.moved.apply').click()
    await page.waitForURL(/run=/)
    await page.getByRole('button', { name: '71%' }).waitFor({ timeout: 60_000 })
    await table('abc.classes').waitFor({ timeout: 60_000 })
    await leadsToAsMany(table('abc.classes').getByRole('link').first())
    await leadsToAsMany(table('pyramid.title').getByRole('link').last())
  })

  test('a border is dragged with the pointer, and put back', async () => {
    const b = page.getByRole('slider', { name: t('abc.cut.b') })
    await b.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    const box = (await b.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 - 30, box.y + box.height / 2, { steps: 3 })
    await page.mouse.up()
    await page.waitForURL(/b=\d/)
    await button('abc.moved.reset').click()
    await expect.poll(() => b.getAttribute('aria-valuenow')).toBe('95')
    await page.getByLabel(t('analysis.compare')).selectOption({ index: 1 })
    await table('moves.title').waitFor()
    await leadsToAsMany(table('moves.title').getByRole('link').first())
    expect(await faults()).toEqual([])
  })

  test('CLV ends in a named list of VIPs at risk; bars, quadrants and the model’s quality are told in words', async () => {
    await page.goto('/clv')
    await button('analysis.begin').click()
    await table('clv.quadrants').waitFor({ timeout: 60_000 })
    await page.getByText(t('clv.parameters'), { exact: true }).click()
    expect(await faults()).toEqual([])
    await leadsToAsMany(table('clv.quadrants').getByRole('link').first())
    const alive = page.locator('.card').filter({ hasText: t('clv.alive.note') })
    await alive.getByRole('button', { name: t('chart.asTable') }).click()
    await leadsToAsMany(alive.getByRole('link').last())
    const list = page.getByRole('link', { name: new RegExp(t('clv.figure.atRisk.list')) })
    await list.waitFor()
    await list.click()
    await people()
      .getByText(/1\d{2}\*{4}\d{4}/)
      .first()
      .waitFor()
    expect(await faults()).toEqual([])
    if (width > 640) {
      await page
        .getByRole('columnheader', { name: t('members.column.alive') })
        .getByRole('button')
        .click()
      await page.waitForURL(/sort=alive/)
    }
  })

  test('who may not see analyses is told which right it takes', async () => {
    const outsider = await server.given.user({ grants: ['customer.read'] })
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${outsider.apiKey}` })
    for (const path of ['/rfm', '/abc', '/clv', '/runs/0/people']) {
      await page.goto(path)
      await page.getByRole('heading', { name: t('noRight.title') }).waitFor()
    }
    expect(await faults()).toEqual([])
  })

  test('nothing went wrong that nobody asked for', () => {
    expect(visitor.complaints).toEqual([])
  })
})

/** Customers of two years: most buy now and then, some often and much and no more of late. */
function buyers(): GivenCustomer[] {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  return Array.from({ length: customers }, (_, i) => {
    const lapsed = i % 12 === 0
    const count = lapsed ? 9 : 1 + (i % 5)
    const last = lapsed ? 60 + ((i * 5) % 120) : 3 + ((i * 37) % 400)
    const step = lapsed ? 21 : 20 + ((i * 13) % 45)
    const orders = Array.from({ length: count }, (_order, n) => ({
      day: day(last + n * step),
      sales: (lapsed ? 300_000 : 4000) + ((i * 7919 + n * 104_729) % 23_000),
    }))
    return { name: `Guest ${i}`, phone: `+86138${String(10_000_000 + i * 7)}`, orders }
  })
}
