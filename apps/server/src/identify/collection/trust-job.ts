import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { defineJob } from '../../platform/jobs/job-kind.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { refreshChanged } from '../customers/refresh.ts'
import { lockLinking } from '../identity/record-profiles.ts'

const input = z.strictObject({ channel: z.string() })

/** Name and input of the job that brings customers up to a channel's trust, for who starts it. */
export const trustJobType = { kind: 'channel-trust', input } as const

/** Looked at in one transaction; whoever links waits for it. */
const customersPerBatch = 1000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * Computes customers of whom a channel and others have spoken again by the trust that the channel has now. Whose values remain what
 * they are is not touched, so a run that was broken off may begin again from the first.
 */
export const trustJob = defineJob({
  ...trustJobType,
  run: async ({ job, transaction, progress }) => {
    const total = await transaction('system', countOfSeveralSources)
    let done = 0
    let changed = 0
    for (let after = beforeAll; ; ) {
      const looked = await transaction('system', (tx) => computeNext(tx, job.input.channel, after))
      if (looked.last === undefined) return { channel: job.input.channel, changed }
      after = looked.last
      done += looked.customers
      changed += looked.changed
      await progress(done, total)
    }
  },
  settled: async (tx, { id, outcome }) => {
    await tx`update channel set trust_job = null, trust_applied = ${outcome === 'done'} where trust_job = ${id}`
  },
})

/** Of a single source there is nothing to choose. */
async function countOfSeveralSources(tx: Tx): Promise<number> {
  const [row] = await tx<{ count: number }[]>`select count(*)::int as count from customer where live and profiles > 1`
  return row?.count ?? 0
}

async function computeNext(
  tx: Tx,
  channel: string,
  after: string,
): Promise<{ customers: number; last: string | undefined; changed: number }> {
  await lockLinking(tx)
  const looked = await tx<{ id: string; concerned: boolean }[]>`
    with next as materialized (
      select id from customer where live and profiles > 1 and id > ${after} order by id limit ${customersPerBatch})
    select n.id,
           exists (select 1 from profile_customer l join profile p on p.id = l.profile_id join channel ch on ch.id = p.channel_id
                    where l.customer_id = n.id and ch.code = ${channel} and p.retracted_at is null) as concerned
      from next n order by n.id`
  const ids = looked.filter(({ concerned }) => concerned).map(({ id }) => id)
  // Whoever edits one of them waits, or is waited for: what they fixed must not be computed away.
  await tx`select 1 from customer where id = any (${ids}::uuid[]) order by id for update`
  const changed = await refreshChanged(tx, ids, new Date())
  await publish(tx, [{ type: 'customer.changed', ids: changed }])
  return { customers: looked.length, last: looked.at(-1)?.id, changed: changed.length }
}
