import { accessSync, chownSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The account PostgreSQL runs under; it refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Owner of clusters made by root; a number of its own, so that no other program's user can reach the data. */
const ownUid = 55_432

/**
 * Under which account to run on a cluster: undefined (our own) unless we are root, then whoever owns the folder, or a number
 * without an entry in /etc/passwd, which needs nothing prepared on the machine.
 */
export function serverAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    const { uid, gid } = statSync(clusterFolder)
    if (uid !== 0) return { uid, gid }
  } catch {
    // Not made yet.
  }
  return { uid: ownUid, gid: ownUid }
}

/** initdb, unlike the server, wants an account with a name: any will do, the folder is handed over afterwards. */
export function namedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['nobody', 'daemon', 'postgres']) {
    const entry = entries.find((fields) => fields[0] === name)
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  return { uid: ownUid, gid: ownUid }
}

/** Hands a file or folder, not what is in it, to an account. */
export function handOver(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid)
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly uid?: number; readonly gid?: number }
  /** Whether the system itself ends the process when we die. */
  readonly diesWithParent: boolean
}

/**
 * How to run a program under an account so that it ends when we do. Where there is setpriv, it also keeps the right to pass
 * through folders closed to others, without which a cluster below root's private home could not be reached.
 */
export function commandAs(account: Account | undefined, file: string, args: readonly string[], setpriv = findSetpriv()): Command {
  if (setpriv === undefined) {
    return { file, args, options: account === undefined ? {} : { uid: account.uid, gid: account.gid }, diesWithParent: false }
  }
  const drop = account === undefined ? [] : droppedTo(account)
  return { file: setpriv, args: ['--pdeathsig', 'INT', ...drop, file, ...args], options: {}, diesWithParent: true }
}

function droppedTo({ uid, gid }: Account): string[] {
  const kept = `+${traverseCapability()}`
  return ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', '--inh-caps', kept, '--ambient-caps', kept]
}

function findSetpriv(): string | undefined {
  if (process.platform !== 'linux') return undefined
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin']
  return folders.map((folder) => join(folder, 'setpriv')).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** CAP_DAC_READ_SEARCH is enough, but containers usually leave root only CAP_DAC_OVERRIDE. */
function traverseCapability(): string {
  const bounding = /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const dacReadSearch = 2n
  return (BigInt(`0x${bounding}`) >> dacReadSearch) & 1n ? 'dac_read_search' : 'dac_override'
}
