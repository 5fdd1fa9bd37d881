import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { textsIn } from './words.ts'

const t = textsIn('zh', texts)
const program = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const administrator = { email: 'lin@example.com', password: 'tea-house-river-9' }
const folder = mkdtempSync(join(tmpdir(), 'zhike-journey-'))
let server: ReturnType<typeof spawn>
let browser: Browser
let visitor: Visit
let page: Page

/** A whole installation with its own engines: only there is something to back up. */
beforeAll(async () => {
  const port = await freePort()
  server = spawn(process.execPath, [program], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ZHIKE_DATA: join(folder, 'data'),
      ZHIKE_BACKUP_FOLDER: join(folder, 'backups'),
      ZHIKE_PORT: String(port),
      ZHIKE_ADMIN_EMAIL: administrator.email,
      ZHIKE_ADMIN_PASSWORD: administrator.password,
    },
  })
  const url = `http://127.0.0.1:${port}`
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200) await sleep(300)
  browser = await launchBrowser()
  visitor = await visit(browser, url, { locale: 'zh-CN' })
  page = visitor.page
  page.setDefaultTimeout(20_000)
  await page.goto('/sign-in?next=/system')
  await page.getByLabel(t('signIn.email')).fill(administrator.email)
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(administrator.password)
  await page.getByRole('button', { name: t('signIn.submit'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: t('system.title') }).waitFor()
}, 120_000)
afterAll(async () => {
  await visitor?.close()
  await browser?.close()
  server.kill('SIGTERM')
  if (server.exitCode === null) await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

test('without a backup the page says so, and what to do', async () => {
  await page.getByText(t('trouble.no-backup'), { exact: true }).waitFor()
  await page.getByText(t('trouble.no-backup.do')).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
})

test('one press backs up, with its progress in view; then the trouble is gone and the backup is in the list', async () => {
  await page.getByRole('button', { name: t('backups.now') }).click()
  await page.getByRole('progressbar', { name: t('backups.progress') }).waitFor()
  const row = page.getByRole('table', { name: t('backups.list') }).getByText(t('backups.state.whole'), { exact: true })
  await row.waitFor({ timeout: 60_000 })
  await page.getByText(t('trouble.no-backup'), { exact: true }).waitFor({ state: 'detached' })
  expect(await accessibilityFaults(page)).toEqual([])
})

test('deleting a backup says how much it frees and that it is the last', async () => {
  await page.getByRole('button', { name: new RegExp(`^${t('backups.remove')}备份`) }).click()
  await page.getByRole('dialog').getByText(t('backups.remove.last')).waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('backups.remove'), exact: true })
    .click()
  await page.getByText(t('backups.removed'), { exact: true }).waitFor()
  await page.getByText(t('trouble.no-backup'), { exact: true }).waitFor()
  expect(await page.getByRole('table', { name: t('backups.list') }).count()).toBe(0)
})

test('the warehouse is checked and rebuilt from here', async () => {
  await page.getByRole('button', { name: t('warehouse.check'), exact: true }).click()
  await page.getByRole('columnheader', { name: t('warehouse.hash') }).waitFor()
  await page.getByRole('button', { name: t('warehouse.rebuild'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('warehouse.rebuild'), exact: true })
    .click()
  await page.getByText(t('warehouse.rebuilt'), { exact: true }).waitFor({ timeout: 60_000 })
  expect(await accessibilityFaults(page)).toEqual([])
  expect(visitor.complaints).toEqual([])
})

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as { port: number }
  listener.close()
  return port
}
