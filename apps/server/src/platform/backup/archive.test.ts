import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engines, startEngines } from '../engines/engines.ts'
import { openPostgres } from '../engines/postgres-client.ts'
import { temporaryFolder } from '../engines/testing/engine-fixtures.ts'
import { keepOnce } from './archive.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

const [data, backups, archive] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
const segments = join(archive.path, 'wal')
const keep = () => keepOnce({ archive: archive.path, files: join(data.path, 'files'), backups: backups.path, log: () => {} })
const start = (dataFolder: string, to?: string) =>
  startEngines({ dataFolder, archive: to, log: () => {}, durable: false, which: ['database'] })

let engines: Engines
let sql: postgres.Sql
let middle = ''
let firstSegment = ''

/** Waits until everything written so far is in the archive. */
async function archived(): Promise<void> {
  const [row] = await sql<{ segment: string }[]>`select pg_walfile_name(pg_current_wal_insert_lsn()) as segment`
  await sql`select pg_switch_wal()`
  const until = performance.now() + 20_000
  while (!readdirSync(segments).includes(`${row?.segment}.gz`)) {
    if (performance.now() > until) throw new Error('The segment was not archived within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const write = (from: number, to: number) => sql`insert into entry select n, '客户' || n from generate_series(${from}::int, ${to}::int) n`

beforeAll(async () => {
  engines = await start(data.path, archive.path)
  sql = openPostgres({ ...engines.database, max: 2, onnotice: () => {} })
  await sql`create table entry (n int primary key, name text)`
  await write(1, 1000)
  await archived()
  firstSegment = readdirSync(segments).toSorted()[0] ?? ''
  mkdirSync(join(data.path, 'files', 'aa'), { recursive: true })
  writeFileSync(join(data.path, 'files', 'aa', 'before'), '一')
  await backup(engines, join(backups.path, 'first'))
  await write(1001, 2000)
  writeFileSync(join(data.path, 'files', 'aa', 'after'), '二')
  const [now] = await sql<{ now: Date }[]>`select now()`
  middle = now?.now.toISOString() ?? ''
  await new Promise((resolve) => setTimeout(resolve, 50))
  await write(2001, 3000)
  await archived()
  await keep()
  // The disk of the data folder is gone, with no chance to close anything.
  for (const pid of engines.processIds()) process.kill(pid, 'SIGKILL')
  await sql.end({ timeout: 1 })
  await engines.stop()
  rmSync(data.path, { recursive: true, force: true })
})
afterAll(() => {
  for (const folder of [backups, archive, data]) folder.remove()
})

async function restored<T>(until: string | undefined, look: (there: postgres.Sql, folder: string) => Promise<T>): Promise<T> {
  const fresh = temporaryFolder()
  await restore(join(backups.path, 'first'), fresh.path, { archive: { folder: archive.path, until } })
  const again = await start(fresh.path)
  const there = openPostgres({ ...again.database, max: 2, onnotice: () => {} })
  try {
    return await look(there, fresh.path)
  } finally {
    await there.end()
    await again.stop()
    fresh.remove()
  }
}

test('with the archive nothing that was archived is lost: rows and files written after the backup are there', async () => {
  await restored(undefined, async (there, folder) => {
    const [row] = await there`select count(*)::int as rows, max(n) as last from entry`
    expect(row).toEqual({ rows: 3000, last: 3000 })
    expect(readdirSync(join(folder, 'files', 'aa')).toSorted()).toEqual(['after', 'before'])
    // It goes on from there as its own installation.
    await there`insert into entry values (3001, '新')`
  })
})

test('a restore can go to a moment: what was done after it is not there', async () => {
  await restored(middle, async (there) => {
    const [row] = await there`select count(*)::int as rows from entry`
    expect(row).toEqual({ rows: 2000 })
  })
})

test('of the archive only what no backup needs any more is removed', () => {
  expect(firstSegment).toMatch(/^[0-9A-F]{24}\.gz$/)
  expect(readdirSync(segments)).not.toContain(firstSegment)
  expect(readdirSync(segments).length).toBeGreaterThan(0)
})
