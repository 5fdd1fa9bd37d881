import type { Database } from '../database/database.ts'
import type { Log } from '../engines/engines.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'
import { warehousePrefix } from './run-job.ts'
import { cancelStatements } from './sql.ts'

export interface QueryEnder {
  database: Database
  warehouse?: WarehouseClient
  log: Log
}

/** Ends whatever statements of a job run in either engine now, whichever process began them. */
export async function endQueries({ database, warehouse, log }: QueryEnder, jobId: string): Promise<void> {
  const inWarehouse = warehouse
    ?.command({ query: 'KILL QUERY WHERE startsWith(query_id, {prefix:String}) ASYNC', query_params: { prefix: warehousePrefix(jobId) } })
    .catch((error: Error) => log('warn', 'Jobs: ending queries of the warehouse failed', { job: jobId, err: error }))
  await Promise.all([cancelStatements([database.app, database.system], jobId), inWarehouse])
}
