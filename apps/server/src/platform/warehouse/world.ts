import type { Database } from '../database/database.ts'
import type { WarehouseSchema } from './tables.ts'
import type { WarehouseClient } from './warehouse.ts'

export type WarehouseLog = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void

/** What keeping the warehouse equal to the system of record needs. */
export interface WarehouseWorld {
  readonly database: Database
  /** Bound to no database of ours: names are qualified, for two of them exist during a rebuild. */
  readonly client: WarehouseClient
  /** The name of our database there. */
  readonly name: string
  readonly schema: WarehouseSchema
  readonly log: WarehouseLog
}
