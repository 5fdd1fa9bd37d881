import { Buffer } from 'node:buffer'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../server/src/platform/log/logger.ts'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { setUp } from './company.ts'
import { textsIn } from './words.ts'
import { workbook } from './workbook.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const t = textsIn('zh', texts)
/** 姓名,手机,会员等级 / 张伟,13812340001,金卡 …, as GB18030 writes them. */
const gb18030 = Buffer.from(
  'd0d5c3fb2ccad6bbfa2cbbe1d4b1b5c8bcb60d0ad5c5ceb02c31333831323334303030312cbdf0bfa80d0ac0eec4c82c31333831323334303030322cd2f8bfa80d0a',
  'hex',
)
const csv = (name: string, rows: readonly (readonly string[])[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(rows.map((row) => row.join(',')).join('\r\n')),
})

let browser: Browser
let server: TestServer
let visitor: Visit
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer({ setUp: false, webFolder, logger: createLogger('error') })
  visitor = await visit(browser, server.url, { locale: 'zh-CN' })
  page = visitor.page
  page.setDefaultTimeout(15_000)
  await setUp(page)
})
afterAll(async () => {
  await visitor?.close()
  await browser?.close()
  await server?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(page.url(), await page.locator('main').innerText(), visitor.complaints)
  const complaints = visitor.complaints.splice(0)
  if (complaints.length > 0) throw new Error(complaints.join('\n'))
})

async function give(file: { name: string; mimeType: string; buffer: Buffer }) {
  await page.goto('/imports/new')
  await page.getByLabel(t('wizard.file')).setInputFiles(file)
  await page.getByRole('table', { name: t('wizard.columns.label') }).waitFor()
}
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const figure = async (key: keyof typeof texts) =>
  Number(
    (
      await page
        .getByRole('region', { name: t(key), exact: true })
        .locator('b')
        .innerText()
    ).replaceAll(',', ''),
  )
const chosen = (select: Locator) => select.locator('option:checked').innerText()
const rowsOf = (name: string) => page.getByRole('table', { name, exact: true }).locator('tbody tr').count()

describe('importing a file', () => {
  test('a GB18030 list is mapped by keyboard alone, checked, and imported', async () => {
    await give({ name: '会员.csv', mimeType: 'text/csv', buffer: gb18030 })
    await page.getByRole('rowheader', { name: '会员等级', exact: true }).waitFor()
    const field = page.getByLabel(t('wizard.field.of', { header: '会员等级' }))
    await field.focus()
    await page.keyboard.press('Home')
    expect(await chosen(field)).toBe(t('wizard.field.skip'))
    for (let step = 0; step < 40 && (await chosen(field)) !== t('field.memberLevel'); step++) await page.keyboard.press('ArrowDown')
    expect(await chosen(field)).toBe(t('field.memberLevel'))
    await page.getByText(t('confidence.yours')).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: t('wizard.check'), exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: t('check.preview') }).waitFor()
    expect([await figure('check.figure.good'), await figure('check.figure.bad')]).toEqual([2, 0])
    expect([await figure('check.figure.new'), await figure('check.figure.known')]).toEqual([2, 0])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: t('wizard.run', { count: '2' }) }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: t('import.undo') }).waitFor()
    expect(await figure('import.created')).toBe(2)
  })

  test('whoever leaves half-way finds file and mapping again under the same address; the known rows are told before', async () => {
    await give({ name: '会员.csv', mimeType: 'text/csv', buffer: gb18030 })
    await page.getByLabel(t('wizard.field.of', { header: '会员等级' })).selectOption({ label: t('wizard.field.skip') })
    const address = page.url()
    await page.goto('/customers')
    await page.goto(address)
    await page.getByText(t('confidence.yours')).waitFor()
    await press(t('wizard.check'))
    await page.getByRole('table', { name: t('check.preview') }).waitFor()
    expect([await figure('check.figure.new'), await figure('check.figure.known')]).toEqual([0, 2])
    await page.reload()
    await page.getByRole('table', { name: t('check.preview') }).waitFor()
    await page.goBack()
    await page.getByRole('table', { name: t('wizard.columns.label') }).waitFor()
  })

  test('rows that fail are as many as the figure says, in a file to correct; the import is taken back with its numbers', async () => {
    await give(
      csv('customers.csv', [
        ['姓名', '手机'],
        ['王芳', '13912340001'],
        ['坏一', '12'],
        ['坏二', '34'],
      ]),
    )
    await press(t('wizard.check'))
    await page.getByRole('table', { name: t('check.first') }).waitFor()
    expect(await rowsOf(t('check.first'))).toBe(await figure('check.figure.bad'))
    await press(t('wizard.run', { count: '1' }))
    await page.getByRole('table', { name: t('import.failures') }).waitFor()
    expect(await rowsOf(t('import.failures'))).toBe(await figure('import.failed'))
    expect(await accessibilityFaults(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: t('import.failures.download') }).click()
    expect((await download).suggestedFilename()).toMatch(/customers-failed\.csv$/)
    await press(t('import.undo'))
    await page
      .getByRole('dialog')
      .getByText(t('import.undo.text', { created: '1', updated: '0' }))
      .waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('import.undo'), exact: true })
      .click()
    await page.getByText(t('import.state.undone')).waitFor()
  })

  test('a sheet of an XLSX file is chosen among several, and its rows imported', async () => {
    await give({
      name: '会员.xlsx',
      mimeType: 'x',
      buffer: workbook({
        说明: [['先看这里']],
        名单: [
          ['姓名', '手机'],
          ['林小满', '13612340001'],
        ],
      }),
    })
    await page.getByLabel(t('wizard.sheet')).selectOption('名单')
    await page.getByRole('rowheader', { name: '手机', exact: true }).waitFor()
    await press(t('wizard.check'))
    await press(t('wizard.run', { count: '1' }))
    await page.getByRole('button', { name: t('import.undo') }).waitFor()
    expect(await figure('import.created')).toBe(1)
  })

  test('an import that is stopped keeps what is in, and goes on to the end', async () => {
    const people = 30_000
    const rows = Array.from({ length: people }, (_, i) => [`N${i}`, `客户${i}`])
    await give(csv('many.csv', [['客户编号', '姓名'], ...rows]))
    await press(t('wizard.check'))
    await press(t('wizard.run', { count: '30,000' }))
    await press(t('job.cancel'))
    await page.getByText(t('import.state.cancelled')).waitFor()
    expect(await figure('import.created')).toBeLessThan(people)
    await press(t('import.resume'))
    await page.getByText(t('import.state.done')).waitFor({ timeout: 60_000 })
    expect(await figure('import.created')).toBe(people)
  })

  test('a mapping is remembered, applied to the next file by itself, looked at, deleted, and back by undo', async () => {
    const rows = [
      ['顾客', '联系方式'],
      ['江晚', '13512340001'],
    ]
    await give(csv('own-words.csv', rows))
    await page.getByLabel(t('wizard.field.of', { header: '顾客' })).selectOption({ label: t('field.name') })
    await press(t('wizard.save'))
    await page.getByLabel(t('wizard.save.name')).fill('手写名单')
    await press(t('action.save'))
    await page.getByText(t('wizard.save.done')).waitFor()
    await give(csv('own-words-again.csv', rows))
    await page.getByText(t('wizard.saved', { name: '手写名单' })).waitFor()
    await page.getByRole('link', { name: t('mappings.title') }).click()
    await page.getByRole('row').filter({ hasText: '手写名单' }).click()
    await page
      .getByRole('dialog')
      .getByRole('row')
      .filter({ hasText: '顾客' })
      .filter({ hasText: t('field.name') })
      .waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await press(t('mappings.delete.of', { name: '手写名单' }))
    await page.getByText(t('mappings.empty')).waitFor()
    await press(t('action.undo'))
    await page.getByRole('row').filter({ hasText: '手写名单' }).waitFor()
  })

  test('a file that is none is refused in words, and another can be chosen at once', async () => {
    await page.goto('/imports/new')
    await page.getByLabel(t('wizard.file')).setInputFiles({ name: 'broken.xlsx', mimeType: 'x', buffer: Buffer.from('PK\u0003\u0004 no') })
    await page.getByRole('alert').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await press(t('wizard.other'))
    await page.getByText(t('wizard.drop')).waitFor()
  })

  test('the history and the jobs list every import, and lead to it', async () => {
    await page.goto('/imports')
    await page.getByRole('row').filter({ hasText: 'customers.csv' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goto('/jobs?state=done')
    await page.getByRole('link', { name: 'customers.csv' }).first().click()
    await page.getByRole('heading', { name: /customers\.csv/ }).waitFor()
    await page.goto('/jobs?state=failed')
    await page.getByText(t('jobs.none')).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
