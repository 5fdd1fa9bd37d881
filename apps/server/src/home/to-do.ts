import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import { backupDays, freshDays, type ToDo, type toDo } from '@zhike/contract/home.ts'
import { birthdaysThisWeek } from '@zhike/contract/identify/birthdays-this-week.ts'
import { waitsForRepair } from '../identify/collection/imports/imports.ts'
import { countCustomers } from '../identify/customers/count.ts'
import { accessTo } from '../identify/customers/masking.ts'
import type { Tx } from '../platform/database/database.ts'
import type { Actor } from '../platform/permissions/principal.ts'

/** So many are named; the count says how many there are. */
const namedImports = 5
/** So many failed rows of an import are looked at for their reason. */
const failuresLookedAt = 10_000

const day = 86_400_000
const olderThan = (days: number, at: Date | null, now: Date): boolean => at === null || now.getTime() - at.getTime() > days * day

/**
 * What waits for somebody: only what they have the right to do something about, and by row-level security only their own imports
 * and jobs unless they manage everybody's.
 * @param newestBackup when the newest backup was made; not there where backups are made elsewhere
 */
export async function readToDo(
  tx: Tx,
  actor: Actor,
  now: Date,
  newestBackup: (() => Promise<string | null>) | undefined,
): Promise<ReplyOf<typeof toDo>> {
  const may = (right: Parameters<Actor['rights']['has']>[0]) => actor.rights.has(right)
  const [birthdays, imports, jobs, analyses, backup] = await Promise.all([
    may('customer.read') && accessTo(actor, 'birthDate') === 'clear' ? readBirthdays(tx, actor, now) : null,
    may('import.run') ? readImports(tx, now) : null,
    may('job.read') ? readJobs(tx) : null,
    may('analysis.run') ? readAnalyses(tx, now) : null,
    may('system.manage') && newestBackup ? newestBackup().then((lastAt) => backupToDo(lastAt, now)) : null,
  ])
  return { asOf: now.toISOString(), birthdays, imports, jobs, analyses, backup }
}

async function readBirthdays(tx: Tx, actor: Actor, now: Date): Promise<ToDo['birthdays']> {
  const { count } = await countCustomers(tx, actor, { filter: birthdaysThisWeek, exact: true }, now)
  return { count, filter: birthdaysThisWeek }
}

async function readImports(tx: Tx, now: Date): Promise<ToDo['imports']> {
  const rows = await tx<(NonNullable<ToDo['imports']>['items'][number] & { count: number })[]>`
    select i.id, i.kind, i.state, f.name as file, i.failed, w.rows as "withoutRate", i.count
      from (
        select i.*, count(*) over () as count from import i
         where ${waitsForRepair(tx, now)}
         order by i.id desc
         limit ${namedImports}) i
      join stored_file f on f.id = i.file_id
     cross join lateral (
        select count(*) as rows
          from (select problems from import_failure where import_id = i.id order by row_number limit ${failuresLookedAt}) seen
         where problems @> '[{"code": "rate-missing"}]') w
     order by i.id desc`
  return {
    count: rows[0]?.count ?? 0,
    items: rows.map(({ id, kind, state, file, failed, withoutRate }) => ({ id, kind, state, file, failed, withoutRate })),
  }
}

async function readJobs(tx: Tx): Promise<ToDo['jobs']> {
  const [row] = await tx<{ waiting: number; running: number }[]>`
    select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'running') as running
      from job where state in ('waiting', 'running')`
  return row ?? { waiting: 0, running: 0 }
}

async function readAnalyses(tx: Tx, now: Date): Promise<ToDo['analyses']> {
  const rows = await tx<{ method: 'rfm' | 'abc' | 'clv'; lastRunAt: Date | null }[]>`
    select a.method, r.finished_at as "lastRunAt"
      from analysis a
      left join lateral (
        select finished_at from analysis_run where analysis_id = a.id and state = 'done' order by id desc limit 1) r on true
     where a.writes_labels
     order by a.id`
  return rows
    .filter(({ lastRunAt }) => olderThan(freshDays, lastRunAt, now))
    .map(({ method, lastRunAt }) => ({ method, lastRunAt: lastRunAt?.toISOString() ?? null }))
}

/** The newest backup, where that is none or an old one. */
export const backupToDo = (lastAt: string | null, now: Date): ToDo['backup'] =>
  olderThan(backupDays, lastAt === null ? null : new Date(lastAt), now) ? { lastAt } : null
