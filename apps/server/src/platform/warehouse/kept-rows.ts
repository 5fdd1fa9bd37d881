import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { formerName, hasDatabase, hasTable, nextName, run, unmark } from './layout.ts'
import { type KeptTable, quoted } from './tables.ts'
import { ask } from './warehouse.ts'
import type { WarehouseWorld } from './world.ts'

// Rows that nothing else could tell again go with a backup: one file per table, packed, the names of the columns first.

const ending = '.tsv.gz'

/** Writes the rows of the kept tables into a folder. */
export async function writeKeptRows(world: WarehouseWorld, folder: string, signal?: AbortSignal): Promise<void> {
  for (const { name } of world.schema.kept) {
    if (await hasTable(world, world.name, name)) await writeRows(world, name, join(folder, `${name}${ending}`), signal)
  }
}

async function writeRows({ client, name: database }: WarehouseWorld, table: string, file: string, signal?: AbortSignal): Promise<void> {
  const columns = await ask<{ name: string }>(
    client,
    `select name from system.columns where database = {database:String} and table = {table:String} order by position`,
    { database, table },
  )
  const names = columns.map(({ name }) => name)
  const { stream } = await client.exec({
    query: `select ${names.map(quoted).join(', ')} from ${quoted(database)}.${quoted(table)} format TabSeparated`,
    ...(signal ? { abort_signal: signal } : {}),
  })
  const target = createWriteStream(file, { mode: 0o600, flush: true })
  await pipeline(stream, headed(`${names.join('\t')}\n`), createGzip({ level: 1 }), target, signal ? { signal } : {})
}

/** The mark at the end of an answer that the warehouse broke off after it had begun. */
const brokenOff = '__exception__\r\n'

/** Puts a line before the rows, and refuses rows that were broken off. */
function headed(line: string): Transform {
  let tail = ''
  let begun = false
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      if (!begun) this.push(line)
      begun = true
      tail = (tail + part.subarray(-brokenOff.length).toString('latin1')).slice(-brokenOff.length)
      done(null, part)
    },
    flush(done) {
      if (!begun) this.push(line)
      done(tail === brokenOff ? new Error('The warehouse broke off while its rows were copied') : null)
    },
  })
}

/**
 * Puts the rows of a folder back, before the warehouse is built: the tables stand alone in the database, and building takes them
 * over. What was there is dropped. Can be begun again.
 */
export async function readKeptRows(world: WarehouseWorld, folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const files = new Set(await readdir(folder))
  for (const table of world.schema.kept) {
    if (files.has(`${table.name}${ending}`)) await readRows(world, table, join(folder, `${table.name}${ending}`))
  }
}

async function readRows(world: WarehouseWorld, table: KeptTable, file: string): Promise<void> {
  const { client, name: database } = world
  const full = `${quoted(database)}.${quoted(table.name)}`
  await run(world, `create database if not exists ${quoted(database)}`)
  await run(world, `drop table if exists ${full}`)
  await run(world, `create table ${full} ${table.definition}`)
  const source = createReadStream(file).pipe(createGunzip())
  const columns = await firstLine(source)
  await client.insert({ table: full, columns: columns.split('\t') as [string, ...string[]], values: source, format: 'TabSeparated' })
}

/** Takes the first line off a stream. */
async function firstLine(source: Readable): Promise<string> {
  let text = Buffer.alloc(0)
  for (;;) {
    const part = (source.read() as Buffer | null) ?? undefined
    if (part === undefined) {
      if (source.readableEnded) throw new Error('The file of kept rows is empty')
      await new Promise<void>((resolve, reject) => {
        source.once('readable', resolve)
        source.once('error', reject)
      })
      continue
    }
    text = Buffer.concat([text, part])
    const end = text.indexOf('\n')
    if (end < 0) continue
    if (end + 1 < text.length) source.unshift(text.subarray(end + 1))
    return text.subarray(0, end).toString()
  }
}

/** The warehouse does not fit the system of record any more: whoever synchronises next builds it anew. */
export async function forgetWarehouse(world: WarehouseWorld, reader: string): Promise<void> {
  for (const name of [nextName(world), formerName(world)]) await run(world, `drop database if exists ${quoted(name)}`)
  if (await hasDatabase(world, world.name)) await unmark(world, world.name)
  await world.database.system`delete from outbox_cursor where reader = ${reader}`
}
