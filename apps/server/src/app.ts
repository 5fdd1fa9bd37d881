import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { roles as allRoles, type Role } from './config.ts'
import { demoJob } from './demo/demo-job.ts'
import { demoRoutes } from './demo/routes.ts'
import { createDifferentiate } from './differentiate/differentiate.ts'
import { resultTableDefinitions } from './differentiate/results.ts'
import { createHomeRoutes } from './home/routes.ts'
import { channelRoutes } from './identify/collection/channels.ts'
import { importJobs } from './identify/collection/imports/jobs.ts'
import { importRoutes } from './identify/collection/imports/routes.ts'
import { trustJob } from './identify/collection/trust-job.ts'
import { createExportRoutes } from './identify/customers/export.ts'
import { customerRoutes } from './identify/customers/routes.ts'
import { createSeenByRoutes } from './identify/customers/seen-by.ts'
import { viewRoutes } from './identify/customers/views.ts'
import { timelineRoutes } from './identify/timeline/routes.ts'
import { transactionRoutes } from './identify/transactions/routes.ts'
import { customerFile } from './identify/warehouse/warehouse-schema.ts'
import { createAuth } from './platform/auth/auth.ts'
import { settleAfterRestore } from './platform/backup/after-restore.ts'
import { backupJob, keepNightly, nightlyBackup } from './platform/backup/backup-job.ts'
import { createBackupRoutes } from './platform/backup/routes.ts'
import { type Database, openDatabase } from './platform/database/database.ts'
import { rolePassword } from './platform/database/migrate.ts'
import type { DatabaseAddress, Engines } from './platform/engines/engines.ts'
import { createFileStore } from './platform/files/file-store.ts'
import { createFileRoutes } from './platform/files/routes.ts'
import { registerHealth } from './platform/health/health.ts'
import { createMetrics } from './platform/health/metrics.ts'
import { createSystemRoutes } from './platform/health/routes.ts'
import { version } from './platform/health/version.ts'
import { limitClosing } from './platform/http/closing.ts'
import type { Route } from './platform/http/route.ts'
import { createHttpServer } from './platform/http/server.ts'
import { registerWebApp } from './platform/http/web-app.ts'
import { housekeepingJob, housekeepingSchedule } from './platform/jobs/housekeeping.ts'
import type { AnyJobKind } from './platform/jobs/job-kind.ts'
import { createLoadActor } from './platform/jobs/load-actor.ts'
import { jobRoutes } from './platform/jobs/routes.ts'
import { createJobRunner } from './platform/jobs/runner.ts'
import { logTo } from './platform/log/log.ts'
import { createRequestLog } from './platform/log/request-log.ts'
import { createOpenApiRoutes } from './platform/openapi/routes.ts'
import { createEventHub } from './platform/realtime/event-hub.ts'
import { createEventRoutes } from './platform/realtime/routes.ts'
import { warehouseRebuildJob } from './platform/warehouse/rebuild-job.ts'
import { createWarehouseRoutes } from './platform/warehouse/routes.ts'
import { createSync, type WarehouseSync } from './platform/warehouse/sync.ts'
import type { KeptTable } from './platform/warehouse/tables.ts'
import { connectWarehouse, type WarehouseAddress, type WarehouseClient } from './platform/warehouse/warehouse.ts'
import type { WarehouseWorld } from './platform/warehouse/world.ts'

export interface AppOptions {
  /** A migrated database. */
  database: DatabaseAddress
  warehouse: WarehouseAddress
  secret: string
  /** Folder of uploaded files. */
  dataFolder: string
  host: string
  port: number
  publicUrl?: string
  trustedProxies?: readonly string[]
  uploadLimit?: number
  logger?: FastifyBaseLogger
  checkReplies?: boolean
  /** Connections to the database at most, for people and for the system. */
  connections?: { app: number; system: number }
  enginesUp?: () => boolean
  /** The built web app; without it only the API is served. */
  webFolder?: string
  /** Where this process runs them itself. */
  engines?: Engines
  /** `backups` beside the folder of uploaded files unless said otherwise. */
  backupFolder?: string
  /** Backs itself up every night, and at once when there is no backup yet. */
  backupNightly?: boolean
  /** All of them unless said otherwise. */
  roles?: readonly Role[]
}

export interface RunningApp {
  /** Where it listens. */
  url: string
  http: FastifyInstance
  database: Database
  warehouse: WarehouseClient
  /** Brings what is committed to the warehouse, in the worker role by itself. */
  sync: WarehouseSync
  stop(): Promise<void>
}

/** Puts the parts together and listens. The engines are running and the database is migrated. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const database = openDatabase(options.database, rolePassword(options.secret), options.connections)
  const warehouse = connectWarehouse(options.warehouse)
  const auth = await createAuth({
    database,
    secret: options.secret,
    publicUrl: options.publicUrl ?? `http://${options.host}:${options.port}`,
  })
  const log = logTo(options.logger)
  const files = createFileStore(options.dataFolder)
  const uploadLimit = options.uploadLimit ?? 500 * 1024 * 1024
  const hub = await createEventHub(database, log)
  // Tables of results: they outlive a rebuild of the warehouse.
  const keptTables: readonly KeptTable[] = resultTableDefinitions
  const warehouseWorld: WarehouseWorld = {
    database,
    client: connectWarehouse({ ...options.warehouse, database: 'default' }),
    name: options.warehouse.database,
    schema: { ...customerFile, kept: keptTables },
    log,
  }
  const sync = createSync(warehouseWorld)
  const differentiate = createDifferentiate({ database, warehouse, sync })
  const backups = {
    engines: options.engines,
    folder: options.backupFolder ?? join(dirname(options.dataFolder), 'backups'),
    warehouse: warehouseWorld,
  }
  const roles = options.roles ?? allRoles
  const requests = createRequestLog()
  const authenticate = requests.noting(auth.authenticate)
  const routes: Route[] = [
    ...auth.routes,
    ...createExportRoutes(database),
    ...createSeenByRoutes(database),
    ...customerRoutes,
    ...viewRoutes,
    ...timelineRoutes,
    ...transactionRoutes,
    ...jobRoutes,
    ...createWarehouseRoutes(warehouseWorld, sync),
    ...createEventRoutes({ database, hub, authenticate }),
    ...createFileRoutes({ database, files, limit: uploadLimit }),
    ...channelRoutes,
    ...importRoutes({ files }),
    ...differentiate.routes,
    ...createHomeRoutes({ warehouse, backupFolder: options.engines?.kind.database === 'embedded' ? backups.folder : undefined }),
    ...createBackupRoutes(backups),
    ...demoRoutes,
    ...createSystemRoutes({
      database,
      warehouse: warehouseWorld.client,
      version,
      dataFolder: options.dataFolder,
      backupFolder: backups.folder,
      engines: options.engines,
      liveStreams: hub.count,
    }),
    ...createOpenApiRoutes(() => routes, version),
  ]
  const http = await createHttpServer({
    database,
    authenticate,
    routes,
    ...(options.logger ? { logger: options.logger } : {}),
    secret: options.secret,
    uploadLimit,
    trustedProxies: options.trustedProxies ?? [],
    enginesUp: options.enginesUp ?? (() => true),
    checkReplies: options.checkReplies ?? false,
  })
  limitClosing(http)
  requests.watch(http)
  const metrics = createMetrics(database, warehouseWorld.client)
  if (options.webFolder) await registerWebApp(http, options.webFolder)
  registerHealth(http, { database, warehouse: warehouseWorld.client, metrics, authenticate })
  const kinds: AnyJobKind[] = [
    housekeepingJob(files),
    warehouseRebuildJob(sync),
    ...importJobs({ files }),
    trustJob,
    ...differentiate.kinds,
    backupJob(backups),
    demoJob({ database, url: () => addressOf(http, options.host), caughtUp: () => sync.caughtUp() }),
  ]
  const jobs = createJobRunner({
    database,
    warehouse: warehouseWorld.client,
    kinds,
    schedules: [housekeepingSchedule(files), ...(options.backupNightly ? [nightlyBackup] : [])],
    log,
    loadActor: createLoadActor(database),
    roles,
  })
  // The address first: who cannot have it must not have begun to work.
  await http.listen({ host: options.host, port: options.port })
  if (options.engines) await settleAfterRestore(warehouseWorld, options.engines.dataFolder)
  if (roles.includes('worker')) sync.start()
  await jobs.start()
  if (roles.includes('scheduler')) await keepNightly(database, backups.folder, options.backupNightly ?? false)
  return {
    url: addressOf(http, options.host),
    http,
    database,
    warehouse,
    sync,
    stop: async () => {
      await hub.stop()
      await http.close()
      await jobs.stop()
      await sync.stop()
      await auth.close()
      await warehouse.close()
      await warehouseWorld.client.close()
      await database.close()
    },
  }
}

/** Where a server that listens is found. */
function addressOf(http: FastifyInstance, host: string): string {
  const bound = http.server.address()
  if (typeof bound !== 'object' || !bound) throw new Error('The server does not listen yet')
  return `http://${host}:${bound.port}`
}
