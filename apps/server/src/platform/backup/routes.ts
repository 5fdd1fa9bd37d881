import { list, remove, start } from '@zhike/contract/platform/backups.ts'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { readJob } from '../jobs/job-view.ts'
import { startJob } from '../jobs/start-job.ts'
import type { BackupWorld } from './backup-job.ts'
import { type BackupInput, backupJobType, backupKind, backupName, nameAt } from './job-type.ts'
import { listBackups, removeBackup, requireBackup } from './kept-backups.ts'

/** Backups belong to the installation, not to a person, so these look with the system's eyes; the right is checked before. */
const asSystem = { as: 'system' } as const

export const createBackupRoutes = ({ engines, folder }: Pick<BackupWorld, 'engines' | 'folder'>): Route[] => [
  route(list, async ({ tx }) => ({ folder, items: await listBackups(folder, await beingWritten(tx)) }), asSystem),
  route(
    start,
    async ({ tx, actor, now, note }) => {
      if (engines?.kind.database !== 'embedded') throw new Problem('backup-external')
      await oneAtATime(tx)
      if ((await beingWritten(tx)).size > 0) throw new Problem('backup-running')
      const name = nameAt(now)
      const id = await startJob(tx, backupJobType, { name }, actor)
      note({ object: 'backups', objectId: id, details: { name } })
      const job = await readJob(tx, id, actor.locale)
      if (!job) throw new Error('The job that was just started is not there')
      return job
    },
    { ...asSystem, action: 'backup.start' },
  ),
  route(
    remove,
    async ({ tx, params, note, afterCommit }) => {
      await oneAtATime(tx)
      if ((await beingWritten(tx)).has(params.name)) throw new Problem('backup-running')
      await requireBackup(folder, params.name)
      afterCommit(() => removeBackup(folder, params.name))
      note({ object: 'backups', details: { name: params.name } })
      return null
    },
    { ...asSystem, action: 'backup.delete' },
  ),
]

/** Until the transaction ends nobody else starts or deletes a backup. */
const oneAtATime = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('zhike_backup'))`

async function beingWritten(tx: Tx): Promise<Set<string>> {
  const rows = await tx<{ id: string; input: BackupInput }[]>`
    select id, input from job where kind = ${backupKind} and state in ('waiting', 'running')`
  return new Set(rows.map(backupName))
}
