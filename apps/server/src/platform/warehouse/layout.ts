import { loadsTable } from './dictionaries.ts'
import { factTableDdl, factTables, fingerprint, quoted } from './tables.ts'
import { ask } from './warehouse.ts'
import type { WarehouseWorld } from './world.ts'

/** Says that a database holds everything up to a place in the outbox. Without it a database counts as not there. */
const markerTable = 'warehouse_build'

/** A place in the outbox: everything before it is in the build. */
export interface Place {
  xid: string
  position: number
}

/** The name that a database being built has until it takes the other's. */
export const nextName = (world: WarehouseWorld): string => `${world.name}_next`
export const formerName = (world: WarehouseWorld): string => `${world.name}_former`

export async function run({ client }: WarehouseWorld, statement: string): Promise<void> {
  await client.command({ query: statement })
}

export async function hasDatabase({ client }: WarehouseWorld, database: string): Promise<boolean> {
  const rows = await ask(client, 'select 1 from system.databases where name = {database:String}', { database })
  return rows.length > 0
}

export async function hasTable({ client }: WarehouseWorld, database: string, table: string): Promise<boolean> {
  const found = 'select 1 from system.tables where database = {database:String} and name = {table:String}'
  const rows = await ask(client, found, { database, table })
  return rows.length > 0
}

/** Makes an empty database with the fact tables. */
export async function makeDatabase(world: WarehouseWorld, database: string): Promise<void> {
  await run(world, `create database ${quoted(database)}`)
  for (const table of factTables(world.schema)) await run(world, factTableDdl(database, table))
}

/** From here on the database counts as complete. */
export async function markComplete(world: WarehouseWorld, database: string, place: Place): Promise<void> {
  const marker = `${quoted(database)}.${markerTable}`
  await run(
    world,
    `create table ${marker} (fingerprint String, xid UInt64, position UInt64, at DateTime64(3, 'UTC')) engine = MergeTree order by at`,
  )
  await run(world, `insert into ${marker} select '${fingerprint(world.schema)}', ${BigInt(place.xid)}, ${BigInt(place.position)}, now64(3)`)
}

/** From here on the database does not count any more. */
export const unmark = (world: WarehouseWorld, database: string): Promise<void> =>
  run(world, `drop table if exists ${quoted(database)}.${markerTable}`)

/** Where a complete database of our own rules begins; undefined for any other. */
export async function placeOf(world: WarehouseWorld, database: string): Promise<Place | undefined> {
  if (!(await hasTable(world, database, markerTable))) return undefined
  const [row] = await ask<{ fingerprint: string; xid: string; position: number }>(
    world.client,
    `select fingerprint, toString(xid) as xid, position from ${quoted(database)}.${markerTable} order by at desc limit 1`,
  )
  return row?.fingerprint === fingerprint(world.schema) ? { xid: row.xid, position: Number(row.position) } : undefined
}

/** Makes what is not made from the system of record: tables of others, dictionaries. */
export async function completeDatabase(world: WarehouseWorld, database: string): Promise<void> {
  for (const table of world.schema.kept) {
    await run(world, `create table if not exists ${quoted(database)}.${quoted(table.name)} ${table.definition}`)
  }
  await run(world, `create table if not exists ${quoted(database)}.${loadsTable} (dictionary String, block Int64) engine = Memory`)
  for (const dictionary of world.schema.dictionaries) {
    const name = `${quoted(database)}.${quoted(dictionary.name)}`
    await run(world, `create dictionary if not exists ${name} ${dictionary.definition(database)}`)
  }
}

/** A database cannot be renamed while a dictionary reads from it. */
export async function dropDictionaries(world: WarehouseWorld, database: string): Promise<void> {
  for (const { name } of world.schema.dictionaries) await run(world, `drop dictionary if exists ${quoted(database)}.${quoted(name)}`)
}
