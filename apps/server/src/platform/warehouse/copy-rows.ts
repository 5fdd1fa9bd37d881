import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from '../database/database.ts'
import { type FactTable, type KeyCondition, quoted } from './tables.ts'
import type { WarehouseClient } from './warehouse.ts'

// PostgreSQL's COPY text and the warehouse's TabSeparated are the same format: rows go from one engine to the other as bytes.

/**
 * The rows of a table with their last column. The version is the next transaction id of the very snapshot that the rows are
 * read in: later reads have it the same or higher, whatever the clocks say.
 */
function copyStatement(table: FactTable, keys: KeyCondition): string {
  const last = table.kind === 'signed' ? '1' : 'pg_snapshot_xmax(pg_current_snapshot())::text::bigint'
  return `copy (select facts.*, ${last} from (${table.rows(keys)}) as facts) to stdout`
}

export const amongKeys = (keys: readonly number[]): KeyCondition => {
  // Numbers only: COPY takes no parameters.
  const list = keys.map((key) => BigInt(key).toString()).join(',')
  return (key) => `${key} = any ('{${list}}'::bigint[])`
}

export const keysFromTo = (after: number, to: number): KeyCondition => {
  return (key) => `${key} > ${BigInt(after)} and ${key} <= ${BigInt(to)}`
}

/**
 * Gives `use` the rows as they stream. In a transaction, which has its connection for itself: otherwise the client gives a busy
 * connection the next statement of anybody, and refuses that while rows come.
 */
const copied = <T>(system: Sql, table: FactTable, keys: KeyCondition, use: (rows: Readable) => Promise<T>): Promise<T> =>
  system.begin('read only', async (tx) => use((await tx.unsafe(copyStatement(table, keys)).readable()) as Readable)) as Promise<T>

/** The rows as they are now in the system of record, as one text. */
export const readRows = (system: Sql, table: FactTable, keys: KeyCondition): Promise<Buffer> =>
  copied(system, table, keys, async (rows) => Buffer.concat(await rows.toArray()))

/** Sends the rows of a table from engine to engine; in memory is only what is under way. @returns how many */
export async function sendRows(
  system: Sql,
  client: WarehouseClient,
  into: string,
  table: FactTable,
  keys: KeyCondition,
  signal?: AbortSignal,
): Promise<number> {
  let rows = 0
  const counter = new Transform({
    writableHighWaterMark: 1024 * 1024,
    readableHighWaterMark: 1024 * 1024,
    transform: (part: Buffer, _encoding, done) => {
      rows += countRows(part)
      done(null, part)
    },
  })
  const insert = () =>
    client.insert({
      table: `${quoted(into)}.${quoted(table.name)}`,
      values: counter,
      format: 'TabSeparated',
      ...(signal ? { abort_signal: signal } : {}),
    })
  await copied(system, table, keys, (source) => Promise.all([pipeline(source, counter, ...(signal ? [{ signal }] : [])), insert()]))
  return rows
}

const newline = 0x0a

/** A line end within a value is written as `\n`, so every real one ends a row. */
function countRows(text: Buffer): number {
  let rows = 0
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) rows += 1
  return rows
}

/**
 * Inserts rows that are in memory, wholly or not at all.
 * @param token rows come in once under the same token, however often and late they are sent
 */
export async function insertText(
  client: WarehouseClient,
  database: string,
  table: FactTable,
  rows: string | Buffer,
  token?: string,
): Promise<void> {
  await client.insert({
    table: `${quoted(database)}.${quoted(table.name)}`,
    values: Readable.from([rows], { objectMode: false }),
    format: 'TabSeparated',
    clickhouse_settings: token === undefined ? { insert_deduplicate: 0 } : { insert_deduplication_token: token },
  })
}
