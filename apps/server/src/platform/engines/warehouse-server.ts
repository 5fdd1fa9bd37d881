import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitOf, hasEnded, lastLogLine, openLog } from './engine-child.ts'
import { EngineProblem } from './engine-problems.ts'
import { checkFreeSpace } from './postgres-cluster.ts'
import { usableMemory } from './postgres-settings.ts'
import { randomSecret } from './secrets.ts'
import type { EngineProcess } from './supervisor.ts'
import type { ChildMessage, ChildOptions } from './warehouse-child.ts'

/** An embedded warehouse that can be started as often as it dies; from the first start on always at the same address. */
export interface WarehouseServer {
  url(): string
  start(): Promise<EngineProcess>
  probe(): Promise<void>
}

const startWithinMs = 60_000
const megabyte = 1024 * 1024

/** @throws EngineProblem `disk-full` */
export function prepareWarehouse(dataFolder: string): WarehouseServer {
  checkFreeSpace(dataFolder)
  const password = randomSecret()
  const folder = join(dataFolder, 'warehouse')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let port = 0
  const url = () => `http://zhike:${password}@127.0.0.1:${port}`
  return {
    url,
    start: async () => {
      const started = await startWarehouse(
        { folder, password, port, memoryLimit: warehouseMemory() },
        join(dataFolder, 'log', 'warehouse.log'),
      )
      port = started.port
      return started
    },
    probe: () => probeWarehouse(url()),
  }
}

/** Half of what the machine has, but never so little that the reports cannot run: a limit, not a reservation. */
function warehouseMemory(): number {
  return Math.max(usableMemory() / 2, 900 * megabyte)
}

/** Runs a statement over the HTTP protocol, with the user and password of the address. */
export async function warehouseAnswer(url: string, sql: string): Promise<{ ok: boolean; text: string }> {
  const { username, password, protocol, host } = new URL(url)
  const credentials = `${decodeURIComponent(username) || 'default'}:${decodeURIComponent(password)}`
  const answer = await fetch(`${protocol}//${host}/`, {
    method: 'POST',
    body: sql,
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    signal: AbortSignal.timeout(5000),
  })
  return { ok: answer.ok, text: await answer.text() }
}

async function probeWarehouse(url: string): Promise<void> {
  const { ok, text } = await warehouseAnswer(url, 'select 1')
  if (!ok || text.trim() !== '1') throw new Error(text.slice(0, 200))
}

async function startWarehouse(options: ChildOptions, log: string): Promise<EngineProcess & { port: number }> {
  const output = openLog(log)
  const child = fork(join(import.meta.dirname, 'warehouse-child.ts'), {
    // Only what it needs: no secret of the application is in reach of a query.
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', UV_THREADPOOL_SIZE: '16' },
    execArgv: ['--max-semi-space-size=2', '--max-old-space-size=512'],
    stdio: ['ignore', output, output, 'ipc'],
    detached: true,
  })
  closeSync(output)
  const exited = exitOf(child)
  child.send(options)
  const ready = once(child, 'message').then(([message]) => message as ChildMessage)
  const message = await Promise.race([ready, exited, sleep(startWithinMs, undefined, { ref: false })])
  if (typeof message !== 'object' || message.port === undefined) {
    child.kill('SIGKILL')
    const seen = typeof message === 'object' ? message.problem : `${message ?? 'no answer'}: ${lastLogLine(log)}`
    throw new EngineProblem('engine-start-failed', { engine: 'ClickHouse', reason: seen ?? '' })
  }
  return { port: message.port, pids: [child.pid ?? 0], exited, stop: () => stopWarehouse(child, exited) }
}

async function stopWarehouse(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (hasEnded(child)) return
  if (child.connected) child.disconnect()
  const ended = await Promise.race([exited, sleep(10_000, undefined, { ref: false })])
  if (ended === undefined) child.kill('SIGKILL')
  await exited
}
