import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import type { Basis } from '../sales-facts.ts'
import type { QuerySettings } from '../warehouse-query.ts'

/** What computing a run is given. */
export interface RunWork {
  /** Bound to our database. */
  warehouse: WarehouseClient
  /** To be spread into each call of the warehouse. */
  settings(): QuerySettings
  /** The run's number: the key of its rows. */
  run: number
  /** Day in the company's time zone; data through its end count. */
  asOf: string
  basis: Basis
  /** `margin`: share of a sale that remains after the cost of goods. */
  company: { currency: string; margin: number }
  signal: AbortSignal
  /** Does a part of the work: shown as the job's stage, and timed. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /** How far the part under way has come, 0–1. */
  advance(fraction: number): void
}
