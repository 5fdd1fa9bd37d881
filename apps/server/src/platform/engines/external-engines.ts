import type { DatabaseAddress, Engine, EngineStatus, Log } from './engine.ts'
import { EngineProblem, type EngineProblemDetails } from './engine-problems.ts'
import { openPostgres } from './postgres-client.ts'
import { warehouseAnswer } from './warehouse-server.ts'

/** 18.0, as `server_version_num` writes it. */
const oldestDatabase = 180_000
const oldestWarehouse = '25.8'
const probeEveryMs = 5000

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'CONNECT_TIMEOUT',
  'ECONNRESET',
])

/** @throws EngineProblem when it cannot be used */
export async function externalDatabase(url: string, onStatus: () => void, log: Log): Promise<Engine<DatabaseAddress>> {
  const address = databaseAddress(url)
  await checkDatabase(address)
  const probes = openPostgres({ ...address, max: 1, connect_timeout: 5, onnotice: () => {} })
  const watch = watchEngine('PostgreSQL', async () => void (await probes`select 1`), onStatus, log)
  const stop = async () => {
    watch.stop()
    await probes.end({ timeout: 1 })
  }
  return { kind: 'external', address, status: watch.status, pids: () => [], stop }
}

/** @throws EngineProblem when it cannot be used */
export async function externalWarehouse(url: string, onStatus: () => void, log: Log): Promise<Engine<string>> {
  await checkWarehouse(url)
  const watch = watchEngine('ClickHouse', async () => void (await warehouseAnswer(url, 'select 1')), onStatus, log)
  return { kind: 'external', address: url, status: watch.status, pids: () => [], stop: async () => watch.stop() }
}

/**
 * `postgres://user:password@host:port/database?sslmode=require`; a socket folder may stand in the parameter `host`.
 * @throws EngineProblem `address-invalid`
 */
export function databaseAddress(text: string): DatabaseAddress {
  const url = parsedUrl(text, ['postgres:', 'postgresql:'], 'ZHIKE_DATABASE_URL', 'postgres://user:password@host:5432/zhike')
  const ssl = ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || url.searchParams.get('port') || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(ssl ? { ssl } : {}),
  }
}

function parsedUrl(text: string, protocols: readonly string[], setting: string, example: string): URL {
  const url = URL.parse(text)
  if (url === null || !protocols.includes(url.protocol)) throw new EngineProblem('address-invalid', { setting, example })
  return url
}

/** @throws EngineProblem `unreachable`, `wrong-password`, `database-missing`, `version-unsupported`, `encoding-unsupported` */
export async function checkDatabase(address: DatabaseAddress, oldest = oldestDatabase): Promise<void> {
  const details = { engine: 'PostgreSQL', setting: 'ZHIKE_DATABASE_URL', address: `${address.host}:${address.port}` }
  const sql = openPostgres({ ...address, max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const [row] = await sql<{ version: number; shown: string; encoding: string }[]>`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
             current_setting('server_encoding') as encoding`
    if (row === undefined || row.version < oldest) {
      throw new EngineProblem('version-unsupported', { ...details, found: row?.shown ?? '?', expected: Math.floor(oldest / 10_000) })
    }
    if (row.encoding !== 'UTF8')
      throw new EngineProblem('encoding-unsupported', { ...details, database: address.database, found: row.encoding })
  } catch (error) {
    throw databaseProblem(error, address, details)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function databaseProblem(error: unknown, address: DatabaseAddress, details: EngineProblemDetails): unknown {
  if (error instanceof EngineProblem) return error
  const { code = '', message } = error as { code?: string; message: string }
  if (code === '28P01' || code === '28000') return new EngineProblem('wrong-password', { ...details, user: address.user }, error)
  if (code === '3D000') return new EngineProblem('database-missing', { ...details, database: address.database }, error)
  return new EngineProblem('unreachable', { ...details, reason: unreachableCodes.has(code) ? code : message }, error)
}

/** @throws EngineProblem `address-invalid`, `unreachable`, `wrong-password`, `version-unsupported` */
export async function checkWarehouse(text: string, oldest = oldestWarehouse): Promise<void> {
  const setting = 'ZHIKE_WAREHOUSE_URL'
  const url = parsedUrl(text, ['http:', 'https:'], setting, 'http://user:password@host:8123/zhike')
  const details = { engine: 'ClickHouse', setting, address: url.host }
  const answer = await warehouseAnswer(text, 'select version()').catch((error: Error) => {
    throw new EngineProblem('unreachable', { ...details, reason: reasonOf(error) }, error)
  })
  const code = /Code: (\d+)/.exec(answer.text)?.[1]
  if (code === '516' || code === '194' || code === '192')
    throw new EngineProblem('wrong-password', { ...details, user: decodeURIComponent(url.username) })
  if (!answer.ok) throw new EngineProblem('unreachable', { ...details, reason: answer.text.split('\n')[0] ?? '' })
  const found = answer.text.trim()
  if (isOlder(found, oldest)) throw new EngineProblem('version-unsupported', { ...details, found, expected: oldest })
}

function reasonOf(error: Error): string {
  const { code } = (error.cause ?? {}) as { code?: string }
  return code ?? error.message
}

/** Compares the first two numbers of a version. */
function isOlder(found: string, oldest: string): boolean {
  const [major = 0, minor = 0] = found.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number)
  return Number.isNaN(major) || major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
}

interface Watch {
  status(): EngineStatus
  stop(): void
}

/** Asks an engine that somebody else runs, again and again, whether it answers. */
function watchEngine(name: string, probe: () => Promise<void>, onStatus: () => void, log: Log): Watch {
  let status: EngineStatus = 'up'
  let probing = false
  const look = async () => {
    if (probing) return
    probing = true
    const next = await probe().then(
      (): EngineStatus => 'up',
      (): EngineStatus => 'down',
    )
    probing = false
    if (next === status) return
    status = next
    log(next === 'up' ? 'info' : 'warn', next === 'up' ? `${name} answers again` : `${name} does not answer`)
    onStatus()
  }
  const timer = setInterval(() => void look(), probeEveryMs)
  timer.unref()
  return {
    status: () => status,
    stop: () => {
      status = 'down'
      clearInterval(timer)
    },
  }
}
