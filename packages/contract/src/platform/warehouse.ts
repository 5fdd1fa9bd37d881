import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Job } from './jobs.ts'

export const WarehouseStatus = z.object({
  /** `missing`: not built yet, or dropped; it is built again by itself. */
  state: z.enum(['ready', 'missing']),
  /** Events that are committed and not yet in the warehouse; 100,000 stands for more. */
  lagEvents: z.int(),
  /** Age of the oldest of them. */
  lagSeconds: z.number(),
  lastSyncAt: z.iso.datetime().nullable(),
  /** Stored rows, corrections included, and bytes on disk. */
  tables: z.array(z.object({ name: z.string(), rows: z.int(), bytes: z.int() })),
})
export type WarehouseStatus = z.infer<typeof WarehouseStatus>

export const WarehouseChecksums = z.object({
  /** Over what the rows add up to; a rebuilt warehouse has the same. `hash`: 16 hex digits. */
  tables: z.array(z.object({ table: z.string(), rows: z.int(), hash: z.string() })),
  lagEvents: z.int(),
  milliseconds: z.int(),
})
export type WarehouseChecksums = z.infer<typeof WarehouseChecksums>

export const status = endpoint({
  method: 'GET',
  path: '/warehouse',
  access: 'system.manage',
  summary: 'How far the warehouse is behind, and what is in it',
  reply: WarehouseStatus,
})

export const check = endpoint({
  method: 'POST',
  path: '/warehouse/check',
  access: 'system.manage',
  summary: 'Checksums of the warehouse tables',
  reply: WarehouseChecksums,
  problems: ['engine-away'],
})

export const rebuild = endpoint({
  method: 'POST',
  path: '/warehouse/rebuild',
  access: 'system.manage',
  summary: 'Builds the warehouse again from the system of record, beside the one in use',
  reply: Job,
  status: 202,
})
