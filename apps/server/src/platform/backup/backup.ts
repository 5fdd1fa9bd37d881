import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type postgres from 'postgres'
import { EngineProblem } from '../engines/engine-problems.ts'
import type { Engines } from '../engines/engines.ts'
import { openPostgres } from '../engines/postgres-client.ts'
import { copyFile, type FileMark, forEachOf, markOf } from './copied-file.ts'
import { type Manifest, writeManifest } from './manifest.ts'

export interface BackupOptions {
  /** Told after every file. */
  readonly onProgress?: (doneBytes: number, allBytes: number) => void
  /** Ends the backup, and nothing of it stays. */
  readonly signal?: AbortSignal
  /** Writes files of its own into a folder, which belong to the state at the end of the copy. */
  readonly extra?: (folder: string) => Promise<void>
}

/** Where the files of others lie, in a backup and in a data folder that was restored from it. */
export const extraFolder = 'from-backup'

/** Folders of the data folder that are made anew by themselves, or hold backups. */
const leftOut = new Set(['server.lock', 'sockets', 'log', 'warehouse', 'postgres', 'postgres.new', 'backups', extraFolder])
/** Folders of a cluster whose content belongs to the running server. */
const emptied = new Set(
  'pg_wal pg_replslot pg_dynshmem pg_notify pg_serial pg_snapshots pg_stat_tmp pg_subtrans'.split(' ').map((name) => `postgres/${name}`),
)
const serverFiles =
  /(^|\/)(postmaster\.pid|postmaster\.opts|backup_label(\.old)?|tablespace_map(\.old)?|pg_internal\.init[^/]*|pgsql_tmp[^/]*)$/

/**
 * Copies the database and the files of an installation into a new folder while it serves: the state is that of the end of
 * the copy. The folder gets its name only when it is whole.
 * @throws EngineProblem `backup-external`, `backup-target-exists`
 */
export async function backup(engines: Engines, targetFolder: string, options: BackupOptions = {}): Promise<Manifest> {
  if (engines.kind.database !== 'embedded') throw new EngineProblem('backup-external')
  const target = resolve(targetFolder)
  const draft = `${target}.part`
  if (existsSync(target)) throw new EngineProblem('backup-target-exists', { folder: target })
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  // One session from start to stop: the server ends a backup whose session ends.
  const sql = openPostgres({ ...engines.database, max: 1, max_lifetime: null, onnotice: () => {} })
  try {
    const manifest = await copyAll(sql, engines.dataFolder, draft, options)
    await writeManifest(draft, manifest)
    await rename(draft, target)
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function copyAll(sql: postgres.Sql, dataFolder: string, draft: string, options: BackupOptions): Promise<Manifest> {
  const copied: Manifest['files'] = []
  const keep = (path: string, mark: FileMark | undefined) => {
    if (mark !== undefined) copied.push({ path, ...mark })
  }
  const copy = async (path: string) => {
    options.signal?.throwIfAborted()
    keep(path, await copyFile(join(dataFolder, path), join(draft, path)).catch(goneMeanwhile))
  }
  const restOf = () => contentOf(dataFolder, '', [...leftOut, basenameWithin(dataFolder, draft)])
  // Keeps the log of changes until it is copied; goes away with the session.
  await sql`select pg_create_physical_replication_slot('zhike_backup_' || pg_backend_pid(), true, true)`
  await sql`select pg_backup_start('zhike', fast => true)`
  const cluster = contentOf(dataFolder, 'postgres')
  const all = cluster.bytes + restOf().bytes
  let done = 0
  const copyEach = async ({ files }: Content) => {
    await forEachOf(files, async (file) => {
      await copy(file.path)
      done += file.bytes
      options.onProgress?.(Math.min(done, all), all)
    })
  }
  await copyEach(cluster)
  const label = await stopBackup(sql)
  for (const name of changeLog(dataFolder, label)) await copy(`postgres/pg_wal/${name}`)
  copied.push(await writeLabel(draft, label.text))
  // Now, not before: a file that came meanwhile is named by the database that has just been copied.
  const rest = restOf()
  await copyEach(rest)
  for (const { path, mark } of await extraFiles(draft, options.extra)) keep(path, mark)
  options.signal?.throwIfAborted()
  return {
    format: 1,
    createdAt: new Date().toISOString(),
    ...(await versions(sql)),
    warehouse: 'rebuild',
    folders: [...rest.folders, ...cluster.folders],
    files: copied.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  }
}

/** The folder of backups itself, where it lies within the data folder under a name of the operator's. */
function basenameWithin(dataFolder: string, draft: string): string {
  const [first = ''] = relative(resolve(dataFolder), draft).split(sep)
  return first
}

async function extraFiles(draft: string, extra: BackupOptions['extra']): Promise<{ path: string; mark: FileMark }[]> {
  if (extra === undefined) return []
  const folder = join(draft, extraFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await extra(folder)
  const names = await readdir(folder)
  return Promise.all(names.map(async (name) => ({ path: `${extraFolder}/${name}`, mark: await markOf(join(folder, name)) })))
}

/** A table dropped meanwhile: the log of changes drops it from the copy, too. */
function goneMeanwhile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

interface Content {
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
  readonly folders: string[]
  readonly bytes: number
}

/** What is in a folder of the data folder, `''` being itself. */
function contentOf(dataFolder: string, begin: string, except: readonly string[] = []): Content {
  const files: { path: string; bytes: number }[] = []
  const folders: string[] = []
  const visit = (folder: string) => {
    if (folder !== '') folders.push(folder)
    if (emptied.has(folder)) return
    for (const entry of readdirSync(join(dataFolder, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (folder === '' && (except.includes(entry.name) || entry.name.startsWith('server.lock'))) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile() && !serverFiles.test(path)) files.push({ path, bytes: sizeOf(join(dataFolder, path)) })
    }
  }
  visit(begin)
  return { files, folders, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

interface Label {
  readonly text: string
  /** Names of the first and last file of the log of changes that the copy needs. */
  readonly first: string
  readonly last: string
}

async function stopBackup(sql: postgres.Sql): Promise<Label> {
  const [row] = await sql<{ text: string; first: string; last: string }[]>`
    with stopped as materialized (select lsn, labelfile from pg_backup_stop(wait_for_archive => false))
    select labelfile as text, substring(labelfile from 'file ([0-9A-F]{24})') as first, pg_walfile_name(lsn) as last from stopped`
  if (row === undefined) throw new Error('PostgreSQL gave no label for the backup')
  return row
}

function changeLog(dataFolder: string, { first, last }: Label): string[] {
  const names = readdirSync(join(dataFolder, 'postgres', 'pg_wal'))
  return names.filter((name) => name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last))
}

/** With it the server begins its recovery where the copy began. */
async function writeLabel(draft: string, text: string): Promise<Manifest['files'][number]> {
  const path = 'postgres/backup_label'
  await writeFile(join(draft, path), text, { mode: 0o600, flush: true })
  return { path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
}

async function versions(sql: postgres.Sql): Promise<Pick<Manifest, 'schemaVersion' | 'postgresVersion'>> {
  const [server] = await sql<{ version: string; migrated: boolean }[]>`
    select current_setting('server_version') as version, to_regclass('public.schema_migration') is not null as migrated`
  const [schema] =
    server?.migrated === true ? await sql<{ number: number }[]>`select coalesce(max(number), 0)::int as number from schema_migration` : []
  return { schemaVersion: schema?.number ?? 0, postgresVersion: server?.version ?? '' }
}
