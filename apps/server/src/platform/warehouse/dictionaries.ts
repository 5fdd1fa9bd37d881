import { type Dictionary, quoted } from './tables.ts'
import { ask, type WarehouseClient } from './warehouse.ts'

/**
 * Loads a dictionary again if its table got rows since it was last loaded. How far the loaded one reaches is remembered in the
 * warehouse, for every process; after a restart of the engine it is loaded newer than remembered, never older.
 * @param client bound to the database
 * @returns whether it had to be loaded
 */
export async function freshen(client: WarehouseClient, { name, of }: Dictionary): Promise<boolean> {
  const { now, loaded } = await blocks(client, name, of)
  if (now <= loaded) return false
  await client.command({ query: `system reload dictionary ${quoted(name)}` })
  await client.insert({ table: loadsTable, values: [{ dictionary: name, block: now }], format: 'JSONEachRow' })
  return true
}

/** What was loaded up to which block of its table. */
export const loadsTable = 'dictionary_load'

/** How far the table reaches, and how far what is loaded of it. Every insert gets a higher block number; merging keeps the highest. */
async function blocks(client: WarehouseClient, dictionary: string, table: string): Promise<{ now: number; loaded: number }> {
  const [row] = await ask<{ now: number; loaded: number }>(
    client,
    `select (select max(max_block_number) from system.parts where active and database = currentDatabase() and table = {table:String}) as now,
            (select max(block) from ${loadsTable} where dictionary = {dictionary:String}) as loaded`,
    { dictionary, table },
  )
  return { now: Number(row?.now ?? 0), loaded: Number(row?.loaded ?? 0) }
}
