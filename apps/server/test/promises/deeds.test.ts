import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../src/platform/log/logger.ts'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { type Api, type Operation, readApi, type Schema } from './api.ts'
import { canary, canaryIn } from './canaries.ts'
import { apart, type Deed, deedsOf, prepared, quiet } from './deeds.ts'
import { figure, size } from './proof.ts'
import { type Sent, send } from './send.ts'
import { type WriteWatch, watchWrites } from './watch-writes.ts'

let server: TestServer
let admin: TestUser
let api: Api
let changing: readonly Operation[]
let deeds: Record<string, Deed>
let writes: WriteWatch
let problems = ''
const log: string[] = []

beforeAll(async () => {
  const logger = createLogger(
    'debug',
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        log.push(chunk.toString())
        done()
      },
    }),
  )
  server = await startTestServer({ roles: ['web'], logger })
  admin = await server.given.administrator()
  api = await readApi(server.url)
  changing = api.operations.filter(({ method, name }) => method !== 'GET' && !(name in apart))
  deeds = deedsOf(server, admin)
  await server.app.sync.rebuild()
  writes = await watchWrites(server.owner)
})
afterAll(() => server.stop())

const request = (name: string) => prepared(name, deeds[name] as Deed)

/** Sends as the administrator, unless the deed has a proof of its own. */
async function answer(sent: Sent, user: TestUser = admin) {
  const { authorization, ...headers } = sent.headers ?? {}
  const answered = await send(server.url, { ...sent, headers }, authorization === '' ? undefined : user.apiKey)
  if (answered.problem) problems += answered.text
  return answered
}

const ownProof = (sent: Sent) => sent.headers?.['authorization'] === ''

test('there is a request for every operation that changes something', () => {
  expect(changing.map(({ name }) => name).filter((name) => !(name in deeds))).toEqual([])
  expect(Object.keys(deeds).filter((name) => !changing.some((operation) => operation.name === name))).toEqual([])
})

describe('G32: who did what', () => {
  test('each changing request that succeeds is exactly one event, in its own transaction', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    for (const { name } of changing) {
      const sent = await request(name)
      await writes.take()
      const { status, text } = await answer(sent)
      const { audit_event: events = 0, ...others } = await writes.take()
      if (status >= 300) wrong.push(`${name}: ${status} ${text}`)
      else if (events !== (quiet.has(name) ? 0 : 1)) wrong.push(`${name}: ${events} events with ${JSON.stringify(others)}`)
      else if (quiet.has(name) && Object.keys(others).length > 0) wrong.push(`${name}: told nobody, yet wrote ${JSON.stringify(others)}`)
    }
    figure('G32', 'changing operations with exactly one event', changing.length)
    expect(wrong).toEqual([])
  })
})

describe('G11, G10: what is refused writes nothing', () => {
  test('each request of somebody without the right, and of nobody', { timeout: 120_000 }, async () => {
    const outsider = await server.given.user({ grants: [] })
    const wrong: string[] = []
    for (const { name, access } of changing) {
      const sent = await request(name)
      if (ownProof(sent)) continue
      await writes.take()
      const refusals = [await send(server.url, sent), ...(access === 'signed-in' ? [] : [await answer(sent, outsider)])]
      const written = await writes.take()
      if (refusals.some(({ status }) => status !== 401 && status !== 403)) wrong.push(`${name}: ${refusals.map(({ status }) => status)}`)
      if (Object.keys(written).length > 0) wrong.push(`${name}: wrote ${JSON.stringify(written)}`)
    }
    expect(wrong).toEqual([])
  })

  test('the name of any column of any table, said to any writer at any depth, is an unknown key', {
    timeout: size(120_000, 3_600_000),
  }, async () => {
    const rows = await server.owner<{ name: string }[]>`
      select distinct column_name as name from information_schema.columns where table_schema in ('public', 'pgboss') order by 1`
    const columns = rows.flatMap(({ name }) => [...new Set([name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())])])
    const names = [...columns, '__proto__', 'constructor', 'prototype', 'toString', 'isAdmin', 'admin', '$set', 'id ']
    let tried = 0
    const wrong: string[] = []
    for (const operation of changing.filter(({ body }) => body !== undefined)) {
      const sent = await request(operation.name)
      await writes.take()
      for (const { holder, path, schema } of objectsIn(sent.body, operation.body as Schema)) {
        const unknown = names.filter((name) => !(name in (schema.properties ?? {})) || name === 'constructor' || name === 'toString')
        const alone = unknown.filter((_, i) => i % size(40, 1) === path.length % size(40, 1))
        for (const some of [unknown, ...alone.map((name) => [name])]) {
          const text = withKeys(sent.body, holder, some)
          const { status, text: said } = await answer({ ...sent, body: text })
          tried++
          if (status !== 400) wrong.push(`${operation.name} ${path}: ${some.length > 1 ? 'all' : some[0]}: ${status} ${said.slice(0, 200)}`)
        }
      }
      const written = await writes.take()
      if (Object.keys(written).length > 0) wrong.push(`${operation.name}: wrote ${JSON.stringify(written)}`)
    }
    figure('G10', 'columns and odd names', names.length)
    figure('G10', 'requests', tried)
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(100)
  })

  test('a column of a file cannot be mapped to what a file may not say', async () => {
    const sent = await request('POST /imports')
    const { settings, ...rest } = sent.body as { settings: { kind: string; columns: object[] } }
    await writes.take()
    for (const field of [
      'id',
      'owner_id',
      'ownerId',
      'live',
      'merged_into',
      'spent',
      'orders',
      'created_at',
      'grants',
      '__proto__',
      'constructor',
      "name' or 1=1",
    ]) {
      const body = {
        ...rest,
        settings: {
          ...settings,
          columns: [
            { index: 0, header: '姓名', field: 'name' },
            { index: 1, header: 'x', field },
          ],
        },
      }
      const { status, text } = await answer({ ...sent, body })
      expect([400, 422], `${field}: ${text}`).toContain(status)
    }
    expect(await writes.take()).toEqual({})
  })

  test('methods that no operation has change nothing', async () => {
    const wrong: string[] = []
    await writes.take()
    for (const path of new Set(api.operations.filter(({ replyType }) => replyType !== 'events').map((operation) => operation.path))) {
      for (const method of ['HEAD', 'OPTIONS', 'PROPFIND', 'QUERY']) {
        const at = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000001')
        const { status, text } = await send(server.url, { method, path: at }, admin.apiKey)
        const written = await writes.take()
        if (status >= 500 || status < 400 || Object.keys(written).length > 0)
          wrong.push(`${method} ${path}: ${status} ${text.slice(0, 100)} ${JSON.stringify(written)}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('unknown keys in the address are refused by every operation', async () => {
    const wrong: string[] = []
    for (const operation of api.operations) {
      const path = operation.path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000001')
      const { status } = await send(
        server.url,
        { method: operation.method, path, query: 'ownerId=1&__proto__=2', ...(operation.body ? { body: '{}' } : {}) },
        admin.apiKey,
      )
      if (status < 400) wrong.push(`${operation.name}: ${status}`)
    }
    expect(wrong).toEqual([])
  })
})

interface Place {
  holder: object
  path: string
  schema: Schema
}

/** Every object in a body whose keys its schema counts out, and where it stands. */
function objectsIn(value: unknown, schema: Schema, path = 'body'): Place[] {
  const known = api.resolve(schema)
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => objectsIn(item, known.items ?? {}, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  const fitting = (known.oneOf ?? known.anyOf ?? [known])
    .map(api.resolve)
    .find(({ properties }) => Object.keys(value).every((key) => key in (properties ?? {})))
  const inner = Object.entries(value).flatMap(([key, each]) => objectsIn(each, fitting?.properties?.[key] ?? {}, `${path}.${key}`))
  return fitting?.properties ? [{ holder: value, path, schema: fitting }, ...inner] : inner
}

/** The body as text, with keys added to one of its objects: written by hand, because a serialiser would drop some of them. */
function withKeys(body: unknown, holder: object, names: readonly string[]): string {
  const mark = `mark-${Math.random()}`
  const text = JSON.stringify(body, (_, value: unknown) => (value === holder ? { [mark]: 0, ...holder } : value))
  return text.replace(`${JSON.stringify(mark)}:0`, names.map((name) => `${JSON.stringify(name)}:"x"`).join(','))
}

describe('G21: a POST with an Idempotency-Key takes effect once', () => {
  const withKey = (sent: Sent, key: string): Sent => ({ ...sent, headers: { ...sent.headers, 'idempotency-key': key } })
  /** Left out: uploads, what nobody in particular may send, what needs a session, and a question whose answer is new each time. */
  const apartFromKeys = /^POST \/(?:files|session|links|warehouse\/check)\b/
  const replayed = () => changing.filter(({ method, name }) => method === 'POST' && !apartFromKeys.test(name))

  test('sent again it gives the same answer and does nothing; with another body it is refused', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    for (const { name } of replayed()) {
      const sent = withKey(await request(name), `again ${name}`.replaceAll(/[^\w]/g, '-'))
      const first = await answer(sent)
      if (first.status >= 300) wrong.push(`${name}: ${first.status} ${first.text}`)
      await writes.take()
      const second = await answer(sent)
      const changed = await answer({ ...sent, body: { ...(sent.body as object), somethingElse: 1 } })
      const written = await writes.take()
      if (first.status !== second.status || first.text !== second.text)
        wrong.push(`${name}: ${first.status} ${first.text}, then ${second.status} ${second.text}`)
      if (changed.status !== 422 && changed.status !== 400) wrong.push(`${name}: another body: ${changed.status}`)
      if (Object.keys(written).length > 0) wrong.push(`${name}: the repetition wrote ${JSON.stringify(written)}`)
    }
    expect(wrong).toEqual([])
  })

  test('another body that is right in itself is refused, and another person’s equal key is their own', async () => {
    const [one, two] = [await request('POST /customers'), await request('POST /customers')]
    expect((await answer(withKey(one, 'shared'))).status).toBe(201)
    expect((await answer(withKey(two, 'shared'))).problem).toBe('idempotency-key-reused')
    const colleague = await server.given.administrator()
    expect((await answer(withKey(two, 'shared'), colleague)).status).toBe(201)
  })

  test('who has lost the right meanwhile is refused, however often it succeeded', async () => {
    const sent = withKey(await request('POST /customers'), 'lost-right')
    const user = await server.given.user({ grants: ['customer.create', 'customer.read'], personal: 'clear', sensitive: 'clear' })
    expect((await answer(sent, user)).status).toBe(201)
    await server.owner`update role set grants = '[]' from user_role ur where ur.role_id = role.id and ur.user_id = ${user.id}`
    await expect.poll(async () => (await answer(sent, user)).problem, { timeout: 2000 }).toBe('right-missing')
  })

  test('of fifty at the same moment one takes effect, and all get its answer', { timeout: size(60_000, 3_600_000) }, async () => {
    for (let round = 0; round < size(2, 200); round++) {
      const sent = withKey(await request('POST /customers'), `fifty-${round}`)
      await writes.take()
      const answers = await Promise.all(Array.from({ length: 50 }, () => answer(sent)))
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect(await writes.take()).toMatchObject({
        customer: expect.toSatisfy((count: number) => count <= 2),
        audit_event: 1,
        idempotency_key: 2,
      })
    }
    figure('G21', 'repetitions at the same moment', size(2, 200) * 50)
  })
})

describe('G05, G32: what is shown once or personal is kept nowhere else', () => {
  test('no key, link or secret that an answer has shown stands in any table', async () => {
    const shown: string[] = []
    for (const name of ['POST /api-keys', 'POST /users', 'POST /users/{id}/link', 'POST /session/second-factor/enrol']) {
      const sent = await request(name)
      const { text, status } = await answer({ ...sent, headers: { ...sent.headers, 'idempotency-key': `shown-${name.length}` } })
      expect(status, text).toBeLessThan(300)
      const said = JSON.parse(text) as { key?: string; invitation?: { url: string }; url?: string; secret?: string }
      shown.push(
        ...[said.key, said.secret, said.invitation?.url.split('#')[1], said.url?.split('#')[1]].filter((each) => each !== undefined),
      )
    }
    expect(shown).toHaveLength(4)
    const found: string[] = []
    for (const { name } of await server.owner<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`) {
      const [row] = await server.owner.unsafe<{ rows: number }[]>(
        `select count(*)::int as rows from ${name} t where t::text like any ($1)`,
        [shown.map((each) => `%${each}%`)],
      )
      if (row && row.rows > 0) found.push(`${name}: ${row.rows} rows`)
    }
    expect(found).toEqual([])
  })

  test('no personal value is in the log, the audit log, the outbox or a problem', async () => {
    // What refuses is more talkative than what succeeds.
    const { name, phone, email, idNumber } = canary()
    const body = { kind: 'person', values: { name, phone, email, idNumber } }
    await answer({ method: 'POST', path: '/customers', body })
    await answer({ method: 'POST', path: '/customers', body })
    await answer({ method: 'POST', path: '/customers', body }, await server.given.user({ grants: ['customer.create'] }))
    await answer({ method: 'POST', path: '/customers', body: { ...body, values: { ...body.values, sex: phone, birthDate: name } } })
    await answer({ method: 'POST', path: '/session', body: { email, password: 'lantern otter 93 quill' } })
    await answer({ method: 'GET', path: '/customers', query: `search=${encodeURIComponent(name)}&sort=${phone}` })
    await answer({ method: 'GET', path: `/customers/${encodeURIComponent(phone)}` })
    expect(canaryIn(log.join('')), 'log').toBeUndefined()
    expect(log.length).toBeGreaterThan(100)
    expect(canaryIn(problems), 'problems').toBeUndefined()
    for (const table of ['audit_event', 'outbox', 'job', 'auth_throttle'] as const) {
      const rows = await server.owner<{ row: string }[]>`select t::text as row from ${server.owner(table)} t`
      expect(canaryIn(rows.map(({ row }) => row).join('\n')), table).toBeUndefined()
    }
  })
})
