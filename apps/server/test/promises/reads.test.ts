import { seededRandom } from '@zhike/analytics/random.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { labelFields } from '@zhike/contract/identify/labels.ts'
import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultAnalysis, runToEnd } from '../../src/differentiate/testing/run-analysis.ts'
import type { Tx } from '../../src/platform/database/database.ts'
import { newId } from '../../src/platform/database/ids.ts'
import { type Actor, loadPrincipal } from '../../src/platform/permissions/principal.ts'
import { actorTransaction } from '../../src/platform/permissions/transaction.ts'
import { startTestServer, type TestServer } from '../harness.ts'
import { type Api, type Operation, readApi } from './api.ts'
import { importEnded, startImport } from './company.ts'
import { givenTeams, givenViewers, mayReach, type Owned, type Teams, type Viewer } from './people.ts'
import { figure, seed, size } from './proof.ts'
import { type Sent, send } from './send.ts'

let server: TestServer
let api: Api
let teams: Teams
let viewers: Viewer[]
let pools: Record<string, string[]>
const random = seededRandom(seed)
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T

interface Known extends Owned {
  id: string
  code: string
  phone: string
  token: string
  order: string
}
const known: Known[] = []

/** What gives a record away: its ids, its code, a word that stands in no other. Read by `customer` or `order` rights, or by one person only. */
interface Trace {
  of: 'customer' | 'order' | 'person'
  customer?: Known
  person?: string
}
const traces = new Map<string, Trace>()
const traceForm = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|C-\d{6,12}|z[qof][0-9a-z]{4}|1[3-9]\d{9}/g

beforeAll(async () => {
  server = await startTestServer()
  api = await readApi(server.url)
  teams = await givenTeams(server, 7, random)
  viewers = await givenViewers(server, teams, size(6, 40), random)
  await givenCustomers(size(40, 300))
  const admin = server.as(await server.given.administrator())
  const analysis = await defaultAnalysis(admin, 'rfm')
  const run = await runToEnd(admin, analysis.id)
  const earlier = await runToEnd(admin, analysis.id)
  const imported = await Promise.all(viewers.slice(0, 3).map(givenImport))
  pools = {
    customers: known.flatMap(({ id, code }) => [id, code]),
    orders: known.map(({ order }) => order),
    runs: [run.id],
    earlierId: [earlier.id],
    analyses: [analysis.id],
    imports: imported.map(({ importId }) => importId),
    files: imported.map(({ fileId }) => fileId),
    jobs: imported.map(({ jobId }) => jobId),
    'import-templates': Object.keys(importKinds),
  }
}, 120_000)
afterAll(() => server.stop())

async function givenCustomers(count: number): Promise<void> {
  const admin = server.as(await server.given.administrator())
  for (let i = 0; i < count; i++) {
    const word = i.toString(36).padStart(4, '0')
    const token = `zq${word}`
    const phone = `138${String(10_000_000 + i * 7919).slice(0, 8)}`
    const values = {
      name: `${token} 张`,
      phone,
      email: `${token}@example.com`,
      memberNumber: token,
      note: token,
      employer: token,
      address: token,
      city: pick(['杭州市', '上海市']),
    }
    const owner = random() < 0.3 ? null : pick(viewers).user.id
    const team = random() < 0.3 ? null : pick(teams.ids)
    const made = await admin(customers.create, { body: { kind: 'person', values, ownerId: owner, teamId: team } })
    const items = [{ quantity: 1000, unitPrice: 10_000 * (i + 1), productCode: `zo${word}`, productName: `zo${word}` }]
    const order = await admin(catalog.createOrder, {
      body: { customerId: made.id, number: `zo${word}`, placedAt: '2026-03-01T10:00:00Z', items },
    })
    const contact = await admin(catalog.recordContact, {
      params: { id: made.id },
      body: { medium: 'phone', direction: 'in', content: token },
    })
    const customer = { id: made.id, code: made.code, phone, token, order: order.id, owner, team }
    known.push(customer)
    for (const each of [made.id, made.code, phone, token, contact.id, ...made.profiles.map(({ id }) => id)])
      traces.set(each, { of: 'customer', customer })
    for (const each of [order.id, `zo${word}`]) traces.set(each, { of: 'order', customer })
  }
  // Products are company-wide: their codes and names are nobody's.
  const products = await server.owner<{ code: string }[]>`select code from product`
  for (const { code } of products) traces.delete(code)
}

/** A file of somebody's own whose only row is wrong, so that it is kept with its cells. */
async function givenImport({ user }: Viewer, i: number) {
  const mine = server.as(user)
  const word = `zf000${i}`
  const started = await startImport(mine, `会员号,姓名,手机号码\n${word},${word},12345\n`, { name: `${word}.csv`, channel: 'manual-file' })
  const done = await importEnded(mine, started.id)
  expect(done).toMatchObject({ state: 'done', failed: 1 })
  for (const each of [word, done.id, done.file.id, done.jobId ?? '']) traces.set(each, { of: 'person', person: user.id })
  return { importId: done.id, fileId: done.file.id, jobId: done.jobId ?? '' }
}

/** The traces in an answer that somebody may not see, given what they said themselves. */
function leaks(viewer: Viewer, right: Right, said: string, text: string): string[] {
  const own = new Set(decodeURIComponent(said).match(traceForm) ?? [])
  const found = new Set((text.match(traceForm) ?? []).filter((each) => !own.has(each)))
  return [...found].filter((each) => {
    const trace = traces.get(each)
    if (!trace) return false
    if (trace.of === 'person') return trace.person !== viewer.user.id
    const by: Right[] = trace.of === 'order' ? ['order.read'] : rights[right].scoped ? [right, 'customer.read'] : ['customer.read']
    return !by.some((each) => mayReach(viewer, each, trace.customer as Known, teams))
  })
}

const rightOf = ({ access }: Operation): Right => (access in rights ? (access as Right) : 'customer.read')

function pathFor({ path }: Operation): string {
  const [, first = ''] = path.split('/')
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pick(pools[name] ?? pools[name === 'kind' ? 'import-templates' : first] ?? [newId()])),
  )
}

/** A query that looks for somebody, by whatever the operation lets one look by. */
function queryFor({ query }: Operation): string {
  const somebody = pick(known)
  const field = pick(['city', 'name', 'memberNumber', 'employer', 'owner', 'orders', 'createdAt', 'phone', 'email'])
  const values: Record<string, unknown> = {
    owner: somebody.owner ?? newId(),
    orders: 1,
    createdAt: '2020-01-01T00:00:00Z',
    city: '杭州市',
    phone: somebody.phone,
    email: `${somebody.token}@example.com`,
  }
  const operator = field === 'orders' ? 'at-least' : field === 'createdAt' ? 'after' : pick(['is', 'is-not', 'not-empty'])
  const condition = { field, operator, ...(operator === 'not-empty' ? {} : { value: values[field] ?? somebody.token }) }
  const offered: Record<string, () => string> = {
    search: () =>
      pick([
        somebody.token,
        somebody.token.slice(0, 3),
        somebody.phone,
        somebody.phone.slice(-4),
        somebody.code,
        '张',
        'z',
        `${somebody.token}@example.com`,
      ]),
    filter: () => JSON.stringify({ match: pick(['all', 'any']), conditions: [condition] }),
    sort: () => pick(['createdAt', 'lastOrderAt', 'spent', 'name']),
    order: () => pick(['ascending', 'descending']),
    limit: () => '200',
    by: () => pick(['city', 'memberLevel', 'kind', ...Object.keys(labelFields)]),
    and: () => pick(['city', 'kind']),
    customerId: () => somebody.id,
    number: () => somebody.token.replace('zq', 'zo'),
    format: () => 'csv',
    exact: () => 'true',
  }
  return Object.keys(query)
    .filter((name) => offered[name] && (name === 'by' || name === 'format' || random() < 0.5))
    .map((name) => `${name}=${encodeURIComponent(offered[name]?.() ?? '')}`)
    .join('&')
}

describe('G07, G08: every way to read shows what the policy allows and nothing else', () => {
  test('every reading operation', { timeout: size(120_000, 24 * 3_600_000) }, async () => {
    const found: string[] = []
    let asked = 0
    let answered = 0
    for (const viewer of viewers) {
      for (const operation of api.operations.filter(({ method }) => method === 'GET')) {
        const rounds =
          operation.path.startsWith('/customers') || operation.path.startsWith('/orders')
            ? size(10, 100)
            : Object.keys(operation.params).length > 0
              ? size(4, 20)
              : 2
        for (let i = 0; i < rounds; i++) {
          const request: Sent = {
            method: 'GET',
            path: pathFor(operation),
            query: queryFor(operation),
            headers: random() < 0.5 ? { 'zhike-purpose': 'service' } : {},
          }
          const answer = await send(server.url, request, viewer.user.apiKey)
          asked++
          if (answer.status < 300) answered++
          const leaked = leaks(viewer, rightOf(operation), `${request.path} ${request.query}`, answer.text)
          if (leaked.length > 0)
            found.push(`${viewer.user.name} ${operation.name} ${decodeURIComponent(request.query ?? '')}: ${leaked.slice(0, 5)}`)
          if (operation.replyType === 'events') break
        }
      }
    }
    figure('G08', 'readings', asked)
    figure('G08', 'of them answered with data', answered)
    expect(found.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(answered).toBeGreaterThan(asked / 3)
  })

  test('what is somebody else’s answers as what is not there, to reading and to changing', {
    timeout: size(60_000, 3_600_000),
  }, async () => {
    const different: string[] = []
    let asked = 0
    for (const viewer of viewers) {
      for (const operation of api.operations.filter(
        ({ params, path }) => Object.keys(params).includes('id') && /^\/(?:customers|orders|imports|files|jobs)\//.test(path),
      )) {
        const [, kind = ''] = operation.path.split('/')
        const foreign = (pools[kind] ?? []).filter((id) => {
          const trace = traces.get(id)
          return (
            /^[0-9a-f]{8}-/.test(id) &&
            trace &&
            (trace.of === 'person'
              ? trace.person !== viewer.user.id
              : !mayReach(viewer, rightOf(operation), trace.customer as Known, teams))
          )
        })
        for (const id of [foreign[0], foreign.at(-1)].filter((each) => each !== undefined)) {
          const about = (one: string): Sent => ({
            method: operation.method,
            path: operation.path.replace('{id}', one).replace('{profileId}', newId()),
            headers: { 'if-match': '"1"' },
            ...(operation.body ? { body: bodies[operation.name] ?? {} } : {}),
          })
          const theirs = await send(server.url, about(id), viewer.user.apiKey)
          const nobodys = await send(server.url, about(newId()), viewer.user.apiKey)
          asked++
          if (theirs.status !== nobodys.status || theirs.problem !== nobodys.problem || theirs.status < 400) {
            different.push(
              `${viewer.user.name} ${operation.name}: ${theirs.status} ${theirs.problem}, of nothing ${nobodys.status} ${nobodys.problem}`,
            )
          }
        }
      }
    }
    figure('G08', 'foreign records compared with missing ones', asked)
    expect(different.slice(0, 20)).toEqual([])
    expect(asked).toBeGreaterThan(viewers.length * 5)
  })

  test('somebody else’s records cannot be named in a body', { timeout: 60_000 }, async () => {
    const found: string[] = []
    for (const viewer of viewers) {
      const foreign = known.filter(
        (customer) =>
          !(['customer.read', 'customer.edit', 'customer.link', 'order.edit'] as const).some((right) =>
            mayReach(viewer, right, customer, teams),
          ),
      )
      const theirFile = pools['files']?.find((id) => traces.get(id)?.person !== viewer.user.id) ?? ''
      const mine = known.find((customer) => mayReach(viewer, 'customer.link', customer, teams))
      const columns = [{ index: 0, header: '会员号', field: 'memberNumber' }]
      const about = (customer: Known): [string, string, unknown][] => [
        [
          'POST',
          '/customers',
          { kind: 'person', values: { name: `${customer.token} 张`, phone: customer.phone }, ownerId: viewer.user.id },
        ],
        [
          'POST',
          '/customers',
          { kind: 'person', values: { name: `${customer.token} 张`, email: `${customer.token}@example.com` }, ownerId: viewer.user.id },
        ],
        [
          'POST',
          '/orders',
          { customerId: customer.id, number: newId(), placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: 1 }] },
        ],
        ['POST', `/customers/${mine?.id ?? customer.id}/profiles`, { customerId: customer.id }],
      ]
      const attempts: [string, string, unknown][] = [
        ...foreign.slice(0, size(2, 20)).flatMap(about),
        ['POST', '/imports/inspect', { fileId: theirFile }],
        ['POST', '/imports/dry-run', { fileId: theirFile, channel: 'manual-file', settings: { kind: 'customers', columns } }],
        ['POST', '/imports', { fileId: theirFile, channel: 'manual-file', settings: { kind: 'customers', columns } }],
      ]
      for (const [method, path, body] of attempts) {
        const answer = await send(server.url, { method, path, body }, viewer.user.apiKey)
        const leaked = leaks(viewer, 'customer.read', `${path} ${JSON.stringify(body).replaceAll('%', '')}`, answer.text)
        if (answer.status < 400 || leaked.length > 0)
          found.push(`${viewer.user.name} ${method} ${path} ${JSON.stringify(body)}: ${answer.status} ${answer.problem} ${leaked}`)
      }
    }
    expect(found.slice(0, 20)).toEqual([])
  })
})

const bodies: Record<string, unknown> = {
  'PATCH /customers/{id}': { values: { city: '上海市' } },
  'POST /customers/{id}/contacts': { medium: 'phone', direction: 'in', content: 'x' },
  'POST /customers/{id}/profiles': { customerId: '00000000-0000-7000-8000-000000000001' },
}

describe('G12: with the application’s checks off, the database shows no more', () => {
  /** Rights whose transactions set the scope that row-level security reads. */
  const asked: readonly Right[] = ['customer.read', 'order.read', 'customer.export', 'customer.edit']

  async function asViewer<T>(viewer: Viewer, right: Right, work: (tx: Tx) => Promise<T>): Promise<T> {
    const principal = await loadPrincipal(server.app.database.system, viewer.user.id)
    const actor: Actor = { ...(principal as NonNullable<typeof principal>), via: 'api-key', requestId: 'test' }
    return actorTransaction(server.app.database, actor, right, work)
  }

  test('every row of every table that the application’s role may read', { timeout: size(60_000, 3_600_000) }, async () => {
    const tables = await server.owner<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p', 'v', 'm')
         and has_table_privilege('zhike_app', c.oid, 'select') and has_schema_privilege('zhike_app', n.oid, 'usage')`
    const found: string[] = []
    let read = 0
    for (const viewer of viewers) {
      for (const right of asked) {
        await asViewer(viewer, right, async (tx) => {
          for (const { name } of tables) {
            const rows = await tx.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)
            read += rows.length
            const leaked = rows.flatMap(({ row }) =>
              leaks(viewer, right, '', row).filter(
                (each) => !mayReach(viewer, right, traces.get(each)?.customer ?? { owner: '', team: '' }, teams),
              ),
            )
            if (leaked.length > 0) found.push(`${viewer.user.name} ${right} ${name}: ${leaked.slice(0, 3)}`)
          }
        })
      }
    }
    figure('G12', 'tables', tables.length)
    figure('G12', 'rows read', read)
    expect(found.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(read).toBeGreaterThan(100)
  })

  test('the functions that look past row-level security are these, and nobody else’s', async () => {
    const rows = await server.owner<{ name: string }[]>`
      select p.proname as name from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace and has_function_privilege('zhike_app', p.oid, 'execute') order by 1`
    expect(rows.map(({ name }) => name)).toEqual([
      'clear_views_of_hour',
      'customer_events',
      'customers_of_imports',
      'held_order_lines',
      'orders_of_imports',
      'search_customers',
      'sees_customer',
      'sees_profile',
    ])
  })
})
