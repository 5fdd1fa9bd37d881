import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineProblem } from './engine-problems.ts'
import { processIdentity } from './processes.ts'

interface Holder {
  pid: number
  identity: string
}

export interface FolderLock {
  release(): void
}

const heldHere = new Set<string>()

/**
 * Takes the data folder for this process. A lock left by a process that is gone is taken over, also when its number now
 * belongs to another process.
 * @throws EngineProblem `data-folder-in-use`, `data-folder-unusable`
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, 'server.lock')
  ensureFolder(folder)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (heldHere.has(file)) throw inUse(folder, process.pid)
    if (written(folder, file)) {
      heldHere.add(file)
      return { release: () => release(file) }
    }
    const holder = readHolder(file)
    if (holder === undefined) {
      // Just being written, just released, or cut short by a crash: a writer needs no longer than this.
      if (attempt >= 10) moveAway(file)
      await sleep(50)
      continue
    }
    if (holder.pid !== process.pid && processIdentity(holder.pid) === holder.identity) throw inUse(folder, holder.pid)
    moveAway(file)
  }
  throw inUse(folder, '?')
}

function inUse(folder: string, pid: number | string): EngineProblem {
  return new EngineProblem('data-folder-in-use', { folder, pid })
}

function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw unusable(folder, error)
  }
}

function unusable(folder: string, error: unknown): EngineProblem {
  const { code, message } = error as NodeJS.ErrnoException
  return new EngineProblem('data-folder-unusable', { folder, reason: code ?? message }, error)
}

function written(folder: string, file: string): boolean {
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '' }
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw unusable(folder, error)
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder
    return Number.isInteger(holder.pid) && typeof holder.identity === 'string' ? holder : undefined
  } catch {
    return undefined
  }
}

/**
 * Renamed before it is removed, so that of two servers taking over a stale lock only one removes it; and looked at again, so
 * that the slower one does not remove the new lock of the faster one.
 */
function moveAway(file: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    const moved = readHolder(aside)
    if (moved !== undefined && processIdentity(moved.pid) === moved.identity) linkSync(aside, file)
    rmSync(aside, { force: true })
  } catch {
    // The other one was first.
  }
}

function release(file: string): void {
  heldHere.delete(file)
  if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
}
