import { type FactTable, factTables, quoted } from './tables.ts'
import { ask } from './warehouse.ts'
import type { WarehouseWorld } from './world.ts'

export interface Checksum {
  table: string
  rows: number
  /** Equal for equal rows in any order: a sum modulo 2⁶⁴, as hex digits. */
  hash: string
}

/** One hash and count of each fact table, over what its rows add up to. */
export async function checksums(world: WarehouseWorld, database: string = world.name): Promise<Checksum[]> {
  return Promise.all(factTables(world.schema).map((table) => checksum(world, database, table)))
}

async function checksum({ client }: WarehouseWorld, database: string, table: FactTable): Promise<Checksum> {
  const columns = Object.keys(table.columns).map(quoted).join(', ')
  const from = `${quoted(database)}.${quoted(table.name)}`
  // Rows and corrections cancel out in the sum itself, so the rows need not be grouped; sums wrap around.
  const query =
    table.kind === 'signed'
      ? `select toInt64(sum(sign)) as rows, leftPad(hex(reinterpretAsUInt64(sum(reinterpretAsInt64(cityHash64(tuple(${columns}))) * sign))), 16, '0') as hash from ${from}`
      : `select toInt64(count()) as rows, leftPad(hex(sum(cityHash64(tuple(${columns})))), 16, '0') as hash from ${from} final`
  const [row] = await ask<{ rows: number; hash: string }>(client, query)
  return { table: table.name, rows: Number(row?.rows ?? 0), hash: row?.hash ?? '' }
}
