import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engines } from '../engines/engines.ts'
import { backup } from './backup.ts'

/** Begins the names of these backups. */
export const beforeUpgradePrefix = 'before-upgrade-from-'
/** More would fill the disk, as each is a whole copy. */
const kept = 2

/**
 * Backs up the embedded database before its schema changes, and removes all but the newest of such backups. A server
 * elsewhere is backed up by whoever runs it.
 * @param from number of the newest migration in the database
 * @returns the folder of the backup
 */
export async function backupBeforeUpgrade(
  engines: Engines,
  from: number,
  folder: string = join(engines.dataFolder, 'backups'),
): Promise<string | undefined> {
  if (engines.kind.database !== 'embedded') return undefined
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const moment = new Date().toISOString().replaceAll(/[-:.]/g, '')
  const target = join(folder, `${beforeUpgradePrefix}${from}-${moment}`)
  await backup(engines, target)
  const earlier = (await readdir(folder)).filter((name) => name.startsWith(beforeUpgradePrefix)).toSorted(byMoment)
  for (const name of earlier.slice(0, -kept)) await rm(join(folder, name), { recursive: true, force: true })
  return target
}

function byMoment(a: string, b: string): number {
  const moment = (name: string) => name.slice(name.lastIndexOf('-') + 1)
  return moment(a) < moment(b) ? -1 : 1
}
