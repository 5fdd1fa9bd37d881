import type { Tx } from '../database/database.ts'
import { publish } from '../outbox/outbox.ts'
import type { AnyJobKind } from './job-kind.ts'
import { type Settlement, settleJob } from './sql.ts'

/** Ends a job for good: its own row, its kind's records and the event, in one transaction. Nothing when another worker has it. */
export async function settle(
  tx: Tx,
  job: { id: string; attempt: number; input: unknown },
  kind: AnyJobKind | undefined,
  settlement: Settlement,
): Promise<void> {
  if (!(await settleJob(tx, job, settlement))) return
  const { outcome, result } = settlement
  await kind?.settled?.(tx, { id: job.id, input: kind.input.parse(job.input), outcome, result })
  await publish(tx, [{ type: `job.${outcome}`, ids: [job.id] }])
}
