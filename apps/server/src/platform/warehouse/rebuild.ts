import { keysFromTo, sendRows } from './copy-rows.ts'
import {
  completeDatabase,
  dropDictionaries,
  formerName,
  hasDatabase,
  hasTable,
  makeDatabase,
  markComplete,
  nextName,
  type Place,
  placeOf,
  run,
  unmark,
} from './layout.ts'
import { type FactSource, quoted } from './tables.ts'
import type { WarehouseWorld } from './world.ts'

/** Records read by one statement: short enough not to hold back the readers of the outbox. */
const numbersAtOnce = 100_000

export interface BuildOptions {
  signal?: AbortSignal
  /** Records done, of how many. */
  progress?: (done: number, total: number) => Promise<void> | void
}

export interface BuildResult {
  rows: number
  milliseconds: number
}

/**
 * Makes sure that there is a complete warehouse: finishes a change of names that was broken off, and builds a database that is
 * missing or was built by other rules. Whoever calls it holds the lock.
 */
export async function ensureWarehouse(world: WarehouseWorld, reader: string, options: BuildOptions = {}): Promise<void> {
  if (await placeOf(world, world.name)) return
  const next = await placeOf(world, nextName(world))
  if (next) {
    await takeName(world, reader, next)
    return
  }
  world.log('info', 'The warehouse is missing or of an older kind: building it from the system of record')
  const { rows, milliseconds } = await buildWarehouse(world, reader, options)
  world.log('info', 'The warehouse is built', { rows, milliseconds })
}

/** What others do to the warehouse must find its tables there, also those that came with a new version. */
export async function completeWarehouse(world: WarehouseWorld): Promise<void> {
  await completeDatabase(world, world.name)
  await run(world, `drop database if exists ${quoted(formerName(world))}`)
}

/**
 * Builds a second database from the system of record and gives it the name of the first; tables of others move over. What is
 * committed meanwhile is behind the reader's cursor, which afterwards stands where the building began. Whoever calls it holds
 * the lock.
 */
export async function buildWarehouse(world: WarehouseWorld, reader: string, options: BuildOptions = {}): Promise<BuildResult> {
  const started = performance.now()
  const next = nextName(world)
  await discardNext(world)
  const place = await presentPlace(world)
  await makeDatabase(world, next)
  const rows = await fill(world, next, options)
  await markComplete(world, next, place)
  await takeName(world, reader, place)
  return { rows, milliseconds: Math.round(performance.now() - started) }
}

/** What is left of a building that was broken off; a table of others that had moved over already comes back first. */
async function discardNext(world: WarehouseWorld): Promise<void> {
  const next = nextName(world)
  if (!(await hasDatabase(world, next))) return
  for (const { name } of world.schema.kept) {
    if (!(await hasTable(world, next, name))) continue
    await run(world, `create database if not exists ${quoted(world.name)}`)
    await run(world, `rename table ${quoted(next)}.${quoted(name)} to ${quoted(world.name)}.${quoted(name)}`)
  }
  await run(world, `drop database ${quoted(next)}`)
}

/** Everything before it is committed, so whatever is read from now on holds it. */
async function presentPlace({ database }: WarehouseWorld): Promise<Place> {
  const [last] = await database.system<Place[]>`
    select xid::text, position from outbox where xid < pg_snapshot_xmin(pg_current_snapshot())
     order by outbox.xid desc, outbox.position desc limit 1`
  return last ?? { xid: '0', position: 0 }
}

async function fill(world: WarehouseWorld, into: string, { signal, progress }: BuildOptions): Promise<number> {
  const ends = new Map<FactSource, number>()
  for (const source of world.schema.sources) ends.set(source, await lastNumber(world, source))
  const total = [...ends].reduce((sum, [source, end]) => sum + end * source.tables.length, 0)
  let done = 0
  let rows = 0
  for (const [source, end] of ends) {
    for (const table of source.tables) {
      for (let after = 0; after < end; after += numbersAtOnce) {
        signal?.throwIfAborted()
        const to = Math.min(after + numbersAtOnce, end)
        rows += await sendRows(world.database.system, world.client, into, table, keysFromTo(after, to), signal)
        done += to - after
        await progress?.(done, total)
      }
    }
  }
  return rows
}

async function lastNumber({ database }: WarehouseWorld, source: FactSource): Promise<number> {
  const { system } = database
  const [row] = await system<{ last: number | null }[]>`select max(${system(source.number)}) as last from ${system(source.from)}`
  return row?.last ?? 0
}

/**
 * Gives the complete database the name. Each step finds out what is done already, so it can be broken off anywhere: once the
 * former database is unmarked nobody writes to it any more, and whoever comes next goes on here.
 */
async function takeName(world: WarehouseWorld, reader: string, place: Place): Promise<void> {
  const [next, former] = [nextName(world), formerName(world)]
  if (await hasDatabase(world, world.name)) {
    await unmark(world, world.name)
    await run(world, `drop database if exists ${quoted(former)}`)
    for (const { name } of world.schema.kept) {
      if (!(await hasTable(world, world.name, name))) continue
      await run(world, `rename table ${quoted(world.name)}.${quoted(name)} to ${quoted(next)}.${quoted(name)}`)
    }
    await moveCursor(world, reader, place)
    await dropDictionaries(world, world.name)
    await run(world, `rename database ${quoted(world.name)} to ${quoted(former)}`)
  } else {
    await moveCursor(world, reader, place)
  }
  await run(world, `rename database ${quoted(next)} to ${quoted(world.name)}`)
  await completeWarehouse(world)
}

/** Also backwards: what was applied to the former database only must be applied again. */
async function moveCursor({ database }: WarehouseWorld, reader: string, { xid, position }: Place): Promise<void> {
  await database.system`
    insert into outbox_cursor (reader, xid, position) values (${reader}, ${xid}::xid8, ${position})
    on conflict (reader) do update
      set xid = excluded.xid, position = excluded.position, pending_xid = null, pending_position = null, updated_at = now()`
}
