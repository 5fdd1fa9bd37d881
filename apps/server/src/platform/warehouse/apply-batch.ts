import type { OutboxBatch } from '../outbox/outbox.ts'
import { amongKeys, insertText, readRows } from './copy-rows.ts'
import { difference } from './difference.ts'
import { type FactSource, type FactTable, quoted } from './tables.ts'
import type { WarehouseWorld } from './world.ts'

/** Records corrected together: few enough to be held in memory with all their rows, enough to make inserts large. */
const keysAtOnce = 5000
/** Passes after which a table that still differs is an error of ours and not of a lost answer. */
const mostPasses = 4

/**
 * Makes the rows of every record that a batch names equal to the system of record as it is now. What is there already is
 * looked at first, so the same batch may come any number of times, and what the records became in the meantime is no harm:
 * a later event corrects it again.
 */
export async function applyBatch(world: WarehouseWorld, batch: OutboxBatch): Promise<void> {
  for (const source of world.schema.sources) {
    const ids = idsFor(source, batch)
    if (ids.length === 0) continue
    const keys = await keysOf(world, source, ids)
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const some = keys.slice(start, start + keysAtOnce)
      await Promise.all(source.tables.map((table) => correct(world, table, some, `${batch.token}:${table.name}:${start}`, batch.repeated)))
    }
  }
}

function idsFor(source: FactSource, batch: OutboxBatch): string[] {
  const ids = new Set<string>()
  for (const { type, payload } of batch.rows) {
    if (source.events.includes(type)) for (const id of payload.ids) ids.add(id)
  }
  return [...ids]
}

async function keysOf({ database }: WarehouseWorld, source: FactSource, ids: readonly string[]): Promise<number[]> {
  const { system } = database
  const rows = await system<{ key: number }[]>`
    select ${system(source.number)} as key from ${system(source.from)} where id = any (${ids}::uuid[]) order by 1`
  return rows.map(({ key }) => key)
}

function correct(world: WarehouseWorld, table: FactTable, keys: readonly number[], token: string, repeated: boolean): Promise<void> {
  return table.kind === 'signed' ? correctSigned(world, table, keys, token, repeated) : addNewest(world, table, keys)
}

/** The newest version wins however often it comes. */
async function addNewest({ database, client, name }: WarehouseWorld, table: FactTable, keys: readonly number[]): Promise<void> {
  const rows = await readRows(database.system, table, amongKeys(keys))
  if (rows.length > 0) await insertText(client, name, table, rows)
}

/**
 * Adds what is missing and takes away what is too much. An insert whose answer was lost may still arrive, from here or from
 * a process that was thought dead: whoever repeats the batch uses the same token, so it is taken once; and looks again
 * afterwards, because a token may be known of rows that a killed engine never kept.
 */
async function correctSigned(
  { database, client, name }: WarehouseWorld,
  table: FactTable,
  keys: readonly number[],
  token: string,
  repeated: boolean,
): Promise<void> {
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const [wanted, present] = await Promise.all([readRows(database.system, table, amongKeys(keys)), presentRows(client, name, table, keys)])
    const rows = difference(wanted, present)
    if (rows.length === 0) return
    await insertText(client, name, table, rows, pass === 0 ? token : `${token}:${pass}`)
    if (!repeated) return
  }
  throw new Error(`The rows of ${table.name} in the warehouse still differ after ${mostPasses} corrections`)
}

/** What the signed rows of some records add up to. */
async function presentRows(client: WarehouseWorld['client'], database: string, table: FactTable, keys: readonly number[]): Promise<string> {
  const columns = Object.keys(table.columns).map(quoted).join(', ')
  const result = await client.query({
    query: `select ${columns}, sum(sign) as net from ${quoted(database)}.${quoted(table.name)}
      where ${quoted(table.key)} in (${keys.join(', ')})
      group by ${columns} having net <> 0`,
    format: 'TabSeparated',
    clickhouse_settings: { max_query_size: '4194304' },
  })
  return result.text()
}
