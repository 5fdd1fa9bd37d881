import type { SystemState } from '@zhike/contract/platform/system.ts'

export type Trouble =
  | { kind: 'database-away' | 'warehouse-away' | 'archive-failing' | 'schema-old' | 'no-backup' | 'disk-full' | 'disk-short' }
  | { kind: 'backup-old'; days: number }
  | { kind: 'reader-behind'; reader: string; seconds: number }

const day = 86_400_000
/** A backup older than this is told of, in days. */
const oldBackup = 7
/** A reader further behind than this is told of, in seconds. */
const behind = 300
const gigabyte = 1024 ** 3

/** What is wrong with the installation, the worst first. */
export function troublesOf(state: SystemState, now: number): Trouble[] {
  const { engines, archive, backup, disk, schema, readers } = state
  const away = engines.filter(({ up }) => !up).map(({ name }): Trouble => ({ kind: `${name}-away` }))
  const embedded = engines.some(({ name, kind }) => name === 'database' && kind === 'embedded')
  const age = backup.lastAt === null ? Number.POSITIVE_INFINITY : Math.floor((now - Date.parse(backup.lastAt)) / day)
  const found: (Trouble | false)[] = [
    ...away,
    disk.free < gigabyte && { kind: 'disk-full' },
    archive?.failing === true && { kind: 'archive-failing' },
    schema.current !== schema.known && { kind: 'schema-old' },
    disk.free >= gigabyte && disk.free / disk.total < 0.1 && { kind: 'disk-short' },
    // Of a database elsewhere its own operator makes the backups.
    embedded && age === Number.POSITIVE_INFINITY && { kind: 'no-backup' },
    embedded && Number.isFinite(age) && age > oldBackup && { kind: 'backup-old', days: age },
    ...readers
      .filter(({ seconds }) => seconds > behind)
      .map(({ name, seconds }): Trouble => ({ kind: 'reader-behind', reader: name, seconds: Math.round(seconds) })),
  ]
  return found.filter((each) => each !== false)
}
