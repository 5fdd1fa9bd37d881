import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ClickHouseClient, type ClickHouseClientConfigOptions, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { DatabaseAddress } from '../engine.ts'

/** An empty folder that disappears with the run. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'zhike-engines-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) }
}

export interface HeldEngines {
  readonly process: ChildProcess
  readonly database: DatabaseAddress
  readonly warehouse: { readonly url: string }
  readonly pids: readonly number[]
  nextLine(): Promise<Record<string, unknown>>
}

/** Starts a server reduced to its engines in a process group of its own. */
export async function holdEngines(folder: string): Promise<HeldEngines> {
  const { process, nextLine } = spawnHolder(folder)
  const { database, warehouse, pids } = (await nextLine()) as Pick<HeldEngines, 'database' | 'warehouse' | 'pids'>
  return { process, database, warehouse, pids, nextLine }
}

/** What such a server says when it does not come up. */
export async function problemOfSecond(folder: string): Promise<Record<string, unknown>> {
  return spawnHolder(folder).nextLine()
}

function spawnHolder(folder: string) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./hold-engines.ts', import.meta.url)), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>
  return { process: child, nextLine }
}

/** The stock client, quiet about the failures that tests bring about. */
export function clientOf(url: string, options: ClickHouseClientConfigOptions = {}): ClickHouseClient {
  return createClient({ url, log: { level: ClickHouseLogLevel.OFF }, ...options })
}

/** Waits until a condition holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs} ms`)
    await sleep(20)
  }
}
