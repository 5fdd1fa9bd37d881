import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../server/test/harness.ts'
import { texts } from '../src/app/texts.ts'
import { accessibilityFaults, launchBrowser, type Visit, visit } from './browser.ts'
import { textsIn } from './words.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const owner = { name: '林晓', email: 'lin@example.com', password: 'tea-house-river-9' }
const ben = { name: 'Ben Mason', email: 'ben@example.com', password: 'willow boat 58 rain' }

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'zh', locale: 'zh-CN', width: 1440, role: '店员' },
  { language: 'en', locale: 'en', width: 390, role: 'Shop floor' },
] as const)('administration in $language at $width px', ({ language, locale, width, role }) => {
  const t = textsIn(language, texts)
  let server: TestServer
  let mine: Visit
  let page: Page
  let theirs: Visit

  const signIn = async (on: Page, { email, password }: { email: string; password: string }) => {
    await on.goto('/sign-in')
    await on.getByLabel(t('signIn.email')).fill(email)
    await on.getByLabel(t('signIn.password'), { exact: true }).fill(password)
    await on.getByRole('button', { name: t('signIn.submit'), exact: true }).click()
    await on.getByRole('navigation', { name: t('nav.label') }).waitFor()
  }
  const open = async (path: string, title: string) => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  const press = (name: string, on: Page = page) => on.getByRole('button', { name, exact: true }).first().click()
  const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

  beforeAll(async () => {
    server = await startTestServer({ setUp: false, webFolder })
    const company = { name: 'Tea', timeZone: 'Asia/Shanghai', currency: 'CNY', locale: language }
    await server.as(undefined)(setup.run, { body: { company, administrator: owner } })
    mine = await visit(browser, server.url, { locale, width })
    theirs = await visit(browser, server.url, { locale })
    page = mine.page
    page.setDefaultTimeout(15_000)
    theirs.page.setDefaultTimeout(15_000)
    await signIn(page, owner)
  })
  afterAll(async () => {
    await mine.close()
    await theirs.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const { page: shown, complaints } of [mine, theirs])
      console.error(shown.url(), await shown.locator('body').innerText(), complaints)
  })

  test('a role is made from rights in plain words', async () => {
    await open('/people/roles/new', t('roles.new'))
    await page.getByLabel(t('role.name'), { exact: true }).fill(role)
    await page.getByRole('checkbox', { name: new RegExp(`^${t('right.customer.read')}`) }).check()
    await page.getByRole('checkbox', { name: new RegExp(`^${t('right.job.read')}`) }).check()
    expect(await accessibilityFaults(page)).toEqual([])
    await press(t('role.create'))
    await page.getByRole('heading', { level: 1, name: role }).waitFor()
  })

  test('somebody invited comes in by the link that was handed over, once', async () => {
    await open('/people/new', t('person.new.title'))
    await page.getByLabel(t('person.name'), { exact: true }).fill(ben.name)
    await page.getByLabel(t('person.email'), { exact: true }).fill(owner.email)
    await page.getByRole('checkbox', { name: role, exact: true }).check()
    await press(t('person.invite'))
    expect(await page.getByRole('alert').first().innerText()).not.toBe('')
    await page.getByLabel(t('person.email'), { exact: true }).fill(ben.email)
    await press(t('person.invite'))
    const link = await page.locator('code').innerText()
    expect(await accessibilityFaults(page)).toEqual([])
    const their = theirs.page
    await their.goto(new URL(link).pathname + new URL(link).hash)
    await their.getByLabel(t('link.password'), { exact: true }).fill(ben.password)
    await press(t('link.submit'), their)
    await their.waitForURL(/sign-in/)
    await signIn(their, ben)
    await their.goto('/customers')
    await their.getByRole('heading', { level: 1, name: t('customers.title') }).waitFor()
  })

  test('the page of a person says what they can do, from which role, and how many customers they see', async () => {
    const keeper = await server.given.administrator()
    for (const name of ['一', '二', '三']) await server.as(keeper)(customers.create, { body: { kind: 'person', values: { name } } })
    await open('/people', t('people.title'))
    await page.getByRole('link', { name: ben.name }).click()
    await page.getByRole('heading', { level: 1, name: ben.name }).waitFor()
    const access = page.getByRole('table', { name: t('access.title') })
    expect(
      await access
        .getByRole('row')
        .filter({ hasText: t('right.customer.read') })
        .innerText(),
    ).toContain(t('access.from', { roles: role }))
    expect(
      await access
        .getByRole('row')
        .filter({ hasText: t('right.user.manage') })
        .innerText(),
    ).toContain(t('access.cannot'))
    const figure = page.getByRole('region', { name: t('access.seen') }).locator('b')
    await expect.poll(() => figure.innerText()).toBe('3')
    // The figure is the length of the list that the person has before them.
    await theirs.page.reload()
    await theirs.page.getByRole('grid').waitFor()
    await expect.poll(() => theirs.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('4')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a limited role is felt within a second on the page that its person has open', async () => {
    const navigation = theirs.page.getByRole('navigation', { name: t('nav.label') })
    await open('/people/roles', t('roles.title'))
    await page.getByRole('link', { name: role, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: role }).waitFor()
    await page.getByRole('checkbox', { name: new RegExp(`^${t('right.import.run')}`) }).check()
    await press(t('role.save'))
    await page.getByText(t('role.saved', { count: 1 })).waitFor()
    const entry = navigation.getByRole('link', { name: t('nav.imports'), exact: true })
    await entry.waitFor({ timeout: 1000 })
    await page.getByRole('checkbox', { name: new RegExp(`^${t('right.import.run')}`) }).uncheck()
    await page.getByRole('combobox', { name: t('role.scope.of', { right: t('right.customer.read') }) }).selectOption('own')
    await press(t('role.save'))
    await entry.waitFor({ state: 'detached', timeout: 1000 })
    await expect.poll(() => theirs.page.getByText(t('customers.empty'), { exact: true }).count(), { timeout: 2000 }).toBe(1)
  })

  test('the people of a role and of a team are as many as its figure says', async () => {
    await open('/people/roles', t('roles.title'))
    await page.getByRole('link', { name: t('roles.members.of', { name: role, count: 1 }) }).click()
    await page.waitForURL(/role=/)
    await page.getByRole('link', { name: ben.name }).waitFor()
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('2')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('teams are made below one another, moved, and deleted when nobody is in them', async () => {
    await open('/people/teams', t('teams.title'))
    const make = async (name: string) => {
      await page.getByRole('dialog').getByLabel(t('teams.name')).fill(name)
      await inDialog(t('action.save'))
      await page
        .getByRole('list', { name: t('teams.list') })
        .getByText(name, { exact: true })
        .waitFor()
    }
    const act = async (name: string, what: string) => {
      await page.getByRole('button', { name: t('teams.actions', { name }) }).click()
      await page.getByRole('menuitem', { name: what }).click()
    }
    await press(t('teams.new'))
    await make('East')
    await act('East', t('teams.add'))
    await make('Harbour')
    await act('Harbour', t('teams.edit'))
    const parent = page.getByRole('dialog').getByRole('combobox', { name: t('teams.parent') })
    await parent.fill('Harb')
    await page.getByText(t('picker.nothing')).waitFor()
    await parent.fill('')
    await page.getByRole('option', { name: t('teams.parent.top') }).click()
    await inDialog(t('action.save'))
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await accessibilityFaults(page)).toEqual([])
    await act('Harbour', t('teams.remove'))
    await page.getByText(t('teams.removed', { name: 'Harbour' })).waitFor()
    await press(t('action.undo'))
    await page
      .getByRole('list', { name: t('teams.list') })
      .getByText('Harbour', { exact: true })
      .waitFor()
  })

  test('a key is shown once, works, and stops when it is revoked', async () => {
    await open('/api-keys', t('keys.api.title'))
    await page.getByLabel(t('keys.api.name'), { exact: true }).fill('Till sync')
    await page.getByText(t('keys.api.rights.some')).click()
    await page.getByRole('checkbox', { name: t('right.user.manage') }).check()
    await press(t('keys.api.create'))
    const key = await page.locator('code.api-key').innerText()
    const ask = () => fetch(`${server.url}/api/v1/users`, { headers: { authorization: `Bearer ${key}` } })
    expect((await ask()).status).toBe(200)
    await press(t('keys.api.revoke.of', { name: 'Till sync' }))
    await inDialog(t('keys.api.revoke'))
    await page.getByText(t('keys.api.revoked', { name: 'Till sync' })).waitFor()
    expect((await ask()).status).toBe(401)
    await page.reload()
    await page.getByRole('grid').waitFor()
    expect(await page.getByText(key).count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the audit log is filtered, read in words, and taken away as what is filtered', async () => {
    await open('/audit', t('audit.title'))
    const who = page.getByRole('combobox', { name: t('audit.who') })
    await who.fill('ben')
    await page.getByRole('option', { name: ben.name }).click()
    await page.waitForURL(/who=/)
    await expect.poll(() => who.inputValue()).toBe(ben.name)
    await who.click()
    await page.getByRole('option', { name: t('picker.me', { name: owner.name }) }).click()
    await page.getByRole('combobox', { name: t('audit.what') }).selectOption('role.')
    await page.getByText(t('audit.shown', { count: 3 })).waitFor()
    await page
      .getByRole('row')
      .filter({ hasText: t('audit.action.role.create') })
      .click()
    await page.getByRole('dialog').getByText('role.create').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    const coming = page.waitForEvent('download')
    await press(t('audit.export'))
    await page.getByRole('menuitem', { name: t('audit.export.verification') }).click()
    const file = readFileSync(await (await coming).path(), 'utf8')
    expect(
      file
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[5]),
    ).toEqual(['role.edit', 'role.edit', 'role.create'])
    await page.getByRole('combobox', { name: t('audit.what') }).selectOption('audit.')
    await page
      .getByRole('row')
      .filter({ hasText: t('audit.action.audit.export') })
      .waitFor()
  })

  test('settings are kept; who was overtaken is told and keeps what was typed', async () => {
    await open('/settings', t('settings.title'))
    await page.getByLabel(t('company.name')).fill('Tea and more')
    await server.owner`update company set version = version + 1, margin = 0.5`
    await press(t('action.save'))
    await page.getByRole('alert').waitFor()
    await press(t('action.save'))
    await page.getByText(t('settings.saved')).waitFor()
    const [company] = await server.owner`select name from company`
    expect(company).toEqual({ name: 'Tea and more' })
    await open('/settings?tab=rates', t('settings.title'))
    const buffer = Buffer.from('currency,day,rate\nUSD,2026-03-01,7.2\nUSD,2026-03-02,7.3')
    await page.getByLabel(t('rates.file')).setInputFiles({ name: 'rates.csv', mimeType: 'text/csv', buffer })
    await page.getByText(t('rates.done', { count: 2 })).waitFor()
    await press(t('rates.remove.of', { currency: 'USD', day: '2026-03-02' }))
    await press(t('action.undo'))
    await page.getByRole('button', { name: t('rates.remove.of', { currency: 'USD', day: '2026-03-02' }) }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a channel gets another name and trust, customers follow in the background, and undo takes it back', async () => {
    await open('/settings?tab=channels', t('settings.title'))
    await press(t('channels.new'))
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('channels.column.name')).fill('Till')
    await dialog.getByLabel(t('channels.code')).fill('till')
    await inDialog(t('action.save'))
    await page.getByRole('button', { name: 'Till', exact: true }).click()
    await dialog.getByLabel(t('channels.column.name')).fill('Till by the river')
    await dialog.getByLabel(t('channels.column.trust')).fill('35')
    expect(await accessibilityFaults(page)).toEqual([])
    await inDialog(t('action.save'))
    await page.getByText(t('channels.saved.trust', { name: 'Till by the river' })).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'till' }).last()
    await expect.poll(() => row.innerText()).toContain('35')
    await page
      .getByText(t('channels.trust.applying', { name: 'Till by the river', trust: 35 }))
      .first()
      .waitFor({ state: 'detached' })
    await press(t('action.undo'))
    await page.getByRole('button', { name: 'Till', exact: true }).waitFor()
    await expect.poll(() => row.innerText()).toContain('50')
  })

  test('somebody disabled is out at once, and back by undo', async () => {
    await open('/people', t('people.title'))
    await page.getByRole('link', { name: ben.name }).click()
    await press(t('person.actions'))
    await page.getByRole('menuitem', { name: t('person.do.disable') }).click()
    await inDialog(t('person.do.disable'))
    await page.getByText(t('person.disabled', { name: ben.name })).waitFor()
    await theirs.page.goto('/customers')
    await theirs.page.getByLabel(t('signIn.email')).waitFor()
    await press(t('action.undo'))
    await expect.poll(() => page.getByText(t('people.state.active'), { exact: true }).count()).toBe(1)
  })

  test('nothing scrolls sideways and nothing complains on any page', async () => {
    const paths = [
      '/people',
      '/people/new',
      '/people/teams',
      '/people/roles',
      '/api-keys?of=everybody',
      '/audit',
      '/settings?tab=channels',
      '/system',
    ]
    for (const path of paths) {
      await page.goto(path)
      await page.getByRole('main').waitFor()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
      expect(await accessibilityFaults(page), path).toEqual([])
    }
    expect(mine.complaints).toEqual([])
  })
})
