import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { customerListFields, operators } from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { hashOfTables } from '../hash-of-tables.ts'
import { type Api, type Operation, readApi } from './api.ts'
import { givenRecords, type Records } from './company.ts'
import { deedsOf, prepared } from './deeds.ts'
import { figure, size } from './proof.ts'
import { leakOf, type Sent, send } from './send.ts'

let server: TestServer
let admin: TestUser
let api: Api
let records: Records

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  admin = await server.given.administrator()
  api = await readApi(server.url)
  records = await givenRecords(server, server.as(admin))
  await server.app.sync.rebuild()
})
afterAll(() => server.stop())

/** What ends a text, a name or a number in a statement of either engine, and then sleeps, fails or tells. */
const injections = [
  "'",
  '"',
  '`',
  '\\',
  "' or '1'='1",
  "' or 1=1 --",
  "') or ('1'='1",
  "'; drop table customer; --",
  '"; drop table customer; --',
  "'||pg_sleep(3)||'",
  "' and 1=(select 1 from pg_sleep(3)) --",
  '1; select pg_sleep(3)',
  '(select pg_sleep(3))',
  "' union select null, version() --",
  "' and 1=cast(version() as int) --",
  '$$; select pg_sleep(3); $$',
  "\\'; select pg_sleep(3); --",
  "%' or name like '%",
  "' or sleepEachRow(3) --",
  '{x:UInt8}',
  '{x:Identifier}',
  '1e0,sleep(3)',
  'name desc, (select pg_sleep(3))',
  'createdAt; drop table customer',
  'c.name',
  'name::int',
  '/*',
  '--',
  '*',
]

const slow = 2500

async function tried(request: Sent, wrong: string[]): Promise<number> {
  const answer = await send(server.url, request, admin.apiKey)
  const about = `${request.method} ${request.path} ${decodeURIComponent(request.query ?? '')} ${request.body ? JSON.stringify(request.body).slice(0, 300) : ''}`
  if (answer.status >= 500) wrong.push(`${answer.status} ${answer.text.slice(0, 200)}: ${about}`)
  // What succeeded says again what it was told.
  if (answer.status >= 400 && leakOf(answer.text)) wrong.push(`leaks ${leakOf(answer.text)}: ${about}`)
  if (answer.ms > slow && (await send(server.url, request, admin.apiKey)).ms > slow)
    wrong.push(`slept ${Math.round(answer.ms)} ms: ${about}`)
  return answer.status
}

const pathOf = (operation: Operation, value?: string): string => {
  const known: Record<string, string> = {
    customers: records.customer.id,
    orders: records.order.id,
    products: records.product.id,
    analyses: records.analysis.id,
    imports: records.importId,
    files: records.fileId,
  }
  const [, first = ''] = operation.path.split('/')
  return operation.path.replaceAll(/\{\w+\}/g, encodeURIComponent(value ?? known[first] ?? records.customer.id).replaceAll('.', '%2E'))
}

describe('G13: no text becomes a part of a statement', () => {
  test('every parameter of every reading operation', { timeout: size(90_000, 3_600_000) }, async () => {
    const before = await hashOfTables(server.owner, ['api_key'])
    const wrong: string[] = []
    let sent = 0
    for (const operation of api.operations.filter(({ method, replyType }) => method === 'GET' && replyType !== 'events')) {
      const share = injections.filter((_, i) => i % size(3, 1) === sent % size(3, 1))
      for (const text of share) {
        for (const name of Object.keys(operation.query)) {
          await tried({ method: 'GET', path: pathOf(operation), query: `${name}=${encodeURIComponent(text)}` }, wrong)
          sent++
        }
        if (Object.keys(operation.params).length > 0) {
          await tried({ method: 'GET', path: pathOf(operation, text) }, wrong)
          sent++
        }
      }
    }
    figure('G13', 'readings with an injected text', sent)
    expect(wrong).toEqual([])
    expect(await hashOfTables(server.owner, ['api_key'])).toEqual(before)
  })

  test('fields, operators and values of filters; cursors of every list', { timeout: size(60_000, 3_600_000) }, async () => {
    const wrong: string[] = []
    const filtered = (condition: object) => `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [condition] }))}`
    let sent = 0
    for (const text of injections) {
      const conditions = [
        { field: text, operator: 'is', value: 'x' },
        { field: 'city', operator: text, value: 'x' },
        ...Object.keys(customerListFields).flatMap((field, i) =>
          operators
            .filter((_, j) => (i + j + sent) % size(10, 1) === 0)
            .map((operator) => ({ field, operator, value: operator === 'in' ? [text, text] : text })),
        ),
      ]
      for (const condition of conditions) {
        for (const path of ['/customers', '/customers/count']) {
          sent++
          await tried({ method: 'GET', path, query: filtered(condition) }, wrong)
        }
      }
      for (const path of ['/customers', '/orders', '/products', '/audit-events', '/jobs', '/imports', '/users']) {
        for (const values of [[text], [0, text, records.customer.id], ['x', 0, text, text], [text, text]]) {
          sent++
          await tried({ method: 'GET', path, query: `after=${Buffer.from(JSON.stringify(values)).toString('base64url')}` }, wrong)
        }
      }
    }
    figure('G13', 'filters and cursors', sent)
    expect(wrong).toEqual([])
  })

  test('a text that would be true of everything finds nobody', async () => {
    for (const text of injections.filter((each) => each.length > 4)) {
      for (const query of [
        `search=${encodeURIComponent(text)}`,
        `filter=${encodeURIComponent(JSON.stringify({ match: 'all', conditions: [{ field: 'city', operator: 'is', value: text }] }))}`,
      ]) {
        const { status, text: said } = await send(server.url, { method: 'GET', path: '/customers', query }, admin.apiKey)
        expect(status === 200 ? (JSON.parse(said) as { items: unknown[] }).items : [], query).toEqual([])
      }
    }
  })

  test('every text of every body, and every header that is read', { timeout: size(90_000, 3_600_000) }, async () => {
    const wrong: string[] = []
    const deeds = deedsOf(server, admin)
    let sent = 0
    for (const name of [
      'POST /customers',
      'PATCH /customers/{id}',
      'POST /customers/{id}/contacts',
      'POST /orders',
      'POST /products',
      'POST /channels',
      'PATCH /channels/{code}',
      'POST /imports',
      'POST /imports/dry-run',
      'POST /import-mappings',
      'POST /analyses',
      'POST /roles',
      'POST /teams',
      'POST /users',
      'POST /api-keys',
      'PATCH /settings',
    ] as const) {
      const deed = deeds[name]
      if (!deed) throw new Error(`${name} has no deed`)
      const request = await prepared(name, deed)
      const places = textsIn(request.body)
      for (const [i, place] of places.entries()) {
        for (const text of injections.filter((_, j) => (i + j) % size(5, 1) === 0)) {
          sent++
          const { [place.key]: kept } = place.holder
          place.holder[place.key] = text
          await tried({ ...request, body: structuredClone(request.body) }, wrong)
          place.holder[place.key] = kept
        }
      }
    }
    for (const text of injections) {
      for (const header of [
        'accept-language',
        'zhike-purpose',
        'if-match',
        'idempotency-key',
        'x-forwarded-for',
        'user-agent',
        'x-request-id',
        'cookie',
      ]) {
        sent++
        await tried({ method: 'POST', path: '/customers', headers: { [header]: text }, body: { kind: 'person', values: {} } }, wrong)
      }
    }
    figure('G13', 'bodies and headers', sent)
    expect(wrong).toEqual([])
    // What was said is kept as it was said: nobody ran it, nobody cut it.
    const { status, text } = await send(
      server.url,
      { method: 'POST', path: '/products', body: { code: "'; drop table product; --", name: "' or 1=1 --" } },
      admin.apiKey,
    )
    expect(status, text).toBe(201)
    expect(await server.owner`select name from product where code = ${"'; drop table product; --"}`).toEqual([{ name: "' or 1=1 --" }])
  })
})

function textsIn(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => (typeof holder[key] === 'string' ? [{ holder, key }] : textsIn(holder[key])))
}

const root = fileURLToPath(new URL('../../src', import.meta.url))

/** The program's own files, without its tests. */
const sourceFiles = (): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\/testing\/|^platform\/engines\//.test(file))

describe('G13: no statement is put together from values', () => {
  /** Where a statement is not a tagged template: what it is made of, and why nobody outside has a word in it. */
  const reviewed: Readonly<Record<string, string>> = {
    'differentiate/labels/write-labels.ts': 'columns of a temporary table, from the label registry of the contract',
    'platform/warehouse/copy-rows.ts': 'copy of a table of the layout in the program; keys are numbers or ids of our own',
    'platform/database/migrate.ts': 'migrations of the program; passwords derived from the secret, as SQL cannot bind them there',
    'platform/auth/library-adapter.ts': 'operators and directions of fixed lists; names are quoted by the driver',
    'platform/auth/throttle.ts': 'the statements of the rate limiter, values bound',
  }

  test('statements that are not tagged templates stand in reviewed files only', () => {
    const files = sourceFiles()
    expect(files.length).toBeGreaterThan(150)
    const using = files.filter((file) => /\.unsafe\(/.test(readFileSync(join(root, file), 'utf8')))
    expect(using.sort()).toEqual(Object.keys(reviewed).sort())
  })

  test('statements of the warehouse take values as parameters only', () => {
    // Nothing of a request stands between `${` and `}` in a statement that goes to the warehouse.
    const statement = /(?:query|ask|command|insert)\w*\([^`]*`[^`]*`/g
    const ofDatabase = /\b(?:tx|sql|system|owner|app)(?:<[^>]*>)?`/
    const fromOutside = /\$\{(?:body|query|params|actor|request)\b[^}]*\}/
    const wrong = sourceFiles().flatMap((file) =>
      (readFileSync(join(root, file), 'utf8').match(statement) ?? [])
        .filter((text) => !ofDatabase.test(text) && fromOutside.test(text))
        .map((text) => `${file}: ${text.slice(0, 120)}`),
    )
    expect(wrong).toEqual([])
  })
})
