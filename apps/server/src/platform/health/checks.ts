import { statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/database.ts'
import { readMigrations } from '../database/migrate.ts'
import { outboxLag } from '../outbox/outbox.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'

/** An engine that takes longer counts as away. */
const patienceMs = 2000

/** The versions of both engines; undefined for one that does not answer. */
export async function askEngines(database: Database, warehouse: WarehouseClient): Promise<{ database?: string; warehouse?: string }> {
  const [databaseVersion, warehouseVersion] = await Promise.all([
    inTime(() => databaseVersionOf(database)),
    inTime((signal) => warehouseVersionOf(warehouse, signal)),
  ])
  return {
    ...(databaseVersion === undefined ? {} : { database: databaseVersion }),
    ...(warehouseVersion === undefined ? {} : { warehouse: warehouseVersion }),
  }
}

async function databaseVersionOf({ app }: Database): Promise<string | undefined> {
  const [row] = await app<{ version: string }[]>`select current_setting('server_version') as version`
  return row?.version
}

async function warehouseVersionOf(warehouse: WarehouseClient, signal: AbortSignal): Promise<string | undefined> {
  const reply = await warehouse.query({ query: 'select version() as version', format: 'JSONEachRow', abort_signal: signal })
  return (await reply.json<{ version: string }>())[0]?.version
}

/** The answer, or undefined when it fails or does not come in time. */
async function inTime<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const late = new AbortController()
  const answer = question(late.signal).catch(() => undefined)
  const result = await Promise.race([answer, sleep(patienceMs, undefined, { ref: false })])
  if (result === undefined) late.abort()
  return result
}

let known: Promise<number> | undefined

/** The newest migration that the database has, and that this program knows. */
export async function schemaState({ system }: Database): Promise<{ current: number; known: number }> {
  known ??= readMigrations().then((migrations) => migrations.at(-1)?.number ?? 0)
  const [row] = await system<{ current: number }[]>`select coalesce(max(number), 0)::int as current from schema_migration`
  return { current: row?.current ?? 0, known: await known }
}

/** How far each reader of the outbox is behind. */
export async function readerLags({ system }: Database): Promise<{ name: string; events: number; seconds: number }[]> {
  const readers = await system<{ name: string }[]>`select reader as name from outbox_cursor order by reader`
  return Promise.all(readers.map(async ({ name }) => ({ name, ...(await outboxLag(system, name)) })))
}

/** Jobs by state. */
export async function jobCounts({ system }: Database): Promise<Record<string, number>> {
  const rows = await system<{ state: string; count: number }[]>`select state, count(*)::int as count from job group by state`
  return { waiting: 0, running: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}

/** Of the disk that a folder is on, in bytes. */
export async function diskSpace(folder: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { free: bavail * bsize, total: blocks * bsize }
}
