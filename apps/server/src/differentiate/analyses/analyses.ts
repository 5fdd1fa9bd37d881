import type { Analysis, AnalysisDraft, AnalysisMethod, Run } from '@zhike/contract/differentiate/analyses.ts'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { z } from 'zod'
import { json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem, Problem } from '../../platform/http/problem.ts'
import { uniqueOr } from '../../platform/http/unique.ts'
import { refuseStale } from '../../platform/http/version.ts'
import type { JobKind } from '../../platform/jobs/job-kind.ts'
import { readJob } from '../../platform/jobs/job-view.ts'
import { scheduleJob, startJob, unscheduleJob } from '../../platform/jobs/start-job.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { type AnalysisRow, analysisColumns, isBuiltInName, shownAnalysis } from './analysis-rows.ts'
import { beginRun, type RunInput } from './runs.ts'

type Draft = z.output<typeof AnalysisDraft>

export async function listAnalyses(tx: Tx, locale: Locale): Promise<{ items: Analysis[] }> {
  const rows = await tx<AnalysisRow[]>`select ${analysisColumns(tx)} from analysis a order by a.created_at, a.id`
  return { items: rows.map((row) => shownAnalysis(row, locale)) }
}

/** @throws Problem `analysis-not-found` */
export async function getAnalysis(tx: Tx, id: string, locale: Locale): Promise<Analysis> {
  return shownAnalysis(await requireAnalysis(tx, id), locale)
}

async function requireAnalysis(tx: Tx, id: string): Promise<AnalysisRow> {
  const [row] = await tx<AnalysisRow[]>`select ${analysisColumns(tx)} from analysis a where a.id = ${id}`
  if (!row) throw new Problem('analysis-not-found')
  return row
}

/** @throws Problem `analysis-name-taken`, `invalid-request` for a schedule that is none or channels that are not there */
export async function createAnalysis(tx: Tx, actor: Actor, draft: Draft, kind: JobKind<RunInput>, locale: Locale): Promise<Analysis> {
  await refuseBadDraft(tx, draft, null)
  const id = newId()
  if (draft.writesLabels) await takeLabels(tx, draft.definition.method)
  await uniqueOr(
    tx`insert into analysis (id, name, method, definition, schedule, writes_labels)
      values (${id}, ${draft.name}, ${draft.definition.method}, ${json(tx, draft.definition)}, ${draft.schedule}, ${draft.writesLabels})`,
    'analysis-name-taken',
    { name: draft.name },
  )
  await applySchedule(tx, actor, id, draft.schedule, kind)
  return getAnalysis(tx, id, locale)
}

/** @throws Problem as `createAnalysis`, and `analysis-not-found`, `version-required`, `edit-conflict` */
export async function editAnalysis(
  tx: Tx,
  actor: Actor,
  { id, draft, expectedVersion }: { id: string; draft: Draft; expectedVersion: number | undefined },
  kind: JobKind<RunInput>,
  locale: Locale,
): Promise<Analysis> {
  const [locked] = await tx<{ version: number }[]>`select version from analysis where id = ${id} for update`
  if (!locked) throw new Problem('analysis-not-found')
  refuseStale(expectedVersion, locked.version)
  const current = await requireAnalysis(tx, id)
  // One that keeps its text keeps it in every language.
  const keepsName = shownAnalysis(current, locale).name === draft.name
  await refuseBadDraft(tx, draft, keepsName ? current.code : null)
  // The results of one method are not another one's earlier results.
  if (draft.definition.method !== current.method) throw fieldProblem('body.definition.method', 'not_one_of', { allowed: current.method })
  if (draft.writesLabels && !current.writesLabels) await takeLabels(tx, current.method)
  await uniqueOr(
    tx`update analysis set code = ${keepsName ? current.code : null}, name = ${keepsName ? current.name : draft.name},
        definition = ${json(tx, draft.definition)}, schedule = ${draft.schedule}, writes_labels = ${draft.writesLabels},
        version = version + 1, updated_at = now()
      where id = ${id}`,
    'analysis-name-taken',
    { name: draft.name },
  )
  if (draft.schedule !== current.schedule) await applySchedule(tx, actor, id, draft.schedule, kind)
  return getAnalysis(tx, id, locale)
}

/** Starts a run as a job; the run is there at once, so that it can be watched. */
export async function startAnalysis(
  tx: Tx,
  actor: Actor,
  { id, asOf }: { id: string; asOf: string | undefined },
  kind: JobKind<RunInput>,
  locale: Locale,
): Promise<{ run: Run; job: Job }> {
  await requireAnalysis(tx, id)
  const jobId = await startJob(tx, kind, { analysisId: id, ...(asOf ? { asOf } : {}) }, actor)
  const { run } = await beginRun(tx, jobId, { analysisId: id, asOf })
  const job = await readJob(tx, jobId, locale)
  if (!job) throw new Error('A job that was just started is not there')
  return { run, job }
}

async function refuseBadDraft(tx: Tx, draft: Draft, code: string | null): Promise<void> {
  if (isBuiltInName(draft.name, code)) throw new Problem('analysis-name-taken', { name: draft.name })
  const { channels } = draft.definition.basis
  if (channels) {
    const known = await tx<{ code: string }[]>`select code from channel where code = any (${channels})`
    const unknown = channels.findIndex((channel) => !known.some(({ code: each }) => each === channel))
    if (unknown >= 0) throw fieldProblem(`body.definition.basis.channels.${unknown}`, 'invalid')
  }
}

/** One analysis of each method says what stands at the customers. */
async function takeLabels(tx: Tx, method: AnalysisMethod): Promise<void> {
  await tx`update analysis set writes_labels = false, version = version + 1 where method = ${method} and writes_labels`
}

const scheduleName = (analysisId: string) => `analysis/${analysisId}`

async function applySchedule(tx: Tx, actor: Actor, id: string, cron: string | null, kind: JobKind<RunInput>): Promise<void> {
  if (cron === null) await unscheduleJob(tx, scheduleName(id))
  else await scheduleJob(tx, { name: scheduleName(id), cron, kind, input: { analysisId: id } }, actor)
}
