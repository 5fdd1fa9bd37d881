import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { expect } from 'vitest'

/** Waits for a job's end, seeing that its progress never goes back. */
export async function finished(api: Client, jobId: string): Promise<jobs.Job> {
  let done = 0
  for (let tries = 0; tries < 600; tries++) {
    const job = await api(jobs.get, { params: { id: jobId } })
    expect(job.done).toBeGreaterThanOrEqual(done)
    done = job.done
    if (job.finishedAt !== null) return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The job did not end within 30 s' + JSON.stringify(await api(jobs.get, { params: { id: jobId } })))
}

/** Runs an analysis to its end. */
export async function runToEnd(api: Client, id: string, asOf?: string): Promise<analyses.Run> {
  const { run, job } = await api(analyses.start, { params: { id }, body: asOf ? { asOf } : {} })
  expect(await finished(api, job.id)).toMatchObject({ state: 'done', done: 100, total: 100, problem: null })
  return api(analyses.run, { params: { id: run.id } })
}

/** The id of the stored analysis of a method that writes the labels. */
export async function defaultAnalysis(api: Client, method: analyses.AnalysisMethod): Promise<analyses.Analysis> {
  const { items } = await api(analyses.list, {})
  const found = items.find((item) => item.definition.method === method && item.writesLabels)
  if (!found) throw new Error(`no analysis of ${method}`)
  return found
}
