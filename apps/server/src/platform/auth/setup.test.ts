import * as session from '@zhike/contract/platform/session.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserSession } from '../../../test/browser-session.ts'
import { refusal, startTestServer, type TestServer } from '../../../test/harness.ts'
import { ConfigProblem, parseConfig } from '../../config.ts'
import { setupUnattended } from './setup.ts'
import { withTemporaryKey } from './temporary-key.ts'

let server: TestServer
const admin = { email: 'Root@Firm.example', password: 'lantern otter 92 quill', apiKey: 'an-operator-chosen-key-0123456789abcdef' }
const as = (apiKey: string) => server.as({ id: '', name: '', apiKey })

beforeAll(async () => {
  server = await startTestServer({ setUp: false })
})
afterAll(() => server.stop())

test('settings of the operator make company, administrator and key once, whatever they say later', async () => {
  const { database } = server.app
  await expect(setupUnattended(database, { admin: { ...admin, password: 'password1' } })).rejects.toThrow(ConfigProblem)
  const results = await Promise.all([1, 2, 3].map(() => setupUnattended(database, { admin })))
  expect(results.filter(Boolean)).toHaveLength(1)
  expect(await setupUnattended(database, { admin: { email: 'other@firm.example', password: admin.password } })).toBe(false)
  const me = await as(admin.apiKey)(session.get, {})
  expect(me).toMatchObject({
    user: { email: 'root@firm.example' },
    via: 'api-key',
    company: { currency: 'CNY', timeZone: 'Asia/Shanghai' },
  })
  const events = await server.owner<{ action: string }[]>`select action from audit_event`
  expect(events.map(({ action }) => action)).toEqual(['setup.run'])
  const browser = browserSession(server.url)
  expect(await browser.call(session.signIn, { body: { email: admin.email, password: admin.password } })).toMatchObject({
    state: 'signed-in',
  })
})

test('ZHIKE_COMPANY_* say what the company is; without a name it has one in its language', async () => {
  const environment = { ZHIKE_ADMIN_EMAIL: admin.email, ZHIKE_ADMIN_PASSWORD: admin.password, ZHIKE_ADMIN_API_KEY: admin.apiKey }
  const companyBy = async (settings: Record<string, string>) => {
    const fresh = await startTestServer({ setUp: false })
    try {
      const config = parseConfig({ ...environment, ...settings })
      expect(await setupUnattended(fresh.app.database, { admin: config.admin as typeof admin, company: config.company })).toBe(true)
      const me = await fresh.as({ id: '', name: '', apiKey: admin.apiKey })(session.get, {})
      return { ...me.company, speaks: me.user.locale }
    } finally {
      await fresh.stop()
    }
  }
  const own = { ZHIKE_COMPANY_NAME: 'Tea & Co', ZHIKE_COMPANY_TIME_ZONE: 'Europe/London', ZHIKE_COMPANY_CURRENCY: 'GBP' }
  expect(await companyBy({ ...own, ZHIKE_COMPANY_LOCALE: 'en' })).toMatchObject({
    name: 'Tea & Co',
    timeZone: 'Europe/London',
    currency: 'GBP',
    locale: 'en',
    speaks: 'en',
  })
  expect(await companyBy({})).toMatchObject({ name: '我的公司', timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' })
  expect(await companyBy({ ZHIKE_COMPANY_LOCALE: 'en' })).toMatchObject({ name: 'My company', locale: 'en' })
})

test('a lent key is the administrator’s, and is revoked however the work ends', async () => {
  let lent = ''
  const work = withTemporaryKey(server.app.database, async (key) => {
    lent = key
    expect((await as(key)(session.get, {})).user.email).toBe('root@firm.example')
    throw new Error('the work failed')
  })
  await expect(work).rejects.toThrow('the work failed')
  await expect.poll(() => refusal(as(lent)(session.get, {})).catch(() => undefined)).toMatchObject({ problem: 'not-signed-in' })
})

test('many sign-ins and link uses at once are all answered', { timeout: 60_000 }, async () => {
  const tries = Array.from({ length: 15 }, (_, index) => [
    refusal(browserSession(server.url).call(session.signIn, { body: { email: `nobody${index}@firm.example`, password: 'x' } })),
    refusal(browserSession(server.url).call(session.useLink, { body: { token: 'x'.repeat(43), password: admin.password } })),
  ]).flat()
  const answers = await Promise.all(tries)
  expect(new Set(answers.map(({ problem }) => problem))).toEqual(new Set(['sign-in-failed', 'link-expired']))
})
