import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { authenticatorCode, type BrowserSession, browserSession } from '../../../test/browser-session.ts'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
const password = 'lantern otter 92 quill'
const company = { name: '半山', timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' } as const
const administrator = { name: '管理员', email: 'Boss@Firm.example', password }

beforeAll(async () => {
  server = await startTestServer({ setUp: false })
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.owner`delete from auth_throttle`
})

/** Somebody who has joined with a password, by an invitation as everybody does. */
async function member(name: string): Promise<{ id: string; email: string }> {
  admin ??= await server.given.administrator()
  const email = `${name}-${Math.random().toString(36).slice(2)}@firm.example`
  const { user, invitation } = await server.as(admin)(users.invite, { body: { name, email, roleIds: [], teamIds: [] } })
  await browserSession(server.url).call(session.useLink, { body: { token: tokenOf(invitation.url), password } })
  return { id: user.id, email }
}

const tokenOf = (url: string) => new URL(url).hash.slice(1)

async function signedIn(email: string, browser: BrowserSession = browserSession(server.url)): Promise<BrowserSession> {
  await browser.call(session.signIn, { body: { email, password } })
  return browser
}

test('the first run is done once, even by two at the same moment; the administrator then signs in', async () => {
  const call = browserSession(server.url).call
  expect(await call(setup.get, {})).toEqual({ needed: true })
  expect(await refusal(call(setup.run, { body: { company, administrator: { ...administrator, password: 'password123' } } }))).toMatchObject(
    {
      problem: 'password-too-weak',
    },
  )
  const results = await Promise.allSettled([1, 2].map(() => call(setup.run, { body: { company, administrator } })))
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await refusal(call(setup.run, { body: { company, administrator } }))).toMatchObject({ status: 409, problem: 'setup-done' })
  expect(await call(setup.get, {})).toEqual({ needed: false })
  const boss = browserSession(server.url)
  const reply = await boss.call(session.signIn, { body: { email: administrator.email, password } })
  expect(reply).toMatchObject({
    state: 'signed-in',
    me: { user: { name: '管理员', email: 'boss@firm.example' }, company, personal: 'clear' },
  })
  const { items } = await boss.call(auditLog.list, {})
  expect(items.map(({ action, via }) => `${action} ${via}`)).toEqual(['session.sign-in session', 'setup.run system'])
})

test('passwords are kept as argon2id with 64 MiB and 3 passes, session tokens and links as hashes', async () => {
  const { email, id } = await member('hash')
  const browser = await signedIn(email)
  const token = decodeURIComponent(browser.cookies.get('zhike_session') ?? '').split('.')[0] ?? ''
  expect(token.length).toBeGreaterThanOrEqual(32)
  const [kept] = await server.owner`select token from auth_session where user_id = ${id}`
  expect(kept?.['token']).toMatch(/^[0-9a-f]{64}$/)
  const hashes = await server.owner<{ password: string }[]>`select password from auth_account`
  expect(hashes.every((row) => row.password.startsWith('$argon2id$v=19$m=65536,t=3,p=1$'))).toBe(true)
  expect(browser.attributes.get('zhike_session')).toMatch(/httponly/)
  expect(browser.attributes.get('zhike_session')).toMatch(/samesite=strict/)
})

test('a long password counts to its last character', async () => {
  const { email } = await member('long')
  const browser = await signedIn(email)
  const long = `${'längs-Ähre-'.repeat(9)}`.slice(0, 80)
  await browser.call(session.changePassword, { body: { current: password, next: `${long}1` } })
  const stranger = browserSession(server.url)
  expect(await refusal(stranger.call(session.signIn, { body: { email, password: `${long}2` } }))).toMatchObject({
    problem: 'sign-in-failed',
  })
  expect(await refusal(stranger.call(session.signIn, { body: { email, password: long } }))).toMatchObject({ problem: 'sign-in-failed' })
  await stranger.call(session.signIn, { body: { email, password: `${long}1` } })
})

test('a changed password ends the other sessions at once', async () => {
  const { email } = await member('change')
  const here = await signedIn(email)
  const there = await signedIn(email)
  await there.call(session.get, {})
  await here.call(session.changePassword, { body: { current: password, next: 'velvet anchor 17 moth' } })
  await here.call(session.get, {})
  expect(await refusal(there.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
})

test('unknown account, wrong password and disabled account are one answer', async () => {
  const { email, id } = await member('disabled')
  const call = browserSession(server.url).call
  const answers = [
    await refusal(call(session.signIn, { body: { email: 'nobody@firm.example', password } })),
    await refusal(call(session.signIn, { body: { email, password: 'wrong wrong wrong' } })),
  ]
  await server.as(admin)(users.edit, { params: { id }, body: { enabled: false } }, { version: 2 })
  answers.push(await refusal(call(session.signIn, { body: { email, password } })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('a disabled person’s session ends at once and does not come back', async () => {
  const { email, id } = await member('leaver')
  const browser = await signedIn(email)
  await browser.call(session.get, {})
  const { version } = await server.as(admin)(users.get, { params: { id } })
  const disabled = await server.as(admin)(users.edit, { params: { id }, body: { enabled: false } }, { version })
  expect(await refusal(browser.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  await server.as(admin)(users.edit, { params: { id }, body: { enabled: true } }, { version: disabled.version })
  expect(await refusal(browser.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
})

test('strangers get five guesses; the owner’s browser still signs in', async () => {
  const { email } = await member('target')
  const owner = await signedIn(email)
  await owner.call(session.signOut, {})
  await server.owner`delete from auth_known_address`
  const guess = () => refusal(browserSession(server.url).call(session.signIn, { body: { email, password: `guess ${Math.random()}` } }))
  const answers = await Promise.all(Array.from({ length: 9 }, guess))
  expect(answers.filter(({ problem }) => problem === 'sign-in-failed')).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
  // Even the right password does not tell a stranger anything now.
  expect(await refusal(signedIn(email))).toMatchObject({ status: 429 })
  await signedIn(email, owner)
})

test('an account that does not exist is throttled like one that does', async () => {
  const guess = () => refusal(browserSession(server.url).call(session.signIn, { body: { email: 'ghost@firm.example', password: 'x' } }))
  const answers: string[] = []
  for (let each = 0; each < 7; each += 1) answers.push((await guess()).problem)
  expect(answers.filter((problem) => problem === 'sign-in-failed')).toHaveLength(5)
  expect(answers.at(-1)).toBe('too-many-requests')
})

test('one address cannot try many accounts', async () => {
  const guess = (email: string) =>
    fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'x' }),
    })
  await server.owner`insert into auth_throttle (key, points, expire) select key, 100, expire from auth_throttle where false`
  const first = await guess('a0@firm.example')
  expect(first.status).toBe(401)
  await server.owner`update auth_throttle set points = 100 where key like 'address:%'`
  const refused = await guess('a1@firm.example')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000)
})

test('a second factor is asked for, works once per code, and its backup codes work once', async () => {
  const { email, id } = await member('careful')
  const browser = await signedIn(email)
  const other = await signedIn(email)
  expect(await refusal(browser.call(session.enrolSecondFactor, { body: { password: 'wrong' } }))).toMatchObject({
    problem: 'password-wrong',
  })
  const enrolled = await browser.call(session.enrolSecondFactor, { body: { password } })
  expect(enrolled.uri).toMatch(/^otpauth:\/\/totp\//)
  expect(enrolled.backupCodes.length).toBeGreaterThanOrEqual(8)
  expect(await refusal(browser.call(session.confirmSecondFactor, { body: { code: '000000' } }))).toMatchObject({
    problem: 'second-factor-failed',
  })
  const first = authenticatorCode(enrolled.secret)
  expect((await browser.call(session.confirmSecondFactor, { body: { code: first } })).user.secondFactor).toBe(true)
  await browser.call(session.get, {})
  expect(await refusal(other.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })

  const next = browserSession(server.url)
  expect(await next.call(session.signIn, { body: { email, password } })).toEqual({ state: 'second-factor-needed' })
  expect(await refusal(next.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  expect(await refusal(next.call(session.secondFactor, { body: { code: first } }))).toMatchObject({ problem: 'second-factor-failed' })
  const second = authenticatorCode(enrolled.secret, 1)
  const twins = await Promise.allSettled([1, 2].map(() => next.call(session.secondFactor, { body: { code: second } })))
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await next.call(session.get, {})

  const backupCode = enrolled.backupCodes[0] ?? ''
  const third = await signedIn(email)
  expect(await third.call(session.secondFactor, { body: { backupCode } })).toMatchObject({ state: 'signed-in' })
  const fourth = await signedIn(email)
  expect(await refusal(fourth.call(session.secondFactor, { body: { backupCode } }))).toMatchObject({ problem: 'second-factor-failed' })

  await server.as(admin)(users.resetSecondFactor, { params: { id } })
  const fifth = browserSession(server.url)
  expect(await fifth.call(session.signIn, { body: { email, password } })).toMatchObject({ state: 'signed-in' })
  expect(await refusal(fifth.call(session.disableSecondFactor, { body: { password } }))).toMatchObject({ problem: 'second-factor-off' })
})

test('somebody turns the second factor off with the password', async () => {
  const { email } = await member('off')
  const browser = await signedIn(email)
  const { secret } = await browser.call(session.enrolSecondFactor, { body: { password } })
  await browser.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
  expect(await refusal(browser.call(session.enrolSecondFactor, { body: { password } }))).toMatchObject({ problem: 'second-factor-on' })
  expect((await browser.call(session.disableSecondFactor, { body: { password } })).user.secondFactor).toBe(false)
  await browser.call(session.get, {})
  await signedIn(email)
})

test('guesses of the second factor are counted', async () => {
  const { email } = await member('guessed')
  const browser = await signedIn(email)
  const { secret } = await browser.call(session.enrolSecondFactor, { body: { password } })
  await browser.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
  await server.owner`delete from auth_known_address`
  const answers: string[] = []
  for (let each = 0; each < 7; each += 1) {
    const thief = browserSession(server.url)
    await thief.call(session.signIn, { body: { email, password } })
    answers.push((await refusal(thief.call(session.secondFactor, { body: { code: '123456' } }))).problem)
  }
  expect(answers.filter((problem) => problem === 'second-factor-failed')).toHaveLength(5)
  expect(answers.at(-1)).toBe('too-many-requests')
})

test('an invitation works once, a reset link replaces the one before and ends all sessions', async () => {
  const { email, id } = await member('forgetful')
  const browser = await signedIn(email)
  const call = browserSession(server.url).call
  const first = await server.as(admin)(users.link, { params: { id } })
  const second = await server.as(admin)(users.link, { params: { id } })
  expect(new Date(second.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(24 * 3600 * 1000)
  expect(await refusal(call(session.useLink, { body: { token: tokenOf(first.url), password } }))).toMatchObject({ status: 410 })
  expect(await call(session.readLink, { body: { token: tokenOf(second.url) } })).toMatchObject({ kind: 'reset', email })
  const fresh = 'copper willow 83 tram'
  expect(await refusal(call(session.useLink, { body: { token: tokenOf(second.url), password: 'Password123!' } }))).toMatchObject({
    problem: 'password-too-weak',
  })
  const uses = await Promise.allSettled([1, 2].map(() => call(session.useLink, { body: { token: tokenOf(second.url), password: fresh } })))
  expect(uses.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await refusal(browser.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  await call(session.signIn, { body: { email, password: fresh } })
})

test('a request from another site that rides on the cookie is refused, one from ours is not', async () => {
  const { email } = await member('victim')
  const browser = await signedIn(email)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const patch = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/session/profile`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ locale: 'en' }),
    })
  expect((await patch({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await patch({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403)
  expect((await patch({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  expect((await patch({ origin: 'null' })).status).toBe(403)
  expect((await patch({ origin: server.url })).status).toBe(200)
  expect((await patch({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('sessions are listed and revoked, and end when idle too long', async () => {
  const { email, id } = await member('sessions')
  const here = await signedIn(email)
  const there = await signedIn(email)
  const { items } = await here.call(session.list, {})
  expect(items.map(({ current }) => current)).toEqual([false, true])
  await here.call(session.revoke, { params: { id: items[0]?.id ?? '' } })
  expect(await refusal(there.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  expect(await refusal(here.call(session.revoke, { params: { id: items[0]?.id ?? '' } }))).toMatchObject({ problem: 'session-not-found' })
  await here.call(session.signOut, {})
  expect(here.cookies.has('zhike_session')).toBe(false)
  const idle = await signedIn(email)
  await server.owner`update auth_session set last_used_at = now() - interval '13 hours' where user_id = ${id}`
  expect(await refusal(idle.call(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
})

test('each sign-in, refused or not, is one event', async () => {
  const { email, id } = await member('audited')
  const events = () => server.owner<{ action: string; user: string | null }[]>`
    select action, user_id as "user" from audit_event where object = 'session' and (object_id = ${id} or user_id = ${id}) order by id`
  const browser = await signedIn(email)
  await refusal(browser.call(session.signIn, { body: { email, password: 'not this one' } }))
  await browser.call(session.signOut, {})
  expect((await events()).map(({ action, user }) => [action, user])).toEqual([
    ['session.sign-in', id],
    ['session.sign-in-failed', null],
    ['session.sign-out', id],
  ])
})
