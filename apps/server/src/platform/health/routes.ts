import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { get, type SystemState } from '@zhike/contract/platform/system.ts'
import { archiveState } from '../backup/archive.ts'
import type { Database } from '../database/database.ts'
import type { Engines } from '../engines/engines.ts'
import { type Route, route } from '../http/route.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'
import { askEngines, diskSpace, jobCounts, readerLags, schemaState } from './checks.ts'
import { memoryOf } from './memory.ts'

export interface SystemOptions {
  database: Database
  warehouse: WarehouseClient
  version: string
  /** Any folder on the disk whose space is told. */
  dataFolder: string
  backupFolder: string
  /** Undefined where another process runs them. */
  engines: Pick<Engines, 'kind' | 'processIds'> | undefined
  liveStreams: () => number
}

const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString()

export const createSystemRoutes = (options: SystemOptions): Route[] => [route(get, () => systemState(options), { transaction: 'own' })]

async function systemState({ database, warehouse, engines, ...options }: SystemOptions): Promise<SystemState> {
  const [versions, schema, readers, jobs, disk, lastAt, archive, engineMemory] = await Promise.all([
    askEngines(database, warehouse),
    schemaState(database),
    readerLags(database),
    jobCounts(database),
    diskSpace(options.dataFolder),
    newestBackup(options.backupFolder),
    archiveState(database),
    engines ? memoryOf(engines.processIds()) : null,
  ])
  return {
    version: options.version,
    startedAt,
    node: process.versions.node,
    engines: (['database', 'warehouse'] as const).map((name) => ({
      name,
      kind: engines?.kind[name] ?? 'external',
      up: versions[name] !== undefined,
      version: versions[name] ?? null,
    })),
    schema,
    readers,
    jobs,
    disk,
    backup: { lastAt },
    archive,
    memory: { application: process.memoryUsage.rss(), engines: engineMemory },
    liveStreams: options.liveStreams(),
  }
}

/** A backup is whole when its manifest is there: it is written last. */
async function newestBackup(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(
    names.map((name) =>
      stat(join(folder, name, 'manifest.json')).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  const newest = Math.max(0, ...times)
  return newest === 0 ? null : new Date(newest).toISOString()
}
