import { type Analysis, AnalysisDefinition, type AnalysisMethod, type Run } from '@zhike/contract/differentiate/analyses.ts'
import { analysisNames } from '@zhike/contract/texts/analyses.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { Tx } from '../../platform/database/database.ts'

export interface AnalysisRow {
  id: string
  code: string | null
  name: string
  method: AnalysisMethod
  definition: unknown
  schedule: string | null
  writesLabels: boolean
  version: number
  lastRunId: string | null
  createdAt: Date
}

export const analysisColumns = (tx: Tx) => tx`
  a.id, a.code, a.name, a.method, a.definition, a.schedule, a.writes_labels as "writesLabels", a.version,
  a.last_run_id as "lastRunId", a.created_at as "createdAt"`

/** The analyses that every company begins with are named in the reader's language. */
export function shownAnalysis(row: AnalysisRow, locale: Locale): Analysis {
  return {
    id: row.id,
    name: nameOf(row, locale),
    definition: AnalysisDefinition.parse(row.definition),
    schedule: row.schedule,
    writesLabels: row.writesLabels,
    version: row.version,
    lastRunId: row.lastRunId,
    createdAt: row.createdAt.toISOString(),
  }
}

const nameOf = ({ code, name }: { code: string | null; name: string }, locale: Locale): string =>
  (code === null ? undefined : analysisNames[code]?.[locale]) ?? name

/** Whether a name is the text of one that every company begins with, in any language. */
export const isBuiltInName = (name: string, butOf: string | null): boolean =>
  Object.entries(analysisNames).some(([code, texts]) => code !== butOf && [code, ...Object.values(texts)].includes(name))

export interface RunRow {
  id: string
  number: number
  analysisId: string
  method: AnalysisMethod
  state: Run['state']
  asOf: string
  definition: unknown
  definitionVersion: number
  customers: number | null
  summary: Record<string, unknown> | null
  milliseconds: number | null
  jobId: string | null
  createdAt: Date
  finishedAt: Date | null
}

export const runColumns = (tx: Tx) => tx`
  r.id, r.number, r.analysis_id as "analysisId", r.method, r.state, r.as_of as "asOf", r.definition, r.definition_version as "definitionVersion",
  r.customers, r.summary, r.milliseconds, r.job_id as "jobId", r.created_at as "createdAt", r.finished_at as "finishedAt"`

export function shownRun(row: RunRow): Run {
  return {
    id: row.id,
    analysisId: row.analysisId,
    method: row.method,
    state: row.state,
    asOf: row.asOf,
    definition: AnalysisDefinition.parse(row.definition),
    definitionVersion: row.definitionVersion,
    customers: row.customers,
    summary: row.summary,
    milliseconds: row.milliseconds,
    jobId: row.jobId,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
