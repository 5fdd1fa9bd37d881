import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DatabaseAddress, Engine, EngineKind, EngineStatus, Log } from './engine.ts'
import { EngineProblem } from './engine-problems.ts'
import { externalDatabase, externalWarehouse } from './external-engines.ts'
import { lockFolder } from './folder-lock.ts'
import { preparePostgres } from './postgres-server.ts'
import { folderSecrets } from './secrets.ts'
import { supervise } from './supervisor.ts'
import { prepareWarehouse } from './warehouse-server.ts'

export type { DatabaseAddress, Log } from './engine.ts'

type EngineName = 'database' | 'warehouse'
type Statuses = Readonly<Record<EngineName, EngineStatus>>

/** The two engines the application stands on; it sees these addresses and nothing else of them. */
export interface Engines {
  readonly database: DatabaseAddress
  /** With user and password in it. */
  readonly warehouse: { readonly url: string }
  readonly kind: Readonly<Record<EngineName, EngineKind>>
  readonly dataFolder: string
  status(): Statuses
  /** Tells of every change; answers with how to stop listening. */
  onStatus(listener: (statuses: Statuses) => void): () => void
  /** Of the embedded engines now running, or of one of them. */
  processIds(name?: EngineName): number[]
  stop(): Promise<void>
}

/** In the data folder while a backup is being put into it. */
export const restoringFolder = 'restoring'

export interface EngineOptions {
  readonly dataFolder: string
  /** Instead of the embedded PostgreSQL. */
  readonly databaseUrl?: string
  /** Instead of the embedded warehouse. */
  readonly warehouseUrl?: string
  readonly log: Log
  /** Folder, best on another disk, that every change of the embedded database is copied to within a minute. */
  readonly archive?: string | undefined
  /** False only in tests: a power cut may then lose data. */
  readonly durable?: boolean
  /** Both unless said otherwise; the address of one left out is empty. */
  readonly which?: readonly EngineName[]
}

/**
 * Takes the data folder and starts the engines on it, or checks those elsewhere, and keeps them running.
 * @throws EngineProblem a sentence for the operator: folder in use, disk full, wrong password, unsupported version, …
 */
export async function startEngines(options: EngineOptions): Promise<Engines> {
  const dataFolder = resolve(options.dataFolder)
  const which = options.which ?? ['database', 'warehouse']
  const lock = await lockFolder(dataFolder)
  if (existsSync(join(dataFolder, restoringFolder))) {
    lock.release()
    throw new EngineProblem('restore-unfinished', { folder: dataFolder })
  }
  const listeners = new Set<(statuses: Statuses) => void>()
  const tell = () => {
    for (const listener of listeners) listener(status())
  }
  let database: Engine<DatabaseAddress> = absent({ host: '', port: 0, user: '', password: '', database: '' })
  let warehouse: Engine<string> = absent('')
  const status = (): Statuses => ({ database: database.status(), warehouse: warehouse.status() })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= Promise.all([database.stop(), warehouse.stop()]).then(() => lock.release())
    return stopped
  }
  const startDatabase = async () => {
    if (which.includes('database')) database = await databaseEngine(dataFolder, options, tell)
  }
  const startWarehouse = async () => {
    if (which.includes('warehouse')) warehouse = await warehouseEngine(dataFolder, options, tell)
  }
  const results = await Promise.allSettled([startDatabase(), startWarehouse()])
  const failure = results.find((result) => result.status === 'rejected')
  if (failure !== undefined) {
    await stop()
    throw failure.reason
  }
  return {
    database: database.address,
    warehouse: { url: warehouse.address },
    kind: { database: database.kind, warehouse: warehouse.kind },
    dataFolder,
    status,
    onStatus: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    processIds: (name) => [...(name === 'warehouse' ? [] : database.pids()), ...(name === 'database' ? [] : warehouse.pids())],
    stop,
  }
}

function absent<A>(address: A): Engine<A> {
  return { kind: 'external', address, status: () => 'down', pids: () => [], stop: async () => {} }
}

async function databaseEngine(dataFolder: string, options: EngineOptions, onStatus: () => void): Promise<Engine<DatabaseAddress>> {
  const { databaseUrl, log, archive, durable = true } = options
  if (databaseUrl !== undefined) return externalDatabase(databaseUrl, onStatus, log)
  mkdirSync(dataFolder, { recursive: true })
  const server = preparePostgres({ dataFolder, password: folderSecrets(dataFolder).databasePassword, durable, archive })
  try {
    const supervised = await supervise({ name: 'PostgreSQL', start: server.start, probe: server.probe, onStatus, log })
    const stop = async () => {
      await supervised.stop()
      await server.close()
    }
    return { kind: 'embedded', address: server.address, status: supervised.status, pids: supervised.pids, stop }
  } catch (error) {
    await server.close()
    throw error
  }
}

async function warehouseEngine(dataFolder: string, options: EngineOptions, onStatus: () => void): Promise<Engine<string>> {
  const { warehouseUrl, log } = options
  if (warehouseUrl !== undefined) return externalWarehouse(warehouseUrl, onStatus, log)
  const server = prepareWarehouse(dataFolder)
  const supervised = await supervise({ name: 'ClickHouse', start: server.start, probe: server.probe, onStatus, log })
  return { kind: 'embedded', address: server.url(), status: supervised.status, pids: supervised.pids, stop: supervised.stop }
}
