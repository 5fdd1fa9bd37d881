import { AnalysisDefinition, type AnalysisMethod, type Run } from '@zhike/contract/differentiate/analyses.ts'
import { z } from 'zod'
import { json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { JobOutcome } from '../../platform/jobs/job-kind.ts'
import { type RunRow, runColumns, shownRun } from './analysis-rows.ts'

/** What a run's job is started with. Without a day: today, by the company's clock, when it starts. */
export const RunInput = z.object({ analysisId: z.uuid(), asOf: z.iso.date().optional() })
export type RunInput = z.infer<typeof RunInput>

/** A run as its work needs it. */
export interface BegunRun {
  run: Run
  number: number
  definition: AnalysisDefinition
}

/**
 * The run of a job: made with the analysis as it is now, or found if the job was broken off and starts again.
 * @throws Problem `analysis-not-found`
 */
export async function beginRun(
  tx: Tx,
  jobId: string,
  { analysisId, asOf }: { analysisId: string; asOf: string | undefined },
): Promise<BegunRun> {
  await tx`
    insert into analysis_run (id, analysis_id, method, as_of, definition, definition_version, job_id)
    select ${newId()}, a.id, a.method, coalesce(${asOf ?? null}::date, (now() at time zone coalesce((select time_zone from company), 'UTC'))::date),
           a.definition, a.version, ${jobId}
      from analysis a
     where a.id = ${analysisId}
    on conflict (job_id) do nothing`
  const [row] = await tx<RunRow[]>`select ${runColumns(tx)} from analysis_run r where r.job_id = ${jobId}`
  if (!row) throw new Problem('analysis-not-found')
  return { run: shownRun(row), number: row.number, definition: AnalysisDefinition.parse(row.definition) }
}

/** Keeps what a run has found, before it is said to be done. */
export async function keepSummary(
  tx: Tx,
  id: string,
  { summary, timings }: { summary: { customers: number }; timings: Record<string, number> },
): Promise<void> {
  await tx`update analysis_run set customers = ${summary.customers}, summary = ${json(tx, summary)}, timings = ${json(tx, timings)} where id = ${id}`
}

/** Ends the run of a job with it. */
export async function endRun(tx: Tx, jobId: string, outcome: JobOutcome): Promise<void> {
  await tx`
    with ended as (
      update analysis_run
         set state = ${outcome}, finished_at = now(),
             milliseconds = (select extract(epoch from now() - coalesce(j.started_at, now())) * 1000 from job j where j.id = ${jobId})::int
       where job_id = ${jobId} and state = 'running'
      returning id, analysis_id, state)
    update analysis a set last_run_id = ended.id from ended where a.id = ended.analysis_id and ended.state = 'done'`
}

/** @throws Problem `analysis-not-found` */
export async function listRuns(
  tx: Tx,
  analysisId: string,
  query: { after?: string | undefined; limit?: number | undefined },
): Promise<{ items: Run[]; next: string | null }> {
  const [analysis] = await tx`select 1 from analysis where id = ${analysisId}`
  if (!analysis) throw new Problem('analysis-not-found')
  const limit = query.limit ?? 50
  const after = readCursor(query.after, z.tuple([z.uuid()]))
  const rows = await tx<RunRow[]>`
    select ${runColumns(tx)} from analysis_run r
     where r.analysis_id = ${analysisId} ${after ? tx`and r.id < ${after[0]}` : tx``}
     order by r.id desc limit ${limit + 1}`
  const items = rows.slice(0, limit).map(shownRun)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor([last.id]) : null }
}

/** @throws Problem `run-not-found` */
export async function getRun(tx: Tx, id: string): Promise<Run> {
  return shownRun(await requireRun(tx, id))
}

async function requireRun(tx: Tx, id: string): Promise<RunRow> {
  const [row] = await tx<RunRow[]>`select ${runColumns(tx)} from analysis_run r where r.id = ${id}`
  if (!row) throw new Problem('run-not-found')
  return row
}

/** Where the rows of a finished run are. */
export interface RunRef {
  id: string
  number: number
  method: AnalysisMethod
}

/** @throws Problem `run-not-found`, `run-not-finished` */
export async function requireFinished(tx: Tx, id: string): Promise<RunRef> {
  const row = await requireRun(tx, id)
  if (row.state !== 'done') throw new Problem('run-not-finished')
  return row
}

/** What somebody has compared stays. */
export async function keepCompared(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx`update analysis_run set compared_at = now() where id = any (${ids as string[]}) and compared_at is null`
}
