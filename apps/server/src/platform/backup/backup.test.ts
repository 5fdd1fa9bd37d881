import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseAddress } from '../engines/engine.ts'
import { type Engines, startEngines } from '../engines/engines.ts'
import { openPostgres } from '../engines/postgres-client.ts'
import { temporaryFolder } from '../engines/testing/engine-fixtures.ts'
import { backup } from './backup.ts'
import { backupBeforeUpgrade } from './before-upgrade.ts'
import { needsRebuild, rebuilt, restore } from './restore.ts'

const [data, backups] = [temporaryFolder(), temporaryFolder()]
const whole = join(backups.path, 'whole')
let engines: Engines
let sql: postgres.Sql

const start = (dataFolder: string) => startEngines({ dataFolder, log: () => {}, durable: false, which: ['database'] })
const connectTo = (database: DatabaseAddress) => openPostgres({ ...database, max: 4, onnotice: () => {} })

beforeAll(async () => {
  engines = await start(data.path)
  sql = connectTo(engines.database)
  await sql`create table customer (n int primary key, name text)`
  await sql`insert into customer select n, '客户' || n from generate_series(1, 50000) n`
  await sql`create table written (n int primary key, account int, amount int)`
  await sql`create table schema_migration (number int primary key)`
  await sql`insert into schema_migration values (7)`
  mkdirSync(join(data.path, 'files'))
  writeFileSync(join(data.path, 'files', 'contract.txt'), '合同')
})
afterAll(async () => {
  await sql.end()
  await engines.stop()
  data.remove()
  backups.remove()
})

/** One hash over all rows of a table in the order of their number. */
async function hashOf(from: postgres.Sql, table: string, upTo = 1_000_000): Promise<string | undefined> {
  const [row] = await from<{ hash: string }[]>`
    select md5(string_agg(rows::text, E'\n' order by n)) as hash from ${from(table)} rows where n <= ${upTo}`
  return row?.hash
}

test('a backup taken while writing restores to the rows at its end, equal by hash', async () => {
  let stopped = false
  let acknowledged = 0
  const writer = (async () => {
    for (let n = 1; !stopped; n += 1) {
      // Two rows at a time that cancel out: half of a pair would show.
      await sql`insert into written values (${2 * n - 1}, 1, ${n}), (${2 * n}, 2, ${-n})`
      acknowledged = 2 * n
    }
  })()
  while (acknowledged < 100) await new Promise((resolve) => setTimeout(resolve, 5))
  const atStart = acknowledged
  let progress = 0
  const manifest = await backup(engines, whole, { onProgress: (done, all) => (progress = done / all) })
  const atEnd = acknowledged
  stopped = true
  await writer
  expect(progress).toBe(1)
  expect(manifest).toMatchObject({ schemaVersion: 7, warehouse: 'rebuild' })

  const fresh = temporaryFolder()
  await restore(whole, fresh.path)
  const restored = await start(fresh.path)
  const there = connectTo(restored.database)
  const [sums] = await there<{ rows: number; last: number; sum: number }[]>`
    select count(*)::int as rows, max(n) as last, sum(amount)::int as sum from written`
  expect(sums).toMatchObject({ rows: sums?.last, sum: 0 })
  expect(sums?.last).toBeGreaterThanOrEqual(atStart)
  expect(sums?.last).toBeLessThanOrEqual(atEnd + 2)
  expect(await hashOf(there, 'written')).toBe(await hashOf(sql, 'written', sums?.last))
  expect(await hashOf(there, 'customer')).toBe(await hashOf(sql, 'customer'))
  expect(readFileSync(join(fresh.path, 'files', 'contract.txt'), 'utf8')).toBe('合同')
  expect(needsRebuild(fresh.path)).toBe(true)
  await rebuilt(fresh.path)
  expect(needsRebuild(fresh.path)).toBe(false)
  await there.end()
  await restored.stop()
  fresh.remove()
})

test('a data folder whose restore was interrupted is not started', async () => {
  const target = temporaryFolder()
  mkdirSync(join(target.path, 'restoring'))
  await expect(start(target.path)).rejects.toMatchObject({ code: 'restore-unfinished' })
  target.remove()
})

test('a backup is not written over something', async () => {
  await expect(backup(engines, data.path)).rejects.toMatchObject({ code: 'backup-target-exists' })
})

test('a backup is not restored over something', async () => {
  await expect(restore(whole, data.path)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  await expect(restore(whole, backups.path)).rejects.toMatchObject({ code: 'restore-not-empty' })
})

test('a database elsewhere is left to its own tools', async () => {
  const elsewhere = { ...engines, kind: { database: 'external', warehouse: 'external' } } as const
  await expect(backup(elsewhere, join(backups.path, 'other'))).rejects.toMatchObject({ code: 'backup-external' })
})

test.each([
  ['a changed file', (folder: string) => flip(join(folder, 'postgres', 'global', '1262'))],
  ['a longer file', (folder: string) => appendFileSync(join(folder, 'files', 'contract.txt'), '!')],
  ['a missing file', (folder: string) => rmSync(join(folder, 'secrets.json'))],
  ['a changed manifest', (folder: string) => appendFileSync(join(folder, 'manifest.json'), ' ')],
  ['no manifest, as it was cut short', (folder: string) => rmSync(join(folder, 'manifest.json'))],
])('a backup with %s is refused and leaves nothing behind', async (_, spoil) => {
  const [spoilt, target] = [join(backups.path, 'spoilt'), temporaryFolder()]
  cpSync(whole, spoilt, { recursive: true })
  spoil(spoilt)
  await expect(restore(spoilt, target.path)).rejects.toMatchObject({ code: 'backup-damaged' })
  expect(readdirSync(target.path)).toEqual([])
  rmSync(spoilt, { recursive: true })
  target.remove()
})

test('backups before upgrades are kept beside the data, the two newest of them', async () => {
  const made: (string | undefined)[] = []
  for (const from of [1, 2, 3]) {
    made.push(await backupBeforeUpgrade(engines, from))
  }
  expect(made.map((folder) => existsSync(folder ?? ''))).toEqual([false, true, true])
})

function flip(file: string): void {
  const bytes = readFileSync(file)
  bytes[0] = (bytes[0] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
