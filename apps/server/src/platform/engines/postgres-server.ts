import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseAddress } from './engine.ts'
import { exitOf, hasEnded, lastLogLine, openLog, watchOver } from './engine-child.ts'
import { EngineProblem } from './engine-problems.ts'
import { type Account, commandAs, handOver, serverAccount } from './postgres-account.ts'
import { archiving, recovering } from './postgres-archive.ts'
import { openPostgres } from './postgres-client.ts'
import { checkFreeSpace, ensureCluster, ownerName, postgresPrograms } from './postgres-cluster.ts'
import { endLeftovers } from './postgres-leftovers.ts'
import { postgresSettings, usableMemory } from './postgres-settings.ts'
import type { EngineProcess } from './supervisor.ts'

export interface PostgresOptions {
  readonly dataFolder: string
  readonly password: string
  /** False only in tests: a power cut may then lose data. */
  readonly durable: boolean
  /** Folder that every change is copied to soon after. */
  readonly archive?: string | undefined
}

/** An embedded PostgreSQL that can be started as often as it dies, always at the same address. */
export interface PostgresServer {
  readonly address: DatabaseAddress
  readonly clusterFolder: string
  start(): Promise<EngineProcess>
  probe(): Promise<void>
  /** After the last stop. */
  close(): Promise<void>
}

/** One connection that comes back soon after the server did. */
const probing = { max: 1, connect_timeout: 5, backoff: () => 0.1, onnotice: () => {}, connection: { application_name: 'zhike probe' } }
const databaseName = 'zhike'
const port = 5432
/** Recovery after a crash reads the log back: long on a slow disk, and cutting it short helps nobody. */
const startWithinMs = 15 * 60_000

/** @throws EngineProblem when the cluster cannot be made or is not ours */
export function preparePostgres({ dataFolder, password, durable, archive }: PostgresOptions): PostgresServer {
  checkFreeSpace(dataFolder)
  const cluster = join(dataFolder, 'postgres')
  const account = serverAccount(cluster)
  ensureCluster(cluster, account, password, durable)
  const sockets = socketFolder(dataFolder, account)
  const address: DatabaseAddress = { host: sockets, port, user: ownerName, password, database: databaseName }
  const probes = openPostgres({ ...address, ...probing })
  return {
    address,
    clusterFolder: cluster,
    start: async () => {
      const log = join(dataFolder, 'log', 'postgres.log')
      const own = { ...(archive ? archiving(archive, account) : {}), ...recovering(dataFolder, account) }
      const started = await startPostgres({
        cluster,
        sockets,
        account,
        log,
        settings: { ...postgresSettings(usableMemory(), durable), ...own },
      })
      await ensureDatabase(address)
      return started
    },
    probe: async () => {
      await Promise.race([probes`select 1`, deadline(5000)])
    },
    close: async () => {
      await probes.end({ timeout: 1 })
      rmSync(sockets, { recursive: true, force: true })
    },
  }
}

async function deadline(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false })
  throw new Error(`no answer within ${ms} ms`)
}

/** Sockets have short names only (107 bytes), so a deep data folder has them in the folder for temporary files. */
function socketFolder(dataFolder: string, account: Account | undefined): string {
  const near = join(dataFolder, 'sockets')
  if (Buffer.byteLength(near) > 80) {
    const far = mkdtempSync(join(tmpdir(), 'zhike-'))
    handOver(far, account)
    return far
  }
  rmSync(near, { recursive: true, force: true })
  mkdirSync(near, { mode: 0o700 })
  handOver(near, account)
  return near
}

interface Start {
  readonly cluster: string
  readonly sockets: string
  readonly account: Account | undefined
  readonly log: string
  readonly settings: Record<string, string>
}

async function startPostgres({ cluster, sockets, account, log, settings: own }: Start): Promise<EngineProcess> {
  await endLeftovers(cluster)
  rmSync(join(sockets, `.s.PGSQL.${port}.lock`), { force: true })
  const settings = { ...own, unix_socket_directories: sockets, port: String(port) }
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const command = commandAs(account, join(postgresPrograms(), 'postgres'), args)
  const output = openLog(log)
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
    stdio: ['ignore', output, output],
    // A process group of its own: Ctrl-C must reach us only, so that we can finish our work before the database stops.
    detached: true,
  })
  closeSync(output)
  if (!command.diesWithParent) watchOver(child)
  const exited = exitOf(child)
  await untilReady(cluster, child, exited, log)
  return { pids: [child.pid ?? 0], exited, stop: () => stopPostgres(child, exited) }
}

async function untilReady(cluster: string, child: ChildProcess, exited: Promise<string>, log: string): Promise<void> {
  let ended: string | undefined
  void exited.then((reason) => {
    ended = reason
  })
  const until = performance.now() + startWithinMs
  while (performance.now() < until) {
    if (isReady(cluster, child.pid)) return
    if (ended !== undefined) throw startFailure(`${ended}: ${lastLogLine(log)}`)
    await sleep(20)
  }
  child.kill('SIGQUIT')
  throw startFailure(`not ready within ${startWithinMs / 1000} s`)
}

function startFailure(reason: string): EngineProblem {
  return new EngineProblem('engine-start-failed', { engine: 'PostgreSQL', reason })
}

/** Line 8 of the pid file holds the state. */
function isReady(cluster: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

/** Fast, then immediate shutdown: both keep every committed row. */
async function stopPostgres(child: ChildProcess, exited: Promise<string>): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (hasEnded(child)) return
    child.kill(signal)
    const ended = await Promise.race([exited, sleep(patienceMs, undefined, { ref: false })])
    if (ended !== undefined) return
  }
}

async function ensureDatabase(address: DatabaseAddress): Promise<void> {
  const sql = openPostgres({ ...address, database: 'postgres', max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    const found = await sql`select 1 from pg_database where datname = ${databaseName}`
    if (found.length === 0) await sql`create database ${sql(databaseName)}`
  } finally {
    await sql.end({ timeout: 1 })
  }
}
