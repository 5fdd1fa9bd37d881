import { z } from 'zod'
import { defineJob } from '../job-kind.ts'

/** Writes one row per step into `test_step` and goes on behind the last one; each step takes `seconds`. */
export const steps = defineJob({
  kind: 'test.steps',
  input: z.strictObject({ count: z.int(), seconds: z.number() }),
  run: async ({ job, transaction, progress }) => {
    const { count, seconds } = job.input
    const first = await transaction('system', async (tx) => {
      const [row] = await tx<{ last: number }[]>`select coalesce(max(step), 0)::int as last from test_step where job_id = ${job.id}`
      return (row?.last ?? 0) + 1
    })
    for (let step = first; step <= count; step++) {
      await transaction('system', async (tx) => {
        await tx`insert into test_step (job_id, step, attempt) values (${job.id}, ${step}, ${job.attempt})`
        await tx`select pg_sleep(${seconds})`
      })
      await progress(step, count)
    }
    return { steps: count }
  },
})
