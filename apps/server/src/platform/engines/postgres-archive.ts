import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Account, handOver } from './postgres-account.ts'

/** Where the archive keeps the log of changes, one compressed file for each segment. */
export const segmentsFolder = 'wal'

/** What was changed is in the archive after at most so many seconds, and the time of a copy. */
const closeSegmentEvery = 30

const script = fileURLToPath(new URL('./archived-segment.ts', import.meta.url))
const quoted = (text: string) => `"${text.replaceAll('%', '%%')}"`
const command = (task: 'store' | 'fetch', from: string, to: string) => `${quoted(process.execPath)} ${quoted(script)} ${task} ${from} ${to}`

/** Settings of a PostgreSQL that copies each segment of its log of changes into an archive. */
export function archiving(archive: string, account: Account | undefined): Record<string, string> {
  const folder = segmentsIn(archive, account)
  return {
    archive_mode: 'on',
    archive_timeout: `${closeSegmentEvery}s`,
    archive_command: command('store', '"%p"', `"${folder.replaceAll('%', '%%')}/%f.gz"`),
  }
}

const Recovery = z.strictObject({ archive: z.string(), until: z.iso.datetime().optional() })
/** From which archive the database goes on after its backup, and up to which moment; to the end unless said. */
export type Recovery = z.infer<typeof Recovery>

const planName = 'recovery.json'
const signal = (dataFolder: string) => join(dataFolder, 'postgres', 'recovery.signal')

/** The next start of the database goes on from its backup with what the archive holds. */
export function planRecovery(dataFolder: string, recovery: Recovery): void {
  writeFileSync(join(dataFolder, planName), JSON.stringify(recovery), { mode: 0o600, flush: true })
  writeFileSync(signal(dataFolder), '', { mode: 0o600, flush: true })
}

/** Settings of a database that is to recover; none once it has. */
export function recovering(dataFolder: string, account: Account | undefined): Record<string, string> {
  const plan = join(dataFolder, planName)
  if (!existsSync(plan)) return {}
  if (!existsSync(signal(dataFolder))) {
    rmSync(plan)
    return {}
  }
  const { archive, until } = Recovery.parse(JSON.parse(readFileSync(plan, 'utf8')))
  const folder = segmentsIn(archive, account)
  return {
    restore_command: command('fetch', `"${folder.replaceAll('%', '%%')}/%f.gz"`, '"%p"'),
    ...(until ? { recovery_target_time: until.replace('T', ' ').replace('Z', '+00') } : {}),
    recovery_target_action: 'promote',
    // Nobody is served before it has come to the end.
    hot_standby: 'off',
  }
}

function segmentsIn(archive: string, account: Account | undefined): string {
  const folder = join(archive, segmentsFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  handOver(folder, account)
  for (const name of readdirSync(folder)) handOver(join(folder, name), account)
  return folder
}
