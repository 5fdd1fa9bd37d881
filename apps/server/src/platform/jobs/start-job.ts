import type postgres from 'postgres'
import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import type { Actor } from '../permissions/principal.ts'
import type { JobKind } from './job-kind.ts'
import { workQueue } from './queue.ts'

/**
 * Starts a job with the caller's transaction: it is queued if and only if that commits.
 * @returns the job's id
 */
export async function startJob<I>(
  tx: Tx,
  kind: Pick<JobKind<I>, 'kind' | 'input'>,
  input: I,
  startedBy: Actor | undefined,
): Promise<string> {
  return insertJob(tx, kind.kind, kind.input.parse(input), startedBy?.userId ?? null, keyOf(startedBy))
}

/** Through an API key somebody may do less than they may themselves, and no longer than it counts; so may the job. */
const keyOf = (actor: Actor | undefined): StartingKey | undefined =>
  actor?.via === 'api-key' ? { id: actor.apiKeyId ?? null, rights: [...actor.rights.keys()] } : undefined

interface StartingKey {
  id: string | null
  rights: string[]
}

export async function insertJob(tx: Tx, kind: string, input: unknown, userId: string | null, key?: StartingKey): Promise<string> {
  const id = newId()
  const queueId = newId()
  await tx`insert into job (id, kind, input, started_by, rights, api_key_id, queue_id)
    values (${id}, ${kind}, ${tx.json(input as postgres.JSONValue)}, ${userId}, ${key?.rights ?? null}, ${key?.id ?? null}, ${queueId})`
  await enqueue(tx, id, queueId)
  return id
}

/** Puts the entry of a job into the queue and wakes the workers when the transaction commits. */
export async function enqueue(tx: Tx, jobId: string, queueId: string, delaySeconds = 0): Promise<void> {
  await tx`insert into pgboss.job (id, name, data, policy, retry_limit, expire_seconds, deletion_seconds, start_after)
    values (${queueId}, ${workQueue}, jsonb_build_object('id', ${jobId}::text), 'standard', 0, 86400, 3600,
            now() + make_interval(secs => ${delaySeconds}))`
  await tx`select pg_notify('job_waiting', ${jobId})`
}

export interface ScheduleDraft<I> {
  /** One schedule of that name exists at a time. Letters, digits, `_ . / -`. */
  name: string
  /** Five fields: minute, hour, day of the month, month, day of the week, in the company's time zone. */
  cron: string
  kind: Pick<JobKind<I>, 'kind' | 'input'>
  input: I
}

/** Schedules of different kinds side by side. */
// oxlint-disable-next-line typescript/no-explicit-any -- as of AnyJobKind
export type AnySchedule = ScheduleDraft<any>

/** Starts a job of the kind again and again from the commit on; replaces the schedule of the same name. */
export async function scheduleJob<I>(tx: Tx, draft: ScheduleDraft<I>, startedBy: Actor | undefined): Promise<void> {
  const input = tx.json(draft.kind.input.parse(draft.input) as postgres.JSONValue)
  await tx`insert into job_schedule (name, cron, kind, input, started_by)
    values (${draft.name}, ${draft.cron}, ${draft.kind.kind}, ${input}, ${startedBy?.userId ?? null})
    on conflict (name) do update set cron = excluded.cron, kind = excluded.kind, input = excluded.input,
      started_by = excluded.started_by, updated_at = now()`
  await tx`select pg_notify('job_schedule_changed', '')`
}

/** Ends a schedule; one that is not there is no mistake. */
export async function unscheduleJob(tx: Tx, name: string): Promise<void> {
  await tx`delete from job_schedule where name = ${name}`
  await tx`select pg_notify('job_schedule_changed', '')`
}
