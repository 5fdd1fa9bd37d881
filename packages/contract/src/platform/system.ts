import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const EngineState = z.object({
  name: z.enum(['database', 'warehouse']),
  kind: z.enum(['embedded', 'external']),
  up: z.boolean(),
  /** Null while it does not answer. */
  version: z.string().nullable(),
})

/** How the installation is, for whoever runs it. Bytes are bytes. */
export const SystemState = z.object({
  version: z.string(),
  startedAt: z.iso.datetime(),
  node: z.string(),
  engines: z.array(EngineState),
  schema: z.object({ current: z.int(), known: z.int() }),
  /** Readers of the log of changes and how far they are behind. */
  readers: z.array(z.object({ name: z.string(), events: z.int(), seconds: z.number() })),
  jobs: z.record(z.string(), z.int()),
  disk: z.object({ free: z.int(), total: z.int() }),
  backup: z.object({ lastAt: z.iso.datetime().nullable() }),
  /** Copies of every change as it is made; null when there is no archive. */
  archive: z.object({ lastAt: z.iso.datetime().nullable(), failing: z.boolean() }).nullable(),
  memory: z.object({ application: z.int(), engines: z.int().nullable() }),
  liveStreams: z.int(),
})
export type SystemState = z.infer<typeof SystemState>

export const get = endpoint({
  method: 'GET',
  path: '/system',
  access: 'system.manage',
  summary: 'Engines, versions, lag, space, backups and memory of the installation',
  reply: SystemState,
})

export const openApi = endpoint({
  method: 'GET',
  path: '/openapi.json',
  access: 'public',
  summary: 'This description of the API (OpenAPI 3.1)',
  reply: z.record(z.string(), z.unknown()),
})
