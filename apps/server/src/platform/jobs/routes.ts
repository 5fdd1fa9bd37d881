import type { Parsed } from '@zhike/contract/endpoint.ts'
import { cancel, get, type Job, list } from '@zhike/contract/platform/jobs.ts'
import { type Locale, localeFrom } from '@zhike/contract/texts/locale.ts'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { type JobRow, jobColumns, readJob, shownJob } from './job-view.ts'

async function requireJob(tx: Tx, id: string, locale: Locale): Promise<Job> {
  const job = await readJob(tx, id, locale)
  if (!job) throw new Problem('job-not-found')
  return job
}

/** Ids are in the order of time, so they page the list. */
async function listJobs(tx: Tx, userId: string, query: Parsed<typeof list>['query'], locale: Locale) {
  const limit = query.limit ?? 50
  const rows = await tx<JobRow[]>`
    select ${jobColumns(tx)} from job j left join users u on u.id = j.started_by
     where true
       ${query.after ? tx`and j.id < ${query.after}` : tx``}
       ${query.state === 'unfinished' ? tx`and j.state in ('waiting', 'running')` : query.state ? tx`and j.state = ${query.state}` : tx``}
       ${query.kind ? tx`and j.kind = ${query.kind}` : tx``}
       ${query.mine ? tx`and j.started_by = ${userId}` : tx``}
     order by j.id desc
     limit ${limit + 1}`
  const items = rows.slice(0, limit).map((row) => shownJob(row, locale))
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
  route(list, ({ tx, actor, query, request }) => listJobs(tx, actor.userId, query, localeOf(request))),
  route(get, ({ tx, params, request }) => requireJob(tx, params.id, localeOf(request))),
  route(cancel, ({ tx, params, request }) => cancelJob(tx, params.id, localeOf(request)), { action: 'job.cancel' }),
]

const localeOf = (request: { headers: { 'accept-language'?: string | undefined } }) => localeFrom(request.headers['accept-language'])
