import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Log } from '../engines/engines.ts'
import { segmentsFolder } from '../engines/postgres-archive.ts'
import { copyFile } from './copied-file.ts'
import { readManifest } from './manifest.ts'

const filesFolder = 'files'
/** Uploaded files are looked for as often, in ms. */
const every = 30_000

export interface ArchiveOptions {
  readonly archive: string
  /** Of the uploaded files. */
  readonly files: string
  readonly backups: string
  readonly log: Log
}

/**
 * Keeps beside the database's log of changes, which PostgreSQL itself copies, what else a restore needs: the uploaded files as
 * they are now. Removes the part of the log that no backup needs any more.
 * @returns how to stop it
 */
export function keepArchive(options: ArchiveOptions): () => Promise<void> {
  let working: Promise<void> | undefined
  const keep = () => {
    working ??= keepOnce(options)
      .catch((error: Error) => options.log('error', 'The archive could not be written', { err: error }))
      .finally(() => {
        working = undefined
      })
    return working
  }
  const timer = setInterval(() => void keep(), every)
  timer.unref()
  void keep()
  return async () => {
    clearInterval(timer)
    await working
    // What was uploaded last.
    await keep()
  }
}

export async function keepOnce({ archive, files, backups }: ArchiveOptions): Promise<void> {
  await mirror(files, join(archive, filesFolder))
  await prune(join(archive, segmentsFolder), backups)
}

/** Files never change under their name, so a name that is there on both sides is the same file. */
async function mirror(from: string, to: string): Promise<void> {
  const [there, kept] = await Promise.all([filesIn(from), filesIn(to)])
  for (const path of there) {
    // A file that went meanwhile is not needed.
    if (!kept.has(path)) await copyWhole(join(from, path), join(to, path)).catch(goneMeanwhile)
  }
  for (const path of kept) if (!there.has(path)) await rm(join(to, path), { force: true })
}

async function copyWhole(from: string, to: string): Promise<void> {
  await rm(`${to}.part`, { force: true })
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to)
}

function goneMeanwhile(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Whole files below a folder, but for those that are just coming in. */
async function filesIn(folder: string): Promise<Set<string>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[])
  const found = new Set<string>()
  for (const name of names) {
    if (name.startsWith('incoming') || name.endsWith('.part')) continue
    if ((await stat(join(folder, name)).catch(() => undefined))?.isFile() === true) found.add(name)
  }
  return found
}

/** The segment's place in the log, without the timeline that it was written on. */
const placeOf = (segment: string) => segment.slice(8, 24)

/** Without a whole backup everything is kept: one may be restored from elsewhere. */
async function prune(segments: string, backups: string): Promise<void> {
  const names = await readdir(backups).catch(() => [] as string[])
  const starts = (await Promise.all(names.map((name) => startOf(join(backups, name))))).filter((start) => start !== undefined)
  const oldest = starts.toSorted()[0]
  if (oldest === undefined) return
  for (const name of await readdir(segments).catch(() => [] as string[])) {
    if (/^[0-9A-F]{24}\.gz$/.test(name) && placeOf(name) < oldest) await rm(join(segments, name), { force: true })
  }
}

/** The first segment that a backup needs. */
async function startOf(backup: string): Promise<string | undefined> {
  try {
    await readManifest(backup)
    const label = await readFile(join(backup, 'postgres', 'backup_label'), 'utf8')
    const segment = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/.exec(label)?.[1]
    return segment && placeOf(segment)
  } catch {
    return undefined
  }
}

/** Uploaded files that came after the backup. */
export async function restoreFiles(archive: string, dataFolder: string): Promise<number> {
  const [from, to] = [join(archive, filesFolder), join(dataFolder, 'files')]
  const [kept, there] = await Promise.all([filesIn(from), filesIn(to)])
  const missing = [...kept].filter((path) => !there.has(path))
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const path of missing) await copyFile(join(from, path), join(to, path))
  return missing.length
}

export interface ArchiveState {
  /** The end of the last segment that is safe in the archive; null before the first. */
  lastAt: string | null
  /** The last attempt failed: the archive is full or away. */
  failing: boolean
}

/** How far the database's log has come into the archive; null without one. */
export async function archiveState(database: Database): Promise<ArchiveState | null> {
  const [row] = await database.system<{ mode: string; lastAt: Date | null; failing: boolean }[]>`
    select current_setting('archive_mode') as mode, last_archived_time as "lastAt",
           coalesce(last_failed_time > coalesce(last_archived_time, 'epoch'), false) as failing
      from pg_stat_archiver`
  if (row?.mode !== 'on') return null
  return { lastAt: row.lastAt?.toISOString() ?? null, failing: row.failing }
}
