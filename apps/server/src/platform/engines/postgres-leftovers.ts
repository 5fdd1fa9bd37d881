import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './processes.ts'

/**
 * Ends what an earlier life of the server left running on the cluster, and removes its pid file, which PostgreSQL would
 * otherwise believe when the number belongs to a zombie or, in a container, to another program by now. Only called while
 * this process holds the data folder, so nobody else's server can be meant.
 */
export async function endLeftovers(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const postmaster = pidIn(pidFile)
  if (postmaster !== undefined && runsOn(postmaster, cluster)) {
    await endWithin(postmaster, 'SIGINT', 10_000)
    await endWithin(postmaster, 'SIGQUIT', 5000)
  }
  // Sessions outlive a killed postmaster until they next wait, and keep the shared memory that a new one must not share.
  for (const pid of processesIn(cluster)) await endWithin(pid, 'SIGKILL', 2000)
  rmSync(pidFile, { force: true })
}

function pidIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function runsOn(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false
  return process.platform === 'linux' ? workingFolder(pid) === realpathSync(cluster) : commandLine(pid).includes(`-D ${cluster} `)
}

function commandLine(pid: number): string {
  return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
}

function workingFolder(pid: number | string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Elsewhere than on Linux nothing tells; there the next start is refused until the sessions have noticed by themselves. */
function processesIn(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  const folder = realpathSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === folder)
    .map(Number)
}

async function endWithin(pid: number, signal: NodeJS.Signals, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (isRunning(pid)) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < 500 && isRunning(pid); waited += 20) await sleep(20)
    if (performance.now() > until) return
  }
}
