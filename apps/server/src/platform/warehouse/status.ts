import type { WarehouseStatus } from '@zhike/contract/platform/warehouse.ts'
import { placeOf } from './layout.ts'
import { syncState } from './sync.ts'
import { factTables } from './tables.ts'
import { ask } from './warehouse.ts'
import type { WarehouseWorld } from './world.ts'

/** How far the warehouse is behind and what is in it. */
export async function warehouseStatus(world: WarehouseWorld): Promise<WarehouseStatus> {
  const [sync, place, stored] = await Promise.all([syncState(world), placeOf(world, world.name), storedTables(world)])
  return {
    state: place ? 'ready' : 'missing',
    lagEvents: sync.events,
    lagSeconds: sync.seconds,
    lastSyncAt: sync.lastSyncAt?.toISOString() ?? null,
    tables: [...factTables(world.schema), ...world.schema.kept].map(({ name }) => ({
      name,
      rows: Number(stored.get(name)?.rows ?? 0),
      bytes: Number(stored.get(name)?.bytes ?? 0),
    })),
  }
}

async function storedTables({ client, name }: WarehouseWorld) {
  const rows = await ask<{ name: string; rows: number; bytes: number }>(
    client,
    `select table as name, sum(rows) as rows, sum(bytes_on_disk) as bytes from system.parts
      where active and database = {database:String} group by table`,
    { database: name },
  )
  return new Map(rows.map((row) => [row.name, row]))
}
