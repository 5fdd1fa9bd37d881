import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import type { TextPair } from '../src/ui/text-pair.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { customersFile, ordersFile, people } from './files.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440, person: '欧阳静怡', initials: 'oyjy', channel: '滨江店收银' },
  { language: 'en', locale: 'en', width: 1440, person: 'Ben Cooper', initials: 'Cooper', channel: 'Riverside till' },
] as const)('the first day, in $language', ({ language, locale, width, person, initials, channel }) => {
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
  const press = (key: keyof typeof texts) => page.getByRole('button', { name: t(key), exact: true }).click()
  const follow = (key: keyof typeof texts) =>
    page
      .getByRole('navigation')
      .getByRole('link', { name: t(key), exact: true })
      .click()

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
    visitor = await visit(browser, server.url, { locale, width })
    page = visitor.page
    page.setDefaultTimeout(20_000)
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  test('the first visitor sets the company up and is inside at once', async () => {
    await page.goto('/')
    await page.getByLabel(t('setup.company.name')).fill('知味茶庄')
    await page.getByLabel(t('setup.name'), { exact: true }).fill('林晓')
    await page.getByLabel(t('setup.email')).fill('lin@example.com')
    await page.getByLabel(t('setup.password'), { exact: true }).fill('tea-house-river-9')
    expect(await accessibilityFaults(page)).toEqual([])
    await press('setup.submit')
    await page.getByRole('link', { name: t('welcome.empty') }).click()
    await page.getByText(t('home.first.title'), { exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('who signs out and in again comes back to the page wanted; a wrong password is told in words', async () => {
    await page.getByRole('button', { name: t('shell.me', { name: '林晓' }) }).click()
    await page.getByRole('menuitem', { name: t('shell.signOut') }).click()
    await page.goto('/imports')
    await page.getByLabel(t('signIn.email')).fill('lin@example.com')
    await page.getByLabel(t('signIn.password'), { exact: true }).fill('not-the-password')
    await press('signIn.submit')
    await page.getByRole('alert').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel(t('signIn.password'), { exact: true }).fill('tea-house-river-9')
    await press('signIn.submit')
    await page.getByText(t('imports.empty'), { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/imports')
  })

  async function importFile(file: ReturnType<typeof customersFile>, newChannel: boolean) {
    await follow('nav.imports')
    await page
      .getByRole('link', { name: t('imports.new') })
      .first()
      .click()
    await page.getByLabel(t('wizard.file')).setInputFiles(file)
    await page.getByRole('table', { name: t('wizard.columns.label') }).waitFor()
    // Nothing to choose: the first file brings its channel, the next one comes from the only one there is.
    expect(await page.getByLabel(t('wizard.channel'), { exact: true }).locator('option:checked').innerText()).toBe(
      newChannel ? t('wizard.channel.new') : channel,
    )
    if (newChannel) await page.getByLabel(t('wizard.channel.name')).fill(channel)
    expect(await accessibilityFaults(page)).toEqual([])
    await press('wizard.check')
    await page.getByRole('table', { name: t('check.preview') }).waitFor()
  }

  test('a customer list is imported; the row that is wrong is shown before and after, with the reason', async () => {
    await importFile(customersFile(language), true)
    await page.getByText(t('check.good', { count: String(people) }), { exact: true }).waitFor()
    await page.getByRole('rowheader', { name: String(people + 2), exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: t('wizard.run', { count: String(people) }) }).click()
    await page.getByRole('button', { name: t('import.undo') }).waitFor({ timeout: 60_000 })
    expect(await page.getByRole('region', { name: t('import.created'), exact: true }).innerText()).toContain(String(people))
    expect(await page.getByRole('region', { name: t('import.failed'), exact: true }).innerText()).toContain('1')
    expect(await accessibilityFaults(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: t('import.failures.download') }).click()
    expect((await download).suggestedFilename()).toMatch(/customers-failed\.csv$/)
  })

  test('their orders are imported from the same channel', async () => {
    await importFile(ordersFile(language), false)
    await page.getByRole('button', { name: /300/ }).click()
    await page.getByRole('button', { name: t('import.undo') }).waitFor({ timeout: 60_000 })
    expect(await page.getByRole('region', { name: t('import.created'), exact: true }).innerText()).toContain('300')
  })

  test('somebody is found in the list, and opened by the keyboard alone', async () => {
    await follow('nav.customers')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(initials)
    await page.waitForURL(/q=/)
    await page.getByRole('row').filter({ hasText: person }).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('row').filter({ hasText: person }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: person }).waitFor()
    await page.getByText(channel).filter({ visible: true }).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a value is changed in place, and taken back from the message', async () => {
    await page.getByRole('button', { name: new RegExp(`^${t('values.edit', { field: t('field.memberLevel') })}`) }).click()
    await page.getByLabel(t('field.memberLevel')).fill('Platinum')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Platinum/ }).waitFor()
    await press('action.undo')
    await expect.poll(() => page.getByRole('button', { name: /: (Gold|Silver)$/ }).count(), { timeout: 10_000 }).toBe(1)
  })

  test('personal fields are covered until one says what for', async () => {
    expect(await page.getByText(/138\*+\d+/).count()).toBeGreaterThan(0)
    await press('customer.reveal')
    await press('purpose.service')
    await page.getByRole('button', { name: /138\d{8}$/ }).waitFor()
    await press('customer.reveal.hide')
    await page.getByRole('button', { name: /138\*+\d+$/ }).waitFor()
  })

  test('RFM is run, and a cell leads to its people and on to one of them', async () => {
    await follow('nav.rfm')
    await press('analysis.begin')
    const map = page.getByRole('table', { name: t('rfm.heat.label') })
    await map.waitFor({ timeout: 60_000 })
    expect(await accessibilityFaults(page)).toEqual([])
    const cell = map.getByRole('link').first()
    const count = Number((await cell.locator('b').innerText()).replace(/\D/g, ''))
    await cell.click()
    const grid = page.getByRole('grid', { name: t('members.list') })
    await grid.waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(count + 1))
    expect(await accessibilityFaults(page)).toEqual([])
    await grid.getByRole('link').first().click()
    await page.getByRole('tab', { name: t('customer.tab.timeline') }).waitFor()
  })

  test('the list filters by the group that RFM wrote to the customers', async () => {
    await follow('nav.customers')
    await page.getByRole('button', { name: t('condition.new') }).click()
    await page.getByRole('button', { name: t('list.field.rfmGroup'), exact: true }).click()
    await page.getByRole('dialog').getByRole('checkbox').first().click()
    await press('condition.add')
    await page.waitForURL(/where=/)
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount').then(Number), { timeout: 10_000 }).toBeLessThan(people)
  })

  test('an import is taken back as a whole', async () => {
    await follow('nav.imports')
    await page.getByRole('link', { name: 'orders.csv' }).click()
    await press('import.undo')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('import.undo') })
      .click()
    await page.getByText(t('import.state.undone'), { exact: true }).waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByRole('button', { name: t('import.undo') }).count()).toBe(0)
  })

  test('on no page did anything go wrong that nobody asked for: no error, no refused style or script', async () => {
    for (const path of ['/jobs', '/account', '/customers/new', '/imports', '/no-such-page']) {
      await page.goto(path)
      await page.getByRole('main').waitFor()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      expect(await accessibilityFaults(page), path).toEqual([])
    }
    expect(visitor.complaints).toEqual([])
  })
})
