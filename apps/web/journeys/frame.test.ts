import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import * as users from '@zhike/contract/platform/users.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import type { TextPair } from '../src/ui/text-pair.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const email = 'lin@example.com'
const password = 'tea-house-river-9'

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 390, colorScheme: 'light' },
  { language: 'en', locale: 'en', width: 1440, colorScheme: 'dark' },
] as const)('the frame, in $language at $width px', ({ language, locale, width, colorScheme }) => {
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
  const fill = (key: keyof typeof texts, value: string) => page.getByLabel(t(key), { exact: true }).fill(value)
  const heading = (key: keyof typeof texts) => page.getByRole('heading', { level: 1, name: t(key), exact: true }).waitFor()
  const path = () => new URL(page.url()).pathname
  const withoutFault = async () => expect(await accessibilityFaults(page)).toEqual([])
  const signIn = async (withPassword = password) => {
    await fill('signIn.email', email)
    await fill('signIn.password', withPassword)
    await press('signIn.submit')
  }

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder })
    visitor = await visit(browser, server.url, { locale, width, colorScheme })
    page = visitor.page
    page.setDefaultTimeout(15_000)
  })
  afterAll(async () => {
    await visitor.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText(), visitor.complaints)
  })

  test('the first run tells beside each field what is missing, and ends with the choice of where to begin', async () => {
    await page.goto('/')
    await press('setup.submit')
    await expect.poll(() => page.getByRole('alert').count()).toBe(4)
    await withoutFault()
    await fill('setup.company.name', '知味茶庄')
    await fill('setup.name', '林晓')
    await fill('setup.email', 'lin@')
    await fill('setup.password', 'password')
    await press('setup.submit')
    await page.getByText(t('form.email')).waitFor()
    await fill('setup.email', email)
    await press('setup.submit')
    // Refused by the server, told beside the password, and nothing else is to be typed again.
    await page.locator('[data-field="administrator.password"]').getByRole('alert').waitFor()
    await fill('setup.password', password)
    await press('setup.submit')
    await heading('welcome.title')
    await withoutFault()
  })

  test('the palette leads to pages and commands by the keyboard, in the words of either language', async () => {
    await page.keyboard.press('Control+k')
    const search = page.getByRole('combobox', { name: t('palette.title') })
    await search.waitFor()
    await withoutFault()
    await page.keyboard.type(language === 'zh' ? 'glossary' : '词汇表')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Enter')
    await heading('glossary.title')
    await withoutFault()
    await page.keyboard.press('Control+k')
    await search.waitFor()
    await page
      .getByRole('group', { name: t('palette.recent') })
      .getByRole('option', { name: t('welcome.title') })
      .click()
    await heading('welcome.title')
  })

  test('g and a letter go to a page, ? tells which', async () => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: t('keys.title') }).waitFor()
    await withoutFault()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await heading('account.title')
    expect(path()).toBe('/account')
    await withoutFault()
  })

  test('an address that leads nowhere says so and keeps the menu; on a phone the menu holds the rest behind one press', async () => {
    await page.goto('/no/such/page')
    await page.getByText(t('notFound.title')).last().waitFor()
    const menu = page.getByRole('navigation', { name: t('nav.label') })
    if (width < 640) {
      await menu.getByRole('button', { name: t('nav.more') }).click()
      await withoutFault()
    }
    await menu.getByRole('link', { name: t('nav.glossary') }).click()
    await heading('glossary.title')
    expect(path()).toBe('/help/glossary')
  })

  test('the glossary finds a word in either language and in its meaning', async () => {
    await fill('glossary.search', language === 'zh' ? 'whom nobody owns' : '公海')
    await page.waitForURL(/q=/)
    await expect.poll(() => page.getByRole('term').allInnerTexts()).toContainEqual(expect.stringContaining('公海'))
  })

  let secret = ''
  let backupCodes: string[] = []
  test('the second factor is turned on with the code of the secret, after a wrong one is refused', async () => {
    await page.goto('/account')
    await page.getByLabel(t('factor.password'), { exact: true }).fill(password)
    await press('factor.begin')
    await page
      .getByRole('img', { name: t('factor.qr') })
      .locator('svg')
      .waitFor()
    secret = await page.locator('code.secret').innerText()
    backupCodes = await page.locator('.backup-codes code').allInnerTexts()
    await withoutFault()
    await page.getByLabel(t('factor.code'), { exact: true }).fill('000 000')
    await press('factor.confirm')
    await page.locator('[data-field="code"]').getByRole('alert').waitFor()
    await page.getByLabel(t('factor.code'), { exact: true }).fill(codeNow(secret))
    await press('factor.confirm')
    await page
      .getByRole('region', { name: t('messages.label') })
      .getByText(t('factor.done'))
      .waitFor()
    expect(backupCodes).toHaveLength(10)
  })

  test('signing in takes it from then on: a code or a backup code', async () => {
    await page.getByRole('button', { name: t('shell.me', { name: '林晓' }) }).click()
    await page.getByRole('menuitem', { name: t('shell.signOut') }).click()
    await heading('signIn.title')
    await signIn('not-the-password')
    await page.getByRole('alert').waitFor()
    await withoutFault()
    await signIn()
    await heading('signIn.code.title')
    await withoutFault()
    await press('signIn.backup.use')
    await fill('signIn.backup', backupCodes[0]!)
    await press('signIn.verify')
    await page.getByRole('navigation', { name: t('nav.label') }).waitFor()
    expect(path()).toBe('/')
  })

  test('what is typed outlives the end of the session: the same person signs in over the page, and the save goes through', async () => {
    await page.goto('/account')
    await fill('account.name', '林晓晓')
    await page.context().clearCookies()
    await press('action.save')
    const dialog = page.getByRole('dialog', { name: t('sessionEnd.title') })
    await dialog.waitFor()
    await withoutFault()
    await dialog.getByLabel(t('signIn.password'), { exact: true }).fill(password)
    await dialog.getByRole('button', { name: t('signIn.submit'), exact: true }).click()
    await dialog.getByRole('button', { name: t('signIn.backup.use'), exact: true }).click()
    await dialog.getByLabel(t('signIn.backup'), { exact: true }).fill(backupCodes[1]!)
    await dialog.getByRole('button', { name: t('signIn.verify'), exact: true }).click()
    await page.getByText(t('account.saved')).waitFor()
    await page.getByRole('button', { name: t('shell.me', { name: '林晓晓' }) }).waitFor()
    expect(await page.getByLabel(t('account.name'), { exact: true }).inputValue()).toBe('林晓晓')
  })

  test('without a network a save waits and is told; it goes through when the network is back', async () => {
    await page.context().setOffline(true)
    await fill('account.name', '林晓')
    await press('action.save')
    await page.getByText(t('connection.offline'), { exact: false }).waitFor()
    await withoutFault()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: t('shell.me', { name: '林晓' }), exact: true }).waitFor()
    expect(await page.getByText(t('connection.offline')).count()).toBe(0)
  })

  test('the app opens without a network, and says why it is empty', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    await page.goto('/help/glossary')
    await heading('glossary.title')
    await page.context().setOffline(true)
    await page.goto('/help/glossary')
    await page.getByText(t('connection.offline'), { exact: false }).waitFor()
    await page.context().setOffline(false)
    await heading('glossary.title')
    expect(await page.getByText(t('connection.offline')).count()).toBe(0)
  })

  test('who lacks a right is told which one', async () => {
    const boss = await server.given.administrator()
    const { items } = await server.as(boss)(users.list, { query: { limit: 10 } })
    const lin = items.find((user) => user.email === email)!
    await server.owner`update role set grants = '[{"right":"job.read","scope":"all","pool":false}]' where id in (select role_id from user_role where user_id = ${lin.id})`
    await server.owner`select pg_notify('principal_changed', 'all')`
    await page.goto('/imports')
    await page.getByText(t('noRight.text', { right: t('right.import.run') })).waitFor()
    expect(path()).toBe('/imports')
    await withoutFault()
  })

  test('an invitation leads to a password and on to signing in; the same link twice is refused', async () => {
    const boss = await server.given.administrator()
    const { invitation } = await server.as(boss)(users.invite, {
      body: { name: '陈默', email: 'chen@example.com', roleIds: [], teamIds: [] },
    })
    const guest = await visit(browser, server.url, { locale, width, colorScheme })
    await guest.page.goto(new URL(invitation.url).pathname + new URL(invitation.url).hash)
    await guest.page.getByLabel(t('link.password'), { exact: true }).fill(password)
    expect(await accessibilityFaults(guest.page)).toEqual([])
    await guest.page.getByRole('button', { name: t('link.submit'), exact: true }).click()
    await guest.page.getByRole('heading', { level: 1, name: t('signIn.title') }).waitFor()
    await guest.page.goto(new URL(invitation.url).pathname)
    await guest.page.goto(new URL(invitation.url).pathname + new URL(invitation.url).hash)
    await guest.page.reload()
    await guest.page.getByRole('alert').waitFor()
    expect(guest.complaints).toEqual([])
    await guest.close()
  })

  test('nothing went wrong that nobody asked for', () => {
    expect(visitor.complaints).toEqual([])
  })
})

/** Six digits of a secret in base32 for this half minute (RFC 6238). */
function codeNow(secret: string): string {
  const bits = [...secret.replaceAll(/[\s=]/g, '')].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.at(-1)! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
