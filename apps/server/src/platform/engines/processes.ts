import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Tells one process from a later one with the same number, which containers hand out again on every start: the boot and the
 * tick it started at where there is /proc, else what `ps` says. Undefined when the process is gone or only waits to be reaped.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== 'linux') return identityFromPs(pid)
  const fields = procStat(pid)
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${bootId()}:${fields[19]}`
}

/** Whether a process with this number runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== undefined
}

/** The fields of /proc/PID/stat after the command name, which may itself hold spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

function identityFromPs(pid: number): string | undefined {
  try {
    const answer = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const line = answer.trim()
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '')
  } catch {
    return undefined
  }
}
