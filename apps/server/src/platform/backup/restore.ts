import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { EngineProblem } from '../engines/engine-problems.ts'
import { restoringFolder } from '../engines/engines.ts'
import { lockFolder } from '../engines/folder-lock.ts'
import { planRecovery } from '../engines/postgres-archive.ts'
import { restoreFiles } from './archive.ts'
import { copyFile, forEachOf } from './copied-file.ts'
import { type Manifest, readManifest } from './manifest.ts'

export interface RestoreOptions {
  /** Told after every file. */
  readonly onProgress?: (doneBytes: number, allBytes: number) => void
  /** Goes on from the backup with what an archive holds, to its end or up to a moment. */
  readonly archive?: { readonly folder: string; readonly until: string | undefined }
}

const rebuildMark = 'warehouse-rebuild-needed'

/**
 * Puts a backup into an empty data folder, every file compared with its checksum. The next start of the server brings the
 * database to the state it had at the end of the backup or, with an archive, later, and has to build the warehouse anew.
 * @throws EngineProblem `backup-damaged`, `restore-not-empty`, `data-folder-in-use`; nothing is left behind then
 */
export async function restore(backupFolder: string, dataFolder: string, options: RestoreOptions = {}): Promise<Manifest> {
  const folder = resolve(backupFolder)
  const target = resolve(dataFolder)
  const manifest = await readManifest(folder)
  const lock = await lockFolder(target)
  try {
    const found = readdirSync(target).find((name) => !name.startsWith('server.lock'))
    if (found !== undefined) throw new EngineProblem('restore-not-empty', { folder: target, found })
    await putBack(folder, target, manifest, options)
    if (options.archive) {
      const archive = resolve(options.archive.folder)
      await restoreFiles(archive, target)
      planRecovery(target, { archive, ...(options.archive.until ? { until: new Date(options.archive.until).toISOString() } : {}) })
    }
    return manifest
  } finally {
    lock.release()
  }
}

/** Everything is put into a folder beside first, so that a damaged backup leaves no half of an installation. */
async function putBack(folder: string, target: string, manifest: Manifest, { onProgress }: RestoreOptions): Promise<void> {
  const draft = join(target, restoringFolder)
  try {
    for (const path of manifest.folders) await mkdir(join(draft, path), { recursive: true, mode: 0o700 })
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    let done = 0
    await forEachOf(manifest.files, async (file) => {
      await putBackFile(folder, draft, file)
      done += file.bytes
      onProgress?.(done, bytes)
    })
    await writeFile(join(draft, rebuildMark), `${manifest.createdAt}\n`, { mode: 0o600, flush: true })
    // The database last: it is what makes the folder an installation.
    const names = (await readdir(draft)).toSorted((a) => (a === 'postgres' ? 1 : -1))
    for (const name of names) await rename(join(draft, name), join(target, name))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function putBackFile(folder: string, draft: string, file: Manifest['files'][number]): Promise<void> {
  const source = join(folder, file.path)
  if ((await stat(source).catch(() => undefined))?.size !== file.bytes) throw damaged(folder, file.path)
  const mark = await copyFile(source, join(draft, file.path))
  if (mark.sha256 !== file.sha256) throw damaged(folder, file.path)
}

function damaged(folder: string, path: string): EngineProblem {
  return new EngineProblem('backup-damaged', { folder, reason: path })
}

/** Whether the database came from a backup since the warehouse was last built, so that the warehouse does not fit it. */
export function needsRebuild(dataFolder: string): boolean {
  return existsSync(join(dataFolder, rebuildMark))
}

/** Notes that the warehouse was built anew. */
export async function rebuilt(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, rebuildMark), { force: true })
}
