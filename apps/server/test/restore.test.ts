import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as backups from '@zhike/contract/platform/backups.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApp, startApp } from '../src/app.ts'
import { setupUnattended } from '../src/platform/auth/setup.ts'
import { connect, openDatabase } from '../src/platform/database/database.ts'
import { migrate, rolePassword } from '../src/platform/database/migrate.ts'
import { type Engines, startEngines } from '../src/platform/engines/engines.ts'
import { folderSecrets } from '../src/platform/engines/secrets.ts'
import { temporaryFolder } from '../src/platform/engines/testing/engine-fixtures.ts'
import { prepareQueue } from '../src/platform/jobs/queue.ts'
import { refusal } from './harness.ts'
import { zhike } from './zhike.ts'

const [data, restored, kept] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
const backupFolder = join(kept.path, 'backups')
const apiKey = `zk_${randomBytes(32).toString('base64url')}`

interface Installation {
  engines: Engines
  app: RunningApp
  call: Client
  stop(): Promise<void>
}

/** A whole installation on a data folder, as the program starts it. */
async function startOn(dataFolder: string): Promise<Installation> {
  const engines = await startEngines({ dataFolder, durable: false, log: () => {} })
  const secret = folderSecrets(dataFolder).applicationSecret
  await migrate(engines.database, secret)
  await prepareQueue(engines.database, secret)
  const database = openDatabase(engines.database, rolePassword(secret), { app: 1, system: 2 })
  await setupUnattended(database, { admin: { email: 'owner@example.com', password: 'plum tree 91 river', apiKey }, demo: false })
  await database.close()
  const app = await startApp({
    database: engines.database,
    warehouse: { url: engines.warehouse.url, database: 'zhike' },
    secret,
    dataFolder: join(dataFolder, 'files'),
    backupFolder,
    engines,
    host: '127.0.0.1',
    port: 0,
    checkReplies: true,
  })
  const call = createClient({ baseUrl: app.url, headers: () => ({ authorization: `Bearer ${apiKey}`, 'accept-language': 'en' }) })
  const stop = async () => {
    await app.stop()
    await engines.stop()
  }
  return { engines, app, call, stop }
}

let first: Installation
let runId = ''
let fileId = ''
const run = (...args: string[]) => zhike([...args, '--json'], { url: first.app.url, apiKey, cwd: kept.path })

beforeAll(async () => {
  mkdirSync(kept.path, { recursive: true })
  first = await startOn(data.path)
  const lines = Array.from({ length: 2000 }, (_, i) => {
    const customer = (i * 7919) % 300
    return `SO${i},K${customer},138${String(10_000_000 + customer)},${1 + (i % 27)}.${1 + (i % 11)}.2026,${(i % 90) + 5}.50`
  })
  writeFileSync(join(kept.path, 'orders.csv'), ['Order no,Customer no,Mobile,Day,Total', ...lines].join('\n'))
  const imported = await run('import', 'orders', 'orders.csv', '--map', 'order=Order no,customer=Customer no,date=Day,amount=Total')
  assert.deepEqual([imported.code, imported.result['created'], imported.result['failed']], [0, 2000, 0], imported.stderr)
  const analysed = await run('analyse', 'rfm', '--as-of', '2026-12-01')
  assert.deepEqual([analysed.code, analysed.result['customers']], [0, 300], analysed.stderr)
  runId = String(analysed.result['runId'])
  const form = new FormData()
  form.append('file', new Blob(['合同']), 'contract.txt')
  fileId = (await first.call(files.upload, { body: form })).id
})

afterAll(async () => {
  await first.stop()
  for (const folder of [data, restored, kept]) folder.remove()
})

/** What the end of a backup's own job changes, and what says how far readers are: everything else must come back as it was. */
const ownTables = ['job', 'outbox', 'outbox_cursor']

/** One hash per table over all rows, in whatever order they lie. */
async function rowHashes({ engines }: Pick<Installation, 'engines'>): Promise<Record<string, string>> {
  const sql = connect(engines.database, { max: 1, name: 'test' })
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all (${ownTables}) order by 1`
  const hashes: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sql<{ hash: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(text, E'\n' order by text)), '') as hash from (select t::text as text from ${sql(name)} t) rows`
    hashes[name] = row?.hash ?? ''
  }
  await sql.end()
  return hashes
}

const everybody = (call: Client) => call(customers.list, { query: { sort: 'createdAt', limit: 200 } })
const membersOf = (call: Client) => call(analyses.members, { params: { id: runId }, query: { group: 'champions', limit: 200 } })

test('an installation that is wiped and restored is equal: rows, list, files, results of analyses, and the warehouse built anew', async () => {
  const { result, code } = await run('backup')
  expect(code).toBe(0)
  const [before, list, members] = [await rowHashes(first), await everybody(first.call), await membersOf(first.call)]
  const { tables } = await first.call(warehouse.check, {})
  expect(members.items.length).toBeGreaterThan(0)
  await first.stop()
  data.remove()

  const back = await zhike(['restore', String(result['folder']), '--data', restored.path, '--json'], { cwd: kept.path })
  expect(back).toMatchObject({ code: 0, result: { data: restored.path } })
  // Before anything serves: the rows as they were copied.
  const engines = await startEngines({ dataFolder: restored.path, durable: false, log: () => {}, which: ['database'] })
  expect(Object.keys(before).length).toBeGreaterThan(30)
  expect(await rowHashes({ engines })).toEqual(before)
  await engines.stop()

  first = await startOn(restored.path)
  const { call, app } = first
  // While the warehouse is being built, what needs it is there or asked to wait.
  const early = await refusal(membersOf(call)).catch(() => ({ problem: 'none' }))
  expect(['none', 'engine-away']).toContain(early.problem)
  expect((await call(session.get, {})).user.email).toBe('owner@example.com')
  expect(await everybody(call)).toEqual(list)
  const content = await call.raw(files.download, { params: { id: fileId } })
  expect(await content.text()).toBe('合同')
  await app.sync.caughtUp()
  expect((await call(warehouse.check, {})).tables).toEqual(tables)
  expect(await membersOf(call)).toEqual(members)
  const again = await run('analyse', 'rfm', '--as-of', '2026-12-01')
  expect(again).toMatchObject({ code: 0, result: { customers: 300 } })
})

test('the backup that was running in its own copy is not begun again after the restore', async () => {
  const { items } = await first.call(jobs.list, { query: { kind: 'backup' } })
  expect(items.map(({ state }) => state)).toEqual(['cancelled'])
  expect((await first.call(backups.list, {})).items).toHaveLength(1)
})

test('backups are listed with size and state, and deleted', async () => {
  mkdirSync(join(backupFolder, '20200101T000000000Z.part'))
  const { items, folder } = await first.call(backups.list, {})
  expect(folder).toBe(backupFolder)
  expect(items).toMatchObject([{ state: 'broken', bytes: null }, { state: 'whole' }])
  expect(items.find(({ state }) => state === 'whole')?.bytes).toBeGreaterThan(1_000_000)
  await first.call(backups.remove, { params: { name: '20200101T000000000Z' } })
  expect((await first.call(backups.list, {})).items.map(({ state }) => state)).toEqual(['whole'])
  expect(await refusal(first.call(backups.remove, { params: { name: 'monday' } }))).toMatchObject({ problem: 'backup-not-found' })
})

test('while a backup is written no second one begins, and cancelling leaves nothing of it', async () => {
  const job = await first.call(backups.start, {})
  expect(await refusal(first.call(backups.start, {}))).toMatchObject({ problem: 'backup-running' })
  await first.call(jobs.cancel, { params: { id: job.id } })
  await expect.poll(async () => (await first.call(jobs.get, { params: { id: job.id } })).state, { timeout: 20_000 }).toBe('cancelled')
  expect((await first.call(backups.list, {})).items.map(({ state }) => state)).toEqual(['whole'])
})

test('of several backups only the newest are kept when that is asked for', async () => {
  const { result } = await run('backup', '--keep', '1')
  expect(result['deleted']).toHaveLength(1)
  const { items } = await first.call(backups.list, {})
  expect(items.map(({ name }) => name)).toEqual([result['name']])
})
