import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Backup, BackupName } from '@zhike/contract/platform/backups.ts'
import { Problem } from '../http/problem.ts'
import { beforeUpgradePrefix } from './before-upgrade.ts'
import { readManifest } from './manifest.ts'

const draftEnding = '.part'

/**
 * The backups in a folder, newest first.
 * @param writing names of those being written now
 */
export async function listBackups(folder: string, writing: ReadonlySet<string>): Promise<Backup[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const found = await Promise.all(names.map((name) => backupIn(folder, name, writing)))
  return found.filter((backup) => backup !== undefined).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

async function backupIn(folder: string, entry: string, writing: ReadonlySet<string>): Promise<Backup | undefined> {
  const name = entry.endsWith(draftEnding) ? entry.slice(0, -draftEnding.length) : entry
  if (!BackupName.safeParse(name).success) return undefined
  const beforeUpgrade = name.startsWith(beforeUpgradePrefix)
  const manifest = await readManifest(join(folder, entry)).catch(() => undefined)
  if (manifest && name === entry) {
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    return { name, state: 'whole', beforeUpgrade, createdAt: manifest.createdAt, bytes, schemaVersion: manifest.schemaVersion }
  }
  const { mtime } = await stat(join(folder, entry)).catch(() => ({ mtime: undefined }))
  if (!mtime) return undefined
  const state = writing.has(name) ? 'writing' : 'broken'
  return { name, state, beforeUpgrade, createdAt: mtime.toISOString(), bytes: null, schemaVersion: null }
}

/** Whole, and what is left of a broken one. */
const placesOf = (folder: string, name: string) => [join(folder, name), join(folder, `${name}${draftEnding}`)]

/** @throws Problem `backup-not-found` when neither a backup nor what is left of one is there */
export async function requireBackup(folder: string, name: string): Promise<void> {
  const there = await Promise.all(placesOf(folder, name).map((place) => stat(place).catch(() => undefined)))
  if (!there.some((found) => found?.isDirectory() === true)) throw new Problem('backup-not-found')
}

/** Deletes a backup, or what is left of one. */
export async function removeBackup(folder: string, name: string): Promise<void> {
  for (const place of placesOf(folder, name)) await rm(place, { recursive: true, force: true })
}
