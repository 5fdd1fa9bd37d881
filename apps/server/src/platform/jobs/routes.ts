import { cancel, get, type Job, list } from '@zhike/contract/platform/jobs.ts'
import type { ProblemName } from '@zhike/contract/problems.ts'
import { type Locale, localeFrom } from '@zhike/contract/texts/locale.ts'
import { problemText } from '@zhike/contract/texts/problems.ts'
import type { Sql, Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'

interface JobRow extends Omit<Job, 'problem' | 'createdAt' | 'startedAt' | 'finishedAt'> {
  problem: { problem: ProblemName; values: Record<string, unknown> } | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

const columns = (tx: Tx | Sql) => tx`
  j.id, j.kind, j.state, j.stage, j.done, j.total, j.result, j.problem,
  case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as "startedBy",
  j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt",
  j.cancel_requested_at is not null as "cancelRequested"`

/** A job as its person sees it; undefined when it is not there or not theirs. */
export async function readJob(tx: Tx | Sql, id: string, locale: Locale): Promise<Job | undefined> {
  const [row] = await tx<JobRow[]>`select ${columns(tx)} from job j left join users u on u.id = j.started_by where j.id = ${id}`
  return row && shown(row, locale)
}

function shown(row: JobRow, locale: Locale): Job {
  const { problem } = row
  return {
    ...row,
    problem: problem && { type: `/problems/${problem.problem}`, ...problemText(problem.problem, locale, problem.values) },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

async function requireJob(tx: Tx, id: string, locale: Locale): Promise<Job> {
  const job = await readJob(tx, id, locale)
  if (!job) throw new Problem('job-not-found')
  return job
}

/** Ids are in the order of time, so they page the list. */
async function listJobs(
  tx: Tx,
  query: { after?: string | undefined; limit?: number | undefined; state?: string | undefined; kind?: string | undefined },
  locale: Locale,
) {
  const limit = query.limit ?? 50
  const rows = await tx<JobRow[]>`
    select ${columns(tx)} from job j left join users u on u.id = j.started_by
     where true
       ${query.after ? tx`and j.id < ${query.after}` : tx``}
       ${query.state ? tx`and j.state = ${query.state}` : tx``}
       ${query.kind ? tx`and j.kind = ${query.kind}` : tx``}
     order by j.id desc
     limit ${limit + 1}`
  const items = rows.slice(0, limit).map((row) => shown(row, locale))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

async function cancelJob(tx: Tx, id: string, locale: Locale): Promise<Job> {
  const job = await requireJob(tx, id, locale)
  const asked = await tx`
    update job set cancel_requested_at = coalesce(cancel_requested_at, now()) where id = ${id} and state in ('waiting', 'running') returning id`
  if (asked.length === 0) throw new Problem('job-finished')
  await tx`select pg_notify('job_cancel', ${id})`
  return { ...job, cancelRequested: true }
}

export const jobRoutes: Route[] = [
  route(list, ({ tx, query, request }) => listJobs(tx, query, localeOf(request))),
  route(get, ({ tx, params, request }) => requireJob(tx, params.id, localeOf(request))),
  route(cancel, ({ tx, params, request }) => cancelJob(tx, params.id, localeOf(request)), { action: 'job.cancel' }),
]

const localeOf = (request: { headers: { 'accept-language'?: string | undefined } }) => localeFrom(request.headers['accept-language'])
