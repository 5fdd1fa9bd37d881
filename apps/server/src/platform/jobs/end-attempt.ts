import type { Database } from '../database/database.ts'
import { isEngineAway } from '../http/engine-away.ts'
import { Problem } from '../http/problem.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import type { AnyJobKind } from './job-kind.ts'
import { JobStopped } from './run-job.ts'
import { settle } from './settle.ts'
import { requeueJob, type Settlement, type TakenJob } from './sql.ts'

/** How an attempt ended: for good, or to be gone on with later. `error` is what nobody expected. */
export type Ending = { settlement: Settlement } | { again: 'stopped' | 'taken-over' | 'engine-away' } | { again: 'failed'; error: unknown }

const retryAfterSeconds = [1, 5, 30]
const engineAwaySeconds = 2

/** What an attempt's error means. Told to stop, it fails with whatever its statements were cancelled with: the reason counts. */
export function endingOf(thrown: unknown, signal: AbortSignal): Ending {
  const cause: unknown = signal.aborted ? signal.reason : thrown
  if (cause instanceof JobStopped) {
    if (cause.why === 'cancelled') return { settlement: { outcome: 'cancelled', result: null, problem: null } }
    return { again: cause.why === 'taken-over' ? 'taken-over' : 'stopped' }
  }
  if (cause instanceof Problem) return { settlement: failure(cause) }
  // Not the work's fault, and over soon: it does not count as a failure.
  if (isEngineAway(cause)) return { again: 'engine-away' }
  return { again: 'failed', error: cause }
}

/** Writes how an attempt ended, unless another worker has the job by now. */
export async function writeEnding(database: Database, job: TakenJob, kind: AnyJobKind, ending: Ending): Promise<void> {
  await systemTransaction(database, undefined, async (tx) => {
    if ('settlement' in ending) return settle(tx, job, kind, ending.settlement)
    if (ending.again === 'taken-over') return
    if (ending.again !== 'failed')
      return void (await requeueJob(tx, job, 'stopped', ending.again === 'engine-away' ? engineAwaySeconds : 0))
    const [row] = await tx<{ failures: number }[]>`select failures from job where id = ${job.id}`
    const failures = row?.failures ?? 0
    if (failures >= (kind.retries ?? 2)) return settle(tx, job, kind, failure(new Problem('internal-error', { requestId: job.id })))
    await requeueJob(tx, job, 'failed', retryAfterSeconds[Math.min(failures, retryAfterSeconds.length - 1)])
  })
}

export const failure = (problem: Problem): Settlement => ({ outcome: 'failed', result: null, problem })
