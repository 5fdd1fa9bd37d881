import type { Database } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { isEngineAway } from '../http/engine-away.ts'
import { Problem } from '../http/problem.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { failure } from './end-attempt.ts'
import { endQueries, type QueryEnder } from './end-queries.ts'
import type { AnyJobKind } from './job-kind.ts'
import { settle } from './settle.ts'
import { abandonedJobs, lostJobs, ownJobs, type RunningJob, requeueJob } from './sql.ts'
import { enqueue } from './start-job.ts'

type Kinds = ReadonlyMap<string, AnyJobKind>

/** A job that kills its worker so often without getting on is not started again. */
const mostCrashes = 5

interface TakeOver extends QueryEnder {
  kinds: Kinds
  workerId: string
  isRunningHere: (jobId: string) => boolean
}

/**
 * Puts running jobs back into the queue whose worker has died, or that this worker has lost from its hands. What the dead
 * worker's transactions still run is ended first; while one of them lives, the job is left alone.
 * @returns how many
 */
export async function takeOver(options: TakeOver): Promise<number> {
  const { database, workerId, isRunningHere, log } = options
  const abandoned = await abandonedJobs(database.system)
  const mine = await ownJobs(database.system, workerId)
  let taken = 0
  for (const job of new Map([...abandoned, ...mine].map((each) => [each.id, each])).values()) {
    if (isRunningHere(job.id)) continue
    try {
      await endQueries(options, job.id)
      if (await takeOne(options, job)) taken += 1
    } catch (error) {
      // One job that resists must not keep the others waiting.
      log('warn', 'A job whose worker is gone could not be taken over', { job: job.id, err: error })
    }
  }
  return taken
}

async function takeOne({ database, kinds, log }: TakeOver, job: RunningJob): Promise<boolean> {
  const givenUp = job.crashes + 1 >= mostCrashes
  const ended = (kind: AnyJobKind | undefined) =>
    systemTransaction(database, undefined, async (tx) => {
      const [lock] = await tx<{ free: boolean }[]>`select pg_try_advisory_xact_lock(hashtextextended(${`job:${job.id}`}, 0)) as free`
      if (!lock?.free) return false
      await tx`delete from pgboss.job where name = 'work' and id = (select queue_id from job where id = ${job.id})`
      if (!givenUp) return requeueJob(tx, job, 'died')
      await settle(tx, job, kind, failure(new Problem('internal-error', { requestId: job.id })))
      return true
    })
  try {
    return await ended(kinds.get(job.kind))
  } catch (error) {
    if (!givenUp || isEngineAway(error)) throw error
    log('error', 'The end of a job that was given up failed', { job: job.id, kind: job.kind, err: error })
    return ended(undefined)
  }
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
