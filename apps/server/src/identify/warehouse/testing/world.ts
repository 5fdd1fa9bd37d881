import type { Database } from '../../../platform/database/database.ts'
import { connectWarehouse } from '../../../platform/warehouse/warehouse.ts'
import type { WarehouseWorld } from '../../../platform/warehouse/world.ts'
import { customerFile } from '../warehouse-schema.ts'

/** A table as analyses have them, to see that it outlives everything. */
export const keptTable = { name: 'kept_result', definition: '(customer UInt64, score Int32) engine = MergeTree order by customer' }

/** The warehouse of the customer file, without an application around it. */
export function worldOf(database: Database, url: string): WarehouseWorld {
  return {
    database,
    client: connectWarehouse({ url, database: 'default' }),
    name: 'zhike',
    schema: { ...customerFile, kept: [keptTable] },
    log: () => {},
  }
}
