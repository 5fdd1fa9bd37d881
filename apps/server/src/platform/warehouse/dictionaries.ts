import { type Dictionary, quoted } from './tables.ts'
import { ask, type WarehouseClient } from './warehouse.ts'

/**
 * Loads a dictionary again if its table got rows since it was last loaded. How far the loaded one reaches is remembered in the
 * warehouse, for every process; after a restart of the engine it is loaded newer than remembered, never older.
 * @param client bound to the database
 * @returns whether it had to be loaded
 */
export async function freshen(client: WarehouseClient, { name, of }: Dictionary): Promise<boolean> {
  const [now, loaded] = await Promise.all([lastBlock(client, of), loadedBlock(client, name)])
  if (now <= loaded) return false
  await client.command({ query: `system reload dictionary ${quoted(name)}` })
  await client.insert({ table: loadsTable, values: [{ dictionary: name, block: now }], format: 'JSONEachRow' })
  return true
}

/** What was loaded up to which block of its table. */
export const loadsTable = 'dictionary_load'

/** Every insert gets a higher block number; merging keeps the highest. */
async function lastBlock(client: WarehouseClient, table: string): Promise<number> {
  const [row] = await ask<{ block: number }>(
    client,
    `select toInt64(max(max_block_number)) as block from system.parts where active and database = currentDatabase() and table = {table:String}`,
    { table },
  )
  return Number(row?.block ?? 0)
}

async function loadedBlock(client: WarehouseClient, dictionary: string): Promise<number> {
  const [row] = await ask<{ block: number }>(
    client,
    `select max(block) as block from ${loadsTable} where dictionary = {dictionary:String}`,
    { dictionary },
  )
  return Number(row?.block ?? 0)
}
