import { fileURLToPath } from 'node:url'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { call, setUp } from './company.ts'
import { csvFile } from './files.ts'
import { importFile } from './small-company.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const headers = ['客户编号', '姓名', '手机', '市']
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440, colorScheme: 'light' },
  { language: 'en', locale: 'en', width: 390, colorScheme: 'dark' },
] as const)('what a person decides about a customer, in $language at $width px', ({ language, ...wish }) => {
  let server: TestServer
  let visitor: Visit
  let page: Page
  const t = textsIn(language, texts)
  const button = (name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  const city = (value: string) => button(`${t('values.edit', { field: t('field.city') })}: ${value}`)
  const find = async (name: string) => (await call(page, customers.list, { query: { search: name } })).items
  const profiles = (count: number) => page.getByRole('heading', { name: t('profiles.title', { count }) })

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
    visitor = await visit(browser, server.url, wish)
    page = visitor.page
    page.setDefaultTimeout(15_000)
    await setUp(page)
    await importFile(
      page,
      csvFile('roll.csv', [headers, ['K1', '林小满', '13612340001', '杭州市'], ['K2', '欧阳静怡', '13612340002', '杭州市']]),
    )
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  test('a value that is locked stays whatever an import says, and follows the sources again once it is unlocked', async () => {
    const [{ id } = { id: '' }] = await find('林小满')
    await page.goto(`/customers/${id}`)
    await city('杭州市').waitFor()
    await button(t('values.lock', { field: t('field.city') })).click()
    await page.getByText(t('values.locked')).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await importFile(page, csvFile('moved.csv', [headers, ['K1', '林小满', '13612340001', '上海市']]))
    await page.reload()
    await city('杭州市').waitFor()
    expect(await button(t('values.unlock', { field: t('field.city') })).getAttribute('aria-pressed')).toBe('true')
    await button(t('values.unlock', { field: t('field.city') })).click()
    await city('上海市').waitFor()
    expect(await page.getByText(t('values.locked')).count()).toBe(0)
  })

  test('a profile is split off by its dialog, which says what goes with it, and is a customer of its own again', async () => {
    const [{ id } = { id: '' }] = await find('欧阳静怡')
    const other = await call(page, customers.create, { body: { kind: 'person', values: { name: '欧阳静宜', email: 'jy@example.com' } } })
    await call(page, customers.link, { params: { id }, body: { customerId: other.id } })
    await page.goto(`/customers/${id}`)
    await profiles(2).waitFor()
    const own = page.getByRole('listitem').filter({ hasText: '手工录入' })
    await own.getByRole('button', { name: t('profiles.split'), exact: true }).click()
    const dialog = page.getByRole('dialog', { name: t('profiles.split.title', { channel: '手工录入' }) })
    await dialog.getByText(t('field.email')).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await profiles(2).waitFor()
    await own.getByRole('button', { name: t('profiles.split'), exact: true }).press('Enter')
    await dialog.getByRole('button', { name: t('profiles.split'), exact: true }).click()
    await page.getByText(t('profiles.split.done'), { exact: true }).waitFor()
    await profiles(1).waitFor()
    expect((await find('欧阳静宜')).map(({ name }) => name)).toEqual(['欧阳静宜'])
    expect(await accessibilityFaults(page)).toEqual([])
    expect(visitor.complaints).toEqual([])
  })
})
