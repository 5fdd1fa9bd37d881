import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

/** One reading route per right that has one here: enough to see whether a right is there. */
const probes = { 'user.manage': users.list, 'audit.read': auditLog.list } as const
type Probed = keyof typeof probes

async function allowed(key: string, right: Probed): Promise<boolean> {
  const call = server.as({ id: '', name: '', apiKey: key })
  const answer = await call(probes[right], {}).then(
    () => 'ok',
    (error: { problem: string }) => error.problem,
  )
  expect(['ok', 'right-missing']).toContain(answer)
  return answer === 'ok'
}

const keyOf = async (user: TestUser, wanted: readonly Right[] | null) =>
  server.as(user)(apiKeys.create, { body: { name: 'k', rights: wanted === null ? null : [...wanted], expiresInDays: 30 } })

test('a key is shown once, kept as a hash, and lives at most 365 days', async () => {
  const made = await keyOf(admin, ['audit.read'])
  expect(made.key).toMatch(/^zk_[\w-]{43}$/)
  const { items } = await server.as(admin)(apiKeys.list, {})
  const shown = items.find(({ id }) => id === made.id)
  expect(shown).toMatchObject({ state: 'active', rights: ['audit.read'], lastUsedAt: null })
  expect(JSON.stringify(items)).not.toContain(made.key)
  const tables = await server.owner<
    { row: string }[]
  >`select to_jsonb(k)::text as row from api_key k union all select to_jsonb(e)::text from audit_event e`
  expect(tables.some(({ row }) => row.includes(made.key))).toBe(false)
  const tooLong = server.as(admin)(apiKeys.create, { body: { name: 'k', rights: null, expiresInDays: 366 } })
  expect(await refusal(tooLong)).toMatchObject({ status: 400, fields: ['body.expiresInDays'] })
})

test('scopes × rights of the owner × demotion: a key never does what its owner could not, or what it was not given', async () => {
  const sets: Probed[][] = [[], ['user.manage'], ['audit.read'], ['user.manage', 'audit.read']]
  for (const held of sets) {
    const owner = await server.given.user({ grants: held, personal: 'masked' })
    const beyond = sets.filter((wanted) => !wanted.every((right) => held.includes(right)))
    for (const wanted of beyond) expect(await refusal(keyOf(owner, wanted))).toMatchObject({ problem: 'grant-exceeds-own' })
    const keys: { wanted: Probed[] | null; key: string }[] = []
    for (const wanted of [null, ...sets.filter((each) => !beyond.includes(each))])
      keys.push({ wanted, key: (await keyOf(owner, wanted)).key })
    const expectMatrix = async (now: Probed[]) => {
      for (const { wanted, key } of keys) {
        for (const right of Object.keys(probes) as Probed[]) {
          const expected = now.includes(right) && (wanted ?? held).includes(right)
          expect(await allowed(key, right), `${wanted} of ${now}: ${right}`).toBe(expected)
        }
      }
    }
    await expectMatrix(held)
    const left = held.slice(1)
    await server.owner`update role set grants = ${server.owner.json(left.map((right) => ({ right, scope: 'all', pool: false })))}
      from user_role ur where ur.role_id = role.id and ur.user_id = ${owner.id}`
    await new Promise((resolve) => setTimeout(resolve, 300))
    await expectMatrix(left)
  }
})

test('a key in the address is refused', async () => {
  const { key } = await keyOf(admin, null)
  for (const name of ['api_key', 'apiKey', 'key', 'token', 'access_token']) {
    const response = await fetch(`${server.url}/api/v1/session?${name}=${key}`)
    expect([400, 401]).toContain(response.status)
    const both = await fetch(`${server.url}/api/v1/session?${name}=${key}`, { headers: { authorization: `Bearer ${admin.apiKey}` } })
    expect(both.status).toBe(400)
  }
})

test('revoked, expired and foreign keys open nothing; revocation acts at once', async () => {
  const made = await keyOf(admin, null)
  const user = { id: admin.id, name: '', apiKey: made.key }
  await server.as(user)(session.get, {})
  const other = await server.given.user()
  expect(await refusal(server.as(other)(apiKeys.revoke, { params: { id: made.id } }))).toMatchObject({ problem: 'api-key-not-found' })
  expect(await refusal(server.as(other)(apiKeys.list, { query: { userId: admin.id } }))).toMatchObject({ problem: 'right-missing' })
  await server.as(admin)(apiKeys.revoke, { params: { id: made.id } })
  expect(await refusal(server.as(user)(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  const expiring = await keyOf(other, null)
  await server.as({ ...other, apiKey: expiring.key })(session.get, {})
  await server.owner`update api_key set expires_at = now() - interval '1 second' where id = ${expiring.id}`
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await refusal(server.as({ ...other, apiKey: expiring.key })(session.get, {}))).toMatchObject({ problem: 'not-signed-in' })
  expect((await server.as(admin)(apiKeys.list, { query: { userId: other.id } })).items.map(({ state }) => state)).toContain('expired')
})

test('who manages people sees everybody’s keys, nobody else does', async () => {
  const ana = await server.given.user({ grants: ['job.read'] })
  const made = await keyOf(ana, null)
  const { items } = await server.as(admin)(apiKeys.list, { query: { everybody: true } })
  expect(items.find(({ id }) => id === made.id)?.owner).toMatchObject({ id: ana.id })
  expect(await refusal(server.as(ana)(apiKeys.list, { query: { everybody: true } }))).toMatchObject({ status: 403 })
})

test('a limited key makes no wider key', async () => {
  const limited = await keyOf(admin, ['audit.read'])
  const through = { id: admin.id, name: '', apiKey: limited.key }
  expect(await refusal(keyOf(through, ['user.manage']))).toMatchObject({ problem: 'grant-exceeds-own' })
  const made = await keyOf(through, null)
  expect(made.rights).toEqual(['audit.read'])
})

test('the use of a key is noted, a busy one’s at most once a minute', async () => {
  const made = await keyOf(admin, null)
  const user = { id: admin.id, name: '', apiKey: made.key }
  const used = async () => (await server.as(admin)(apiKeys.list, {})).items.find(({ id }) => id === made.id)?.lastUsedAt
  for (let each = 0; each < 3; each += 1) await server.as(user)(session.get, {})
  await expect.poll(used).not.toBeNull()
  const first = await used()
  await server.as(user)(session.get, {})
  expect(await used()).toBe(first)
})

test('the loss of a right acts within a second, whoever takes it and however', async () => {
  const person = await server.given.user({ grants: ['audit.read'] })
  const may = () => allowed(person.apiKey, 'audit.read')
  const change: Record<string, () => Promise<unknown>> = {
    'the role loses the right': () =>
      server.owner`update role set grants = '[]' from user_role ur where ur.role_id = role.id and ur.user_id = ${person.id}`,
    'the role is taken away': () => server.owner`delete from user_role where user_id = ${person.id}`,
  }
  for (const [name, take] of Object.entries(change)) {
    const role = await server.as(admin)(roles.create, {
      body: { name: `audit: ${name}`, grants: [{ right: 'audit.read', scope: 'all' }], personal: 'hidden', sensitive: 'hidden' },
    })
    await server.owner`delete from user_role where user_id = ${person.id}`
    await server.owner`insert into user_role (user_id, role_id) values (${person.id}, ${role.id})`
    await expect.poll(may).toBe(true)
    await take()
    const began = Date.now()
    let open = true
    while (open && Date.now() - began < 1000) open = await may()
    expect({ name, open }).toEqual({ name, open: false })
  }
})

test('while the notifications’ connection is cut, rights are still lost within a second', async () => {
  const person = await server.given.user({ grants: ['audit.read'] })
  expect(await allowed(person.apiKey, 'audit.read')).toBe(true)
  await server.owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'zhike_principals'`
  await server.owner`delete from user_role where user_id = ${person.id}`
  const began = Date.now()
  while (await allowed(person.apiKey, 'audit.read')) {
    expect(Date.now() - began).toBeLessThan(1000)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})

test('settings are read by everybody and changed by who may, against the version that was read', async () => {
  const person = await server.given.user()
  const company = await server.as(person)(settings.get, {})
  expect(company).toMatchObject({ name: 'Test', margin: 0.3 })
  const edit = (user: TestUser, version?: number) =>
    server.as(user)(settings.edit, { body: { timeZone: 'Europe/Berlin' } }, version === undefined ? {} : { version })
  expect(await refusal(edit(person, company.version))).toMatchObject({ status: 403 })
  expect(await refusal(edit(admin))).toMatchObject({ status: 428 })
  expect(await edit(admin, company.version)).toMatchObject({ timeZone: 'Europe/Berlin', version: company.version + 1 })
  expect(await refusal(edit(admin, company.version))).toMatchObject({ status: 412 })
  const nowhere = server.as(admin)(settings.edit, { body: { timeZone: 'Mars/Olympus' } }, { version: 2 })
  expect(await refusal(nowhere)).toMatchObject({ status: 400, fields: ['body.timeZone'] })
})

test('the audit log is filtered and paged, newest first, and closed to others', async () => {
  const person = await server.given.user()
  for (let each = 0; each < 5; each += 1) await server.as(admin)(users.link, { params: { id: person.id } })
  const seen: number[] = []
  let after: string | undefined
  do {
    const page = await server.as(admin)(auditLog.list, {
      query: { action: 'user.', objectId: person.id, limit: 2, ...(after ? { after } : {}) },
    })
    seen.push(...page.items.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after)
  expect(seen).toHaveLength(5)
  expect(seen).toEqual(seen.toSorted((a, b) => b - a))
  const [event] = (await server.as(admin)(auditLog.list, { query: { objectId: person.id, limit: 1 } })).items
  expect(event).toMatchObject({ user: { id: admin.id }, via: 'api-key', action: 'user.link' })
  const none = await server.as(admin)(auditLog.list, { query: { objectId: person.id, to: '2020-01-01T00:00:00Z' } })
  expect(none.items).toEqual([])
  expect(await refusal(server.as(person)(auditLog.list, {}))).toMatchObject({ status: 403 })
})

test('every right has a place in a built-in role', async () => {
  const { items } = await server.as(admin)(roles.list, {})
  const held = new Set(items.filter(({ builtIn }) => builtIn).flatMap(({ grants }) => grants.map(({ right }) => right)))
  expect([...held].toSorted()).toEqual(Object.keys(rights).toSorted())
})
