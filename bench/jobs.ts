import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@zhike/contract/client.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'

/** Waits until a job has done its work. @throws Error when it has not */
export async function finished(api: Client, id: string): Promise<jobs.Job> {
  for (;;) {
    const job = await api(jobs.get, { params: { id } })
    if (job.state === 'done') return job
    if (job.finishedAt !== null) throw new Error(`${job.kind} ${job.state}: ${JSON.stringify(job.problem)}`)
    await sleep(100)
  }
}
