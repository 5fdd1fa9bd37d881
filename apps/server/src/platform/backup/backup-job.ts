import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineProblem, isDiskFull } from '../engines/engine-problems.ts'
import type { Engines } from '../engines/engines.ts'
import { Problem } from '../http/problem.ts'
import { defineJob, type JobContext, type JobKind } from '../jobs/job-kind.ts'
import { writeKeptRows } from '../warehouse/kept-rows.ts'
import type { WarehouseWorld } from '../warehouse/world.ts'
import { backup } from './backup.ts'
import { backupJobType } from './job-type.ts'
import { type Manifest, readManifest } from './manifest.ts'

export interface BackupWorld {
  /** Undefined where another process runs them, or a server elsewhere. */
  readonly engines: Engines | undefined
  /** Where backups are kept, each in a folder of its own. */
  readonly folder: string
  readonly warehouse: WarehouseWorld
}

/** `backup`: copies the installation while it serves. Begun again after a crash it starts from the beginning. */
export function backupJob(world: BackupWorld): JobKind<{ name: string }> {
  return defineJob({
    ...backupJobType,
    right: 'system.manage',
    retries: 1,
    run: async (context) => {
      const started = performance.now()
      const folder = join(world.folder, context.job.input.name)
      const manifest = await copy(context, world, folder).catch((error: unknown) => {
        throw problemOf(error)
      })
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      const milliseconds = Math.round(performance.now() - started)
      return { name: context.job.input.name, folder, bytes, files: manifest.files.length, milliseconds }
    },
  })
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
