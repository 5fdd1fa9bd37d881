import type { Job } from '@zhike/contract/platform/jobs.ts'
import type { ProblemName } from '@zhike/contract/problems.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { problemText } from '@zhike/contract/texts/problems.ts'
import type { Sql, Tx } from '../database/database.ts'
import { localised } from '../http/problem.ts'

export interface JobRow extends Omit<Job, 'problem' | 'createdAt' | 'startedAt' | 'finishedAt'> {
  problem: { problem: ProblemName; values: Record<string, unknown> } | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export const jobColumns = (tx: Tx | Sql) => tx`
  j.id, j.kind, j.state, j.stage, j.done, j.total, j.result, j.problem,
  case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as "startedBy",
  j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt",
  j.cancel_requested_at is not null as "cancelRequested"`

/** A job as its person sees it; undefined when it is not there or not theirs. */
export async function readJob(tx: Tx | Sql, id: string, locale: Locale): Promise<Job | undefined> {
  const [row] = await tx<JobRow[]>`select ${jobColumns(tx)} from job j left join users u on u.id = j.started_by where j.id = ${id}`
  return row && shownJob(row, locale)
}

/** As the contract has it, in the language of whoever looks. */
export function shownJob(row: JobRow, locale: Locale): Job {
  const { problem } = row
  return {
    ...row,
    problem: problem && {
      type: `/problems/${problem.problem}`,
      ...problemText(problem.problem, locale, localised(problem.values ?? {}, locale)),
    },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

/** Somebody's jobs that wait or run, the newest first. */
export async function readActiveJobs(sql: Sql, userId: string, locale: Locale): Promise<Job[]> {
  const rows = await sql<JobRow[]>`
    select ${jobColumns(sql)} from job j left join users u on u.id = j.started_by
     where j.started_by = ${userId} and j.state in ('waiting', 'running')
     order by j.id desc limit 50`
  return rows.map((row) => shownJob(row, locale))
}
