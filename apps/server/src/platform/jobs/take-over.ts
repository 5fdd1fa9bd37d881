import type { Database } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import type { AnyJobKind } from './job-kind.ts'
import { settle } from './settle.ts'
import { abandonedJobs, lostJobs, requeueJob } from './sql.ts'
import { enqueue } from './start-job.ts'

type Kinds = ReadonlyMap<string, AnyJobKind>

/** A job that kills its worker so often without getting on is not started again. */
const mostCrashes = 5

/**
 * Puts running jobs back into the queue whose worker has died, or that this worker has lost from its hands. What the dead
 * worker's transactions still run is ended first; while one of them lives, the job is left alone.
 * @returns how many
 */
export async function takeOver(
  database: Database,
  kinds: Kinds,
  isRunningHere: (jobId: string) => boolean,
  workerId: string,
  endQueries: (jobId: string) => Promise<void>,
): Promise<number> {
  const abandoned = await abandonedJobs(database.system)
  const mine = await database.system<{ id: string; kind: string; attempt: number; crashes: number; workerId: string | null }[]>`
    select id, kind, attempt, crashes, worker_id as "workerId" from job
     where state = 'running' and worker_id = ${workerId} and seen_at < now() - interval '5 seconds'`
  let taken = 0
  for (const job of new Map([...abandoned, ...mine].map((each) => [each.id, each])).values()) {
    if (isRunningHere(job.id)) continue
    await endQueries(job.id)
    taken += await systemTransaction(database, undefined, async (tx) => {
      const [lock] = await tx<{ free: boolean }[]>`select pg_try_advisory_xact_lock(hashtextextended(${`job:${job.id}`}, 0)) as free`
      if (!lock?.free) return 0
      await tx`delete from pgboss.job where name = 'work' and id = (select queue_id from job where id = ${job.id})`
      const kind = kinds.get(job.kind)
      if (job.crashes + 1 < mostCrashes || !kind) return (await requeueJob(tx, job, 'died')) ? 1 : 0
      const [row] = await tx<{ input: unknown }[]>`select input from job where id = ${job.id}`
      const problem = new Problem('internal-error', { requestId: job.id })
      await settle(tx, { ...job, input: row?.input }, kind, { outcome: 'failed', result: null, problem })
      return 1
    })
  }
  return taken
}

/** Ends a job that was cancelled before any worker took it. */
export async function cancelWaiting(database: Database, kinds: Kinds, jobId: string): Promise<void> {
  await systemTransaction(database, undefined, async (tx) => {
    const [job] = await tx<{ id: string; kind: string; attempt: number; input: unknown }[]>`
      select id, kind, attempt, input from job
       where id = ${jobId} and state = 'waiting' and cancel_requested_at is not null for update skip locked`
    if (job) await settle(tx, job, kinds.get(job.kind), { outcome: 'cancelled', result: null, problem: null })
  })
}

/** Gives waiting jobs that the queue does not know a new entry. */
export async function requeueLost(database: Database): Promise<void> {
  const lost = await lostJobs(database.system)
  for (const { id } of lost) {
    await systemTransaction(database, undefined, async (tx) => {
      const queueId = newId()
      const rows = await tx`update job set queue_id = ${queueId} where id = ${id} and state = 'waiting' returning id`
      if (rows.length > 0) await enqueue(tx, id, queueId)
    })
  }
}
