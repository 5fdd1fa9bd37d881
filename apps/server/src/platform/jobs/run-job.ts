import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Database, Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Actor, limitedTo } from '../permissions/principal.ts'
import { actorTransaction, systemTransaction } from '../permissions/transaction.ts'
import type { AnyJobKind, JobContext } from './job-kind.ts'
import { progressWriter } from './progress.ts'
import { isAtAttempt, queryName, type TakenJob, workLock } from './sql.ts'

/** Why a running job was told to stop. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped'
  readonly why: 'cancelled' | 'stopping' | 'taken-over'

  constructor(why: 'cancelled' | 'stopping' | 'taken-over') {
    super(`The job was stopped: ${why}`)
    this.why = why
  }
}

/** A person as they are now; undefined when unknown or disabled, or when the key that they came with has been revoked. */
export type LoadActor = (userId: string, apiKeyId: string | null) => Promise<Actor | undefined>

/** The starter with the rights of this moment. @throws Problem `right-missing` when they may not have the job done any more */
export async function currentActor(job: TakenJob, right: Right | undefined, loadActor: LoadActor): Promise<Actor | undefined> {
  if (job.startedBy === null) return undefined
  const known = await loadActor(job.startedBy, job.apiKeyId)
  if (!known) throw new Problem('right-missing', { right: right ?? 'job.read' })
  const actor: Actor = { ...limitedTo(known, job.rights), via: 'job', requestId: job.id }
  if (right && !actor.rights.has(right)) throw new Problem('right-missing', { right })
  return actor
}

/** Runs one attempt of a job to its result. @throws whatever its kind throws, or JobStopped */
export async function runJob(
  job: TakenJob,
  kind: AnyJobKind,
  { database, loadActor, signal }: { database: Database; loadActor: LoadActor; signal: AbortSignal },
): Promise<Record<string, unknown>> {
  let actor = await currentActor(job, kind.right, loadActor)
  const progress = progressWriter(database.system, job)
  let queries = 0
  const throwIfCancelled = () => {
    if (signal.aborted) throw signal.reason
  }
  const context: JobContext = {
    job: { id: job.id, kind: job.kind, input: kind.input.parse(job.input), attempt: job.attempt },
    get actor() {
      return actor
    },
    signal,
    progress: progress.report,
    transaction: (as, work) => {
      throwIfCancelled()
      const fenced = async (tx: Tx) => {
        await beginWork(tx, job)
        return work(tx)
      }
      if (as === 'system') return systemTransaction(database, actor, fenced)
      if (!actor) throw new Error(`Job ${job.kind} was started by nobody, so it cannot act as a person`)
      return actorTransaction(database, actor, kind.right, fenced)
    },
    warehouseSettings: () => {
      throwIfCancelled()
      return { query_id: `${warehousePrefix(job.id)}-${job.attempt}-${++queries}`, abort_signal: signal }
    },
    recheck: async () => {
      throwIfCancelled()
      actor = await currentActor(job, kind.right, loadActor)
    },
    throwIfCancelled,
  }
  try {
    throwIfCancelled()
    return await kind.run(context)
  } finally {
    await progress.flush()
  }
}

/** Query ids of a job's statements in the warehouse begin so. */
export const warehousePrefix = (jobId: string) => `job-${jobId}`

/** The first statements of a transaction of work: named, so that it can be cancelled, and refused to a worker that lost the job. */
async function beginWork(tx: Tx, job: TakenJob): Promise<void> {
  const named = tx`select set_config('application_name', ${queryName(job.id)}, true)`.execute()
  named.catch(() => {})
  const locked = workLock(tx, job.id).execute()
  locked.catch(() => {})
  if (!(await isAtAttempt(tx, job.id, job.attempt))) throw new JobStopped('taken-over')
  await named
  await locked
}
