import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemoAtStart } from '../src/demo/at-start.ts'
import { setupUnattended } from '../src/platform/auth/setup.ts'
import { startTestServer, type TestServer, type TestUser } from './harness.ts'

let server: TestServer
let admin: TestUser
const folder = mkdtempSync(join(tmpdir(), 'zhike-demo-'))

beforeAll(async () => {
  server = await startTestServer({ setUp: false })
  await setupUnattended(server.app.database, { admin: { email: 'demo@example.com', password: 'lantern-otter-92-quill' }, demo: true })
  admin = await server.given.administrator()
  await loadDemoAtStart(server.app, folder, 400)
}, 120_000)
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('every row of every file is imported, except those whose fault is theirs', async () => {
  const { items } = await server.as(admin)(imports.list, { query: { limit: 100 } })
  expect(items.length).toBeGreaterThan(10)
  expect(items.map(({ state }) => state)).toEqual(items.map(() => 'done'))
  const failures = await server.owner`
    select f.name as file, x.code, count(*)::int as rows, min(x.value) as example
      from import_failure i join import m on m.id = i.import_id join stored_file f on f.id = m.file_id,
           jsonb_to_recordset(i.problems) as x(code text, value text) group by 1, 2`
  expect(failures).toEqual([])
})

test('linking against the truth: hardly anybody is taken for somebody else, and most records of one person find each other', async () => {
  const records = truthRecords()
  const linked = await server.owner<{ channel: string; key: string; customer: string }[]>`
    select c.code as channel, p.source_key as key, l.customer_id as customer
      from profile p join channel c on c.id = p.channel_id join profile_customer l on l.profile_id = p.id`
  const customerOf = new Map(linked.map(({ channel, key, customer }) => [`${channel} ${key}`, customer]))
  const known = records.flatMap(({ channel, externalId, person }) => {
    const customer = customerOf.get(`${channel} id:${externalId}`)
    return customer ? [{ person, customer }] : []
  })
  expect(known.length).toBe(records.length)
  const { truePairs, foundPairs, rightPairs } = pairs(known)
  expect(rightPairs / foundPairs).toBeGreaterThan(0.995)
  expect(rightPairs / truePairs).toBeGreaterThan(0.85)
})

test('a second load does nothing again', async () => {
  const before = await server.owner`select count(*)::int as n from import`
  await loadDemoAtStart(server.app, folder, 400)
  expect(await server.owner`select count(*)::int as n from import`).toEqual(before)
})

test('the analyses have run: the groups of the latest run are found again as labels in the list', async () => {
  const call = server.as(admin)
  const rfm = (await call(analyses.list, {})).items.find(({ definition }) => definition.method === 'rfm')
  const run = await call(analyses.run, { params: { id: rfm?.lastRunId ?? '' } })
  const { groups } = analyses.RfmSummary.parse(run.summary)
  for (const { group, customers: size } of groups) {
    const { count } = await call(customers.count, {
      query: { filter: { match: 'all', conditions: [{ field: 'rfmGroup', operator: 'is', value: group }] }, exact: true },
    })
    expect([group, count]).toEqual([group, size])
  }
})

interface TruthRecord {
  channel: string
  externalId: string
  person: string
}

function truthRecords(): TruthRecord[] {
  const [header, ...lines] = readFileSync(join(folder, 'demo', 'truth', 'same-person.csv'), 'utf8')
    .trim()
    .split('\n')
  const names = (header ?? '').replace('\uFEFF', '').split(',')
  const at = (name: string) => names.indexOf(name)
  return lines.map((line) => {
    const cells = line.trim().split(',')
    return { channel: cells[at('channel')] ?? '', externalId: cells[at('external_id')] ?? '', person: cells[at('person')] ?? '' }
  })
}

/** Pairs of records that are one person, that were made one customer, and both. */
function pairs(known: readonly { person: string; customer: string }[]) {
  const count = (key: (record: { person: string; customer: string }) => string) =>
    [...Map.groupBy(known, key).values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  return {
    truePairs: count(({ person }) => person),
    foundPairs: count(({ customer }) => customer),
    rightPairs: count(({ person, customer }) => `${person} ${customer}`),
  }
}
