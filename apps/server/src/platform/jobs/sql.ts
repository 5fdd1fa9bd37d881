import type postgres from 'postgres'
import type { Sql, Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import type { Problem } from '../http/problem.ts'
import type { JobOutcome } from './job-kind.ts'
import { enqueue } from './start-job.ts'

/** A job that a worker has just taken. */
export interface TakenJob {
  id: string
  kind: string
  input: unknown
  attempt: number
  done: number
  total: number | null
  startedBy: string | null
  rights: string[] | null
  /** The key that it was started with. */
  apiKeyId: string | null
  cancelRequested: boolean
}

/** Takes a waiting job for a worker; nothing when this queue entry may not start it (any more). */
export async function takeJob(sql: Sql, id: string, queueId: string, workerId: string): Promise<TakenJob | undefined> {
  const [job] = await sql<TakenJob[]>`
    update job set state = 'running', attempt = attempt + 1, worker_id = ${workerId}, seen_at = now(), started_at = coalesce(started_at, now())
     where id = ${id} and queue_id = ${queueId} and state = 'waiting'
    returning id, kind, input, attempt, done, total, started_by as "startedBy", rights, api_key_id as "apiKeyId", cancel_requested_at is not null as "cancelRequested"`
  return job
}

/** Held, shared, by every transaction of a job's work; exclusively by whoever takes the job from a dead worker. */
export const workLock = (tx: Tx, jobId: string) => tx`select pg_advisory_xact_lock_shared(hashtextextended(${`job:${jobId}`}, 0))`

/** Whether the job is still at this attempt. */
export async function isAtAttempt(tx: Tx, jobId: string, attempt: number): Promise<boolean> {
  const [row] = await tx`select 1 from job where id = ${jobId} and attempt = ${attempt} and state = 'running'`
  return row !== undefined
}

/** Writes progress that never goes back. */
export async function writeProgress(
  sql: Sql,
  job: { id: string; attempt: number },
  { done, total, stage }: { done: number; total: number | null; stage: string | null },
): Promise<void> {
  await sql`
    with written as (
      update job set done = greatest(done, ${done}), total = ${total}, stage = ${stage}, seen_at = now(), crashes = 0
       where id = ${job.id} and attempt = ${job.attempt} and state = 'running'
      returning id, started_by)
    select pg_notify('job_changed', id || ' ' || coalesce(started_by::text, '')) from written`
}

export interface Settlement {
  outcome: JobOutcome
  result: Record<string, unknown> | null
  problem: Problem | null
}

/** Ends an attempt's job. @returns whether it was still this attempt's to end */
export async function settleJob(tx: Tx, job: { id: string; attempt: number }, { outcome, result, problem }: Settlement): Promise<boolean> {
  const kept = problem ? { problem: problem.problem, values: problem.values, issues: problem.issues } : null
  const rows = await tx`
    with settled as (
      update job set state = ${outcome}, result = ${result ? tx.json(result as postgres.JSONValue) : null},
             problem = ${kept ? tx.json(kept as unknown as postgres.JSONValue) : null}, finished_at = now(), worker_id = null
       where id = ${job.id} and attempt = ${job.attempt} and state in ('running', 'waiting')
      returning id, started_by)
    select pg_notify('job_changed', id || ' ' || coalesce(started_by::text, '')) from settled`
  return rows.length > 0
}

/** Puts an attempt's job back into the queue. `failed`: after an unexpected error; `died`: after its worker's death. */
export async function requeueJob(
  tx: Tx,
  job: { id: string; attempt: number },
  why: 'failed' | 'died' | 'stopped',
  delaySeconds = 0,
): Promise<boolean> {
  const queueId = newId()
  const rows = await tx`
    update job set state = 'waiting', worker_id = null, queue_id = ${queueId},
           failures = failures + ${why === 'failed' ? 1 : 0}, crashes = crashes + ${why === 'died' ? 1 : 0}
     where id = ${job.id} and attempt = ${job.attempt} and state = 'running'
    returning id`
  if (rows.length === 0) return false
  await enqueue(tx, job.id, queueId, delaySeconds)
  return true
}

/** Statements of a job's transactions carry its name, whoever runs them. */
export const queryName = (jobId: string) => `zhike_job_${jobId}`

/** Ends the running statements of a job in PostgreSQL, those of both roles. */
export async function cancelStatements(pools: readonly Sql[], jobId: string): Promise<void> {
  await Promise.all(
    pools.map(
      (sql) => sql`
      select pg_cancel_backend(pid) from pg_stat_activity
       where application_name = ${queryName(jobId)} and state = 'active' and usename = current_user`,
    ),
  )
}

export interface RunningJob {
  id: string
  kind: string
  input: unknown
  attempt: number
  crashes: number
}

/**
 * Running jobs whose worker has no connection any more. Not in the first seconds after a restart of the database: then the
 * living have none yet either.
 */
export const abandonedJobs = (sql: Sql) => sql<RunningJob[]>`
  select j.id, j.kind, j.input, j.attempt, j.crashes
    from job j
   where j.state = 'running' and pg_postmaster_start_time() < now() - interval '5 seconds'
     and not exists (select 1 from pg_stat_activity a
                      where a.application_name = 'zhike_worker_' || j.worker_id and a.usename = 'zhike_system')`

/** Running jobs that this worker should have had in its hands for a while. */
export const ownJobs = (sql: Sql, workerId: string) => sql<RunningJob[]>`
  select id, kind, input, attempt, crashes from job
   where state = 'running' and worker_id = ${workerId} and seen_at < now() - interval '5 seconds'`

/** Waiting jobs that the queue knows nothing of: after a restore, or when its tables were emptied. */
export const lostJobs = (sql: Sql) => sql<{ id: string }[]>`
  select j.id from job j
   where j.state = 'waiting' and j.created_at < now() - interval '30 seconds'
     and not exists (select 1 from pgboss.job q where q.name = 'work' and q.id = j.queue_id and q.state in ('created', 'retry', 'active'))`
