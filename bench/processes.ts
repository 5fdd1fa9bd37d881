import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

/** Linux counts a process's time in hundredths of a second. */
const msPerTick = 10

interface Stat {
  parent: number
  own: number
  /** Of children that have ended and were waited for. */
  ended: number
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (n: number) => fields[n] ?? 0
    return { parent: at(1), own: (at(11) + at(12)) * msPerTick, ended: (at(13) + at(14)) * msPerTick }
  } catch {
    return undefined
  }
}

/** A process and everything it has started, as far as it runs. */
export function family(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = statOf(Number(name))
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)])
  }
  const all = [pid]
  for (const each of all) all.push(...(children.get(each) ?? []))
  return all
}

/** CPU ms that these processes and their children have taken since they were started. */
export const cpuMs = (pids: readonly number[]): number =>
  pids.flatMap(family).reduce((sum, pid) => {
    const stat = statOf(pid)
    return sum + (stat ? stat.own + stat.ended : 0)
  }, 0)

/** Memory of these processes, and of their children unless `alone`, in MB; shared pages are counted by share (PSS). */
export const memoryMb = (pids: readonly number[], alone?: 'alone'): number =>
  (alone ? pids : pids.flatMap(family)).reduce((sum, pid) => sum + pssKb(pid), 0) / 1024

function pssKb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Mean number of processes that ran or waited for a core within the last minute. */
export const machineLoad = (): number => loadavg()[0] ?? 0
