import { inflateRawSync } from 'node:zlib'
import { seededRandom } from '@zhike/analytics/random.ts'
import type { Client } from '@zhike/contract/client.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { labelFields } from '@zhike/contract/identify/labels.ts'
import * as views from '@zhike/contract/identify/views.ts'
import { events } from '@zhike/contract/platform/jobs.ts'
import { type FieldAccess, type Right, rights } from '@zhike/contract/platform/rights.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultAnalysis, runToEnd } from '../../src/differentiate/testing/run-analysis.ts'
import { newId } from '../../src/platform/database/ids.ts'
import { refusal, startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { type Api, type Operation, readApi } from './api.ts'
import { type Canary, canary, personalValuesIn } from './canaries.ts'
import { importEnded, startImport } from './company.ts'
import { figure, seed, size } from './proof.ts'
import { type Sent, send } from './send.ts'

let server: TestServer
let api: Api
let pools: Record<string, string[]>
const people: Canary[] = []
const random = seededRandom(seed)
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T

/** Of nobody living, so that a whole date of birth is known by it. */
const birthYear = 1931

beforeAll(
  async () => {
    server = await startTestServer()
    api = await readApi(server.url)
    const boss = await server.given.administrator()
    const admin = server.as(boss)
    const [till, shop] = [await givenImported(admin, 'till', size(60, 10_000)), await givenImported(admin, 'shop', 20)]
    const { items } = await admin(customers.list, { query: { limit: 60 } })
    const orders = await Promise.all(
      items.slice(0, 40).map(({ id }, i) =>
        admin(catalog.createOrder, {
          body: {
            customerId: id,
            number: `W${i}`,
            placedAt: '2026-03-01T10:00:00Z',
            items: [{ quantity: 1000, unitPrice: 9900, productCode: 'T' }],
          },
        }),
      ),
    )
    await givenPasts(admin, items)
    const runs = await Promise.all(
      (['rfm', 'abc'] as const).map(async (method) => runToEnd(admin, (await defaultAnalysis(admin, method)).id)),
    )
    const product = await admin(catalog.listProducts, {})
    pools = {
      customers: items.flatMap(({ id, code }) => [id, code]),
      orders: orders.map(({ id }) => id),
      products: product.items.map(({ id }) => id),
      runs: runs.map(({ id }) => id),
      earlierId: runs.map(({ id }) => id),
      imports: [till.importId, shop.importId],
      files: [till.fileId, shop.fileId],
      jobs: [till.jobId, shop.jobId],
      users: [boss.id],
      'import-templates': Object.keys(importKinds),
    }
  },
  size(120_000, 600_000),
)
afterAll(() => server.stop())

/** A file of people and of rows that are refused with all that is in them; from it, phones are what the source calls them by. */
async function givenImported(admin: Client, channel: string, count: number) {
  const fresh = Array.from({ length: count }, canary)
  people.push(...fresh)
  const refused = Array.from({ length: 5 }, canary)
  const line = ({ name, phone, email, idNumber, address, note }: Canary, i: number) =>
    [name, phone, email, idNumber, address, note, note, `${birthYear}-0${(i % 9) + 1}-1${i % 9}`].join(',')
  const bad = refused.map((each, i) => line(each, i).replace(`${birthYear}-0`, `${birthYear}-9`))
  const text = ['姓名,手机号,邮箱,身份证号,详细地址,备注,忌讳,生日', ...fresh.map(line), ...bad].join('\n')
  const started = await startImport(admin, `${text}\n`, { channel, name: 'people.csv', kind: 'customers' })
  const done = await importEnded(admin, started.id, 300)
  expect(done).toMatchObject({ state: 'done', created: count, failed: refused.length })
  return { importId: done.id, fileId: done.file.id, jobId: done.jobId ?? '' }
}

/** Histories: earlier values, merges with what they matched by, notes of a contact. */
async function givenPasts(admin: Client, items: readonly { id: string }[]): Promise<void> {
  for (const { id } of items.slice(0, 10)) {
    const fresh = canary()
    const { version } = await admin(customers.get, { params: { id } })
    const { phone, email, idNumber, address, note } = fresh
    await admin(
      customers.edit,
      { params: { id }, body: { values: { phone, email, idNumber, address, note }, lock: ['phone'] } },
      { version },
    )
    await admin(catalog.recordContact, { params: { id }, body: { medium: 'phone', direction: 'in', content: '想要新茶' } })
  }
  for (const [i, { id }] of items.slice(10, 14).entries()) {
    const other = items[20 + i]
    if (other) await admin(customers.link, { params: { id }, body: { customerId: other.id } })
  }
}

type Look = Record<'personal' | 'sensitive', FieldAccess>

/** Somebody who may do everything, and sees so much of what is personal. */
const reader = (look: Look): Promise<TestUser> =>
  server.given.user({ ...look, grants: Object.keys(rights) as Right[], scope: 'all', pool: true })

const looks: Record<string, Look & { purpose?: string }> = {
  masked: { personal: 'masked', sensitive: 'masked' },
  'masked, who says a purpose': { personal: 'masked', sensitive: 'masked', purpose: 'service' },
  hidden: { personal: 'hidden', sensitive: 'hidden' },
  'clear, who says no purpose': { personal: 'clear', sensitive: 'clear' },
}

function pathFor({ path }: Operation): string {
  const [, first = ''] = path.split('/')
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pick(pools[name] ?? pools[name === 'kind' ? 'import-templates' : first] ?? [newId()])),
  )
}

/** Looks for somebody, by whatever the operation lets one look by. */
function queryFor({ query }: Operation): string {
  const somebody = pick(people)
  const condition = pick([
    { field: 'phone', operator: 'is', value: somebody.phone },
    { field: 'email', operator: 'is', value: somebody.email },
    { field: 'city', operator: 'empty' },
  ])
  const offered: Record<string, () => string> = {
    search: () => pick([somebody.name, somebody.phone, somebody.phone.slice(-4), somebody.email, somebody.name.slice(0, 3)]),
    filter: () => JSON.stringify({ match: 'all', conditions: [condition] }),
    sort: () => pick(['createdAt', 'lastOrderAt', 'spent', 'name']),
    order: () => pick(['ascending', 'descending']),
    limit: () => '200',
    by: () => pick(['city', 'memberLevel', 'kind', ...Object.keys(labelFields)]),
    format: () => pick(['csv', 'xlsx']),
    purpose: () => 'service',
    method: () => 'rfm',
    locale: () => pick(['zh', 'en']),
  }
  return Object.entries(query)
    .filter(([name]) => offered[name] && (['by', 'method', 'limit', 'purpose'].includes(name) || random() < 0.4))
    .map(([name]) => `${name}=${encodeURIComponent(offered[name]?.() ?? '')}`)
    .join('&')
}

/** What an answer says, also where it is packed: the cells of a workbook, the places in a list that are opaque to readers. */
function unpacked(content: Buffer): string {
  const text = content.toString('utf8')
  const packed = content.subarray(0, 2).toString() === 'PK' ? membersOf(content) : text
  const opaque = (text.match(/[\w-]{24,}/g) ?? []).map((each) => Buffer.from(each, 'base64url').toString('utf8'))
  return [packed, decodeURIComponent(packed.replace(/%(?![\da-f]{2})/gi, '%25').replace(/%[89a-f][\da-f]/gi, '')), ...opaque].join('\n')
}

/** The texts in a ZIP archive, by the local headers of its members. */
function membersOf(archive: Buffer): string {
  let text = ''
  for (let at = archive.indexOf('PK\u0003\u0004'); at >= 0; at = archive.indexOf('PK\u0003\u0004', at + 4)) {
    const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28)
    text +=
      archive.readUInt16LE(at + 8) === 8
        ? inflateRawSync(archive.subarray(start)).toString('utf8')
        : archive.subarray(start).toString('utf8')
  }
  return text
}

/** What of somebody is whole in an answer: values of canaries, and dates of birth. */
function wholeIn(text: string, said = ''): string[] {
  const own = new Set(personalValuesIn(said))
  const births = text.match(new RegExp(`"year":${birthYear},"month"|${birthYear}-\\d\\d`, 'g')) ?? []
  return [...personalValuesIn(text).filter((each) => !own.has(each)), ...new Set(births)]
}

interface Read {
  status: number
  text: string
}

async function read(user: TestUser, operation: Operation, purpose?: string): Promise<Read & { said: string }> {
  const request: Sent = { method: operation.method, path: pathFor(operation), query: queryFor(operation) }
  const response = await fetch(`${server.url}/api/v1${request.path}?${request.query}`, {
    headers: { authorization: `Bearer ${user.apiKey}`, ...(purpose ? { 'zhike-purpose': purpose } : {}) },
  })
  const head = JSON.stringify([...response.headers])
  return {
    status: response.status,
    said: decodeURIComponent(`${request.path} ${request.query}`),
    text: `${head}\n${unpacked(Buffer.from(await response.arrayBuffer()))}`,
  }
}

const fileSettings = { kind: 'customers', columns: [{ index: 0, header: '姓名', field: 'name' }] }

/** What is one look at much. */
const rounds = ({ path, params }: Operation) =>
  /^\/(?:customers|runs|imports)/.test(path) ? size(6, 60) : Object.keys(params).length > 0 ? size(2, 20) : size(1, 5)

describe('G38: what is personal is masked by the server', () => {
  test.each(Object.keys(looks))('in every answer to somebody: %s', { timeout: size(60_000, 3_600_000) }, async (who) => {
    const { purpose, ...look } = looks[who] as Look & { purpose?: string }
    const user = await reader(look)
    const found: string[] = []
    let answers = 0
    let characters = 0
    for (const operation of api.operations.filter(({ method, replyType }) => method === 'GET' && replyType !== 'events')) {
      for (let i = 0; i < rounds(operation); i++) {
        const { status, said, text } = await read(user, operation, purpose)
        if (status < 300) answers++
        characters += text.length
        const whole = wholeIn(text, said)
        if (whole.length > 0) found.push(`${operation.name} ${status} ${said.slice(0, 200)}: ${whole.slice(0, 3)}`)
      }
    }
    figure('G38', `${who}: answers with data`, answers)
    figure('G38', `${who}: characters scanned`, characters)
    expect(found.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(answers).toBeGreaterThan(60)
  })

  test('in every answer to somebody who changes what they see masked', async () => {
    const user = await reader({ personal: 'masked', sensitive: 'masked' })
    const mine = server.as(user)
    const { items } = await mine(customers.list, { query: { sort: 'createdAt', order: 'ascending', limit: 20 } })
    const [one, other] = items.map(({ id }) => id)
    const { version, profiles } = await mine(customers.get, { params: { id: one ?? '' } })
    const known = pick(people)
    const order = { customerId: one, number: 'W-M', placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: 1 }] }
    const requests: Sent[] = [
      { method: 'PATCH', path: `/customers/${one}`, headers: { 'if-match': `"${version}"` }, body: { values: { city: '杭州市' } } },
      { method: 'POST', path: `/customers/${one}/contacts`, body: { medium: 'phone', direction: 'in', content: '想要新茶' } },
      { method: 'POST', path: `/customers/${one}/profiles`, body: { customerId: other } },
      { method: 'DELETE', path: `/customers/${one}/profiles/${profiles[0]?.id}` },
      { method: 'POST', path: '/orders', body: order },
      // The duplicate that is told is somebody whom they may see.
      { method: 'POST', path: '/customers', body: { kind: 'person', values: { name: known.name, phone: known.phone } } },
      { method: 'POST', path: '/customers', body: { kind: 'person', values: { name: known.name, idNumber: known.idNumber } } },
      { method: 'POST', path: '/imports/dry-run', body: { fileId: pools['files']?.[0], channel: 'till', settings: fileSettings } },
      { method: 'POST', path: '/imports/inspect', body: { fileId: pools['files']?.[0] } },
      { method: 'POST', path: '/imports', body: { fileId: pools['files']?.[0], channel: 'till', settings: fileSettings } },
    ]
    const found: string[] = []
    for (const request of requests) {
      const { status, text } = await send(server.url, request, user.apiKey)
      const whole = wholeIn(text, JSON.stringify(request.body))
      if (whole.length > 0 || status >= 500) found.push(`${request.method} ${request.path} ${status}: ${whole.slice(0, 3)}`)
      if (request.path.startsWith('/imports')) expect(status).toBe(404)
    }
    expect(found).toEqual([])
  })

  test('in a view that is shared: it holds nobody’s phone', async () => {
    const team = await server.given.team('Lisbon')
    const ana = await server.given.user({ grants: ['customer.read'], teams: [team], personal: 'clear' })
    const { phone, email } = pick(people)
    for (const condition of [
      { field: 'phone' as const, operator: 'is' as const, value: phone },
      { field: 'email' as const, operator: 'in' as const, value: [email] },
    ]) {
      const state = { filter: { match: 'all' as const, conditions: [{ match: 'any' as const, conditions: [condition] }] } }
      const share = (teamId: string | null) => server.as(ana)(views.create, { body: { name: `by ${condition.field}`, state, teamId } })
      expect(await refusal(share(team))).toMatchObject({ status: 400, fields: ['body.state.filter.conditions.0.conditions.0.value'] })
      await share(null)
    }
    const ben = await server.given.user({ grants: ['customer.read'], teams: [team] })
    expect((await server.as(ben)(views.list, {})).items).toEqual([])
  })

  test('in live events of what others do', async () => {
    const user = await reader({ personal: 'masked', sensitive: 'masked' })
    const stop = new AbortController()
    const response = await server.as(user).raw(events, {}, { signal: stop.signal })
    const heard: string[] = []
    const listening = (async () => {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(chunk)
    })().catch(() => {})
    await givenImported(server.as(await server.given.administrator()), 'web', 5)
    await expect.poll(() => heard.join('')).toContain('"state":"done"')
    stop.abort()
    await listening
    expect(wholeIn(heard.join(''))).toEqual([])
  })

  test('what is seen in clear is seen for a purpose, in a few answers only, and each time on record', {
    timeout: size(60_000, 3_600_000),
  }, async () => {
    const user = await reader({ personal: 'clear', sensitive: 'clear' })
    const shown: Record<string, number> = {}
    for (const operation of api.operations.filter(({ method, replyType }) => method === 'GET' && replyType !== 'events')) {
      for (let i = 0; i < rounds(operation) * (operation.path === '/customers/{id}' ? 12 : 1); i++) {
        const { said, text } = await read(user, operation, 'service')
        if (wholeIn(text, said).length > 0) shown[operation.path] = (shown[operation.path] ?? 0) + 1
      }
    }
    const noted = await server.owner<{ action: string; count: number }[]>`
      select action, count(*)::int as count from audit_event
       where user_id = ${user.id} and details ->> 'purpose' = 'service' and action not in ('audit.export') group by action`
    const counted = Object.fromEntries(noted.map(({ action, count }) => [action, count]))
    figure('G38', 'answers in clear, by operation', JSON.stringify(shown))
    const inClear: Record<string, string> = {
      '/customers/{id}': 'customer.view-clear',
      '/customers/export': 'customer.export',
      '/runs/{id}/export': 'analysis.export',
      '/files/{id}/content': 'file.download',
      '/imports/{id}/failures': 'import.failures-viewed',
      '/imports/{id}/failures.csv': 'import.failures-downloaded',
    }
    for (const [path, count] of Object.entries(shown)) {
      expect(Object.keys(inClear)).toContain(path)
      expect(counted[inClear[path] ?? ''], path).toBeGreaterThanOrEqual(count)
    }
    expect(shown['/customers/{id}']).toBeLessThanOrEqual(50)
    expect(counted['customer.view-clear']).toBe(50)
  })

  test('who sees a mask cannot try what may be under it', async () => {
    const user = await reader({ personal: 'masked', sensitive: 'masked' })
    const { phone, email } = pick(people)
    const list = (filter: object) =>
      send(server.url, { method: 'GET', path: '/customers', query: `filter=${encodeURIComponent(JSON.stringify(filter))}` }, user.apiKey)
    const is = (value: string) => ({ field: value.includes('@') ? 'email' : 'phone', operator: 'is', value })
    const guesses = Array.from({ length: 15 }, (_, i) => is(`${phone.slice(0, 3)}${1000 + i}${phone.slice(-4)}`))
    for (const filter of [
      { match: 'any', conditions: guesses },
      { match: 'any', conditions: [is(phone), is(email)] },
      { match: 'all', conditions: [is(phone), { match: 'any', conditions: guesses }] },
      { match: 'any', conditions: guesses.map((guess) => ({ match: 'all', conditions: [guess] })) },
    ]) {
      expect(await list(filter)).toMatchObject({ status: 400, problem: 'invalid-request' })
    }
    const statuses: number[] = []
    for (let i = 0; i < 220; i++) statuses.push((await list({ match: 'all', conditions: [is(`1390000${1000 + i}`)] })).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(200)
    expect(statuses.at(-1)).toBe(429)
    const search = await send(server.url, { method: 'GET', path: '/customers/count', query: 'search=13900009999' }, user.apiKey)
    expect(search).toMatchObject({ status: 429, problem: 'too-many-requests' })
    // Whom they have looked up they may look at again.
    expect((await list({ match: 'all', conditions: [is('13900001000')] })).status).toBe(200)
  })
})
