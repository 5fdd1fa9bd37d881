import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import { EngineProblem, isDiskFull } from '../engines/engine-problems.ts'
import type { Engines } from '../engines/engines.ts'
import { Problem } from '../http/problem.ts'
import { defineJob, type JobContext, type JobKind } from '../jobs/job-kind.ts'
import { type ScheduleDraft, startJob, unscheduleJob } from '../jobs/start-job.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { writeKeptRows } from '../warehouse/kept-rows.ts'
import type { WarehouseWorld } from '../warehouse/world.ts'
import { backup } from './backup.ts'
import { type BackupInput, backupJobType, backupKind, backupName } from './job-type.ts'
import { listBackups, removeBackup } from './kept-backups.ts'
import { type Manifest, readManifest } from './manifest.ts'

export interface BackupWorld {
  /** Undefined where another process runs them, or a server elsewhere. */
  readonly engines: Engines | undefined
  /** Where backups are kept, each in a folder of its own. */
  readonly folder: string
  readonly warehouse: WarehouseWorld
}

/** `backup`: copies the installation while it serves. Begun again after a crash it starts from the beginning. */
export function backupJob(world: BackupWorld): JobKind<BackupInput> {
  return defineJob({
    ...backupJobType,
    right: 'system.manage',
    retries: 1,
    run: async (context) => {
      const started = performance.now()
      const name = backupName(context.job)
      const folder = join(world.folder, name)
      const manifest = await copy(context, world, folder).catch((error: unknown) => {
        throw problemOf(error)
      })
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      const milliseconds = Math.round(performance.now() - started)
      if (context.job.input.keep !== undefined) await removeOlder(world.folder, context.job.input.keep)
      return { name, folder, bytes, files: manifest.files.length, milliseconds }
    },
  })
}

/** Every night, where changes are archived: the archive is kept from the oldest backup on. */
export const nightlyBackup: ScheduleDraft<BackupInput> = { name: 'backup', cron: '40 3 * * *', kind: backupJobType, input: { keep: 7 } }

/** Begins at once where there is no backup yet: an archive alone restores nothing. Without an archive there is no nightly backup. */
export async function keepNightly(database: Database, folder: string, wanted: boolean): Promise<void> {
  if (!wanted) return systemTransaction(database, undefined, (tx) => unscheduleJob(tx, nightlyBackup.name))
  if ((await listBackups(folder, new Set())).some(({ state, beforeUpgrade }) => state === 'whole' && !beforeUpgrade)) return
  await systemTransaction(database, undefined, async (tx) => {
    const waiting = await tx`select 1 from job where kind = ${backupKind} and state in ('waiting', 'running')`
    if (waiting.length === 0) await startJob(tx, backupJobType, nightlyBackup.input, undefined)
  })
}

async function removeOlder(folder: string, keep: number): Promise<void> {
  const whole = (await listBackups(folder, new Set())).filter(({ state, beforeUpgrade }) => state === 'whole' && !beforeUpgrade)
  for (const { name } of whole.slice(keep)) await removeBackup(folder, name)
}

async function copy({ signal, progress }: JobContext, { engines, warehouse, folder: all }: BackupWorld, folder: string): Promise<Manifest> {
  if (!engines) throw new Problem('backup-external')
  // Whole, but the worker died before it could say so.
  if (existsSync(folder)) return readManifest(folder)
  await mkdir(all, { recursive: true, mode: 0o700 })
  return backup(engines, folder, {
    signal,
    onProgress: (done, total) => void progress(done, total, 'copy'),
    extra: (into) => writeKeptRows(warehouse, into, signal),
  })
}

/** What somebody can do something about is said; a disk without room, a database elsewhere. */
function problemOf(error: unknown): unknown {
  if (isDiskFull(error)) return new Problem('storage-full')
  return error instanceof EngineProblem && error.code === 'backup-external' ? new Problem('backup-external') : error
}
