import type { AnalysisDefinition } from '@zhike/contract/differentiate/analyses.ts'
import { freshenLinks } from '../../identify/warehouse/links.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { defineJob, type JobContext, type JobKind } from '../../platform/jobs/job-kind.ts'
import type { WarehouseSync } from '../../platform/warehouse/sync.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { runAbc } from '../abc/abc.ts'
import { runClv } from '../clv/clv.ts'
import { writeLabels } from '../labels/write-labels.ts'
import { resultTables } from '../results.ts'
import { runRfm } from '../rfm/rfm.ts'
import type { Basis } from '../sales-facts.ts'
import { discardRows, dropRows, pruneRuns } from './prune.ts'
import type { RunWork } from './run-work.ts'
import { type BegunRun, beginRun, endRun, keepSummary, RunInput } from './runs.ts'

export interface AnalysisWorld {
  warehouse: WarehouseClient
  sync: Pick<WarehouseSync, 'caughtUp'>
}

const noSales = {
  zh: '到这一天为止，没有可以归到客户名下的销售。',
  en: 'Through that day there are no sales that belong to a customer.',
}

/** How long a run waits for the warehouse to hold what is in the customer file. */
const catchUpMs = 10 * 60_000

/** Of a hundred: where the rows are computed, and where they are at the customers. */
const computedAt = { withLabels: 50, without: 99 }

/** Computes one run of an analysis: company-wide, so by the system, whoever started it. */
export const analysisJob = ({ warehouse, sync }: AnalysisWorld): JobKind<RunInput> =>
  defineJob({
    kind: 'analysis',
    input: RunInput,
    right: 'analysis.run',
    run: async (context) => {
      const { analysisId, asOf } = context.job.input
      const begun = await context.transaction('system', (tx) => beginRun(tx, context.job.id, { analysisId, asOf }))
      const withLabels = await context.transaction('system', (tx) => areLabelsWritten(tx, analysisId))
      const table = resultTables[begun.definition.method]
      try {
        await context.progress(0, 100, 'sync')
        await unlessAborted(context.signal, sync.caughtUp(catchUpMs))
        await freshenLinks(warehouse)
        await dropRows(warehouse, table, begun.number)
        const { customers, timings } = await compute(context, warehouse, begun, withLabels)
        const changed = withLabels ? await label(context, warehouse, begun, timings) : 0
        await pruneRuns(context, warehouse, analysisId)
        await context.progress(100)
        return { runId: begun.run.id, analysisId, customers, ...(withLabels ? { labelsChanged: changed } : {}) }
      } catch (error) {
        // Not with the job's own settings: those are of no use once it is cancelled.
        await discardRows(warehouse, table, begun.number).catch(() => {})
        throw error
      }
    },
    settled: (tx, { id, outcome }) => endRun(tx, id, outcome),
  })

async function compute(context: JobContext, warehouse: WarehouseClient, begun: BegunRun, withLabels: boolean) {
  const timings: Record<string, number> = {}
  const share = withLabels ? computedAt.withLabels : computedAt.without
  const work: RunWork = {
    warehouse,
    settings: context.warehouseSettings,
    run: begun.number,
    asOf: begun.run.asOf,
    basis: await context.transaction('system', (tx) => basisOf(tx, begun.definition)),
    company: await context.transaction('system', companyFigures),
    signal: context.signal,
    advance: (fraction) => void context.progress(1 + fraction * (share - 1)),
    step: async (name, part) => {
      context.throwIfCancelled()
      await context.progress(1, 100, name)
      const start = performance.now()
      const result = await part()
      timings[name] = Math.round(performance.now() - start)
      return result
    },
  }
  const summary = await summaryOf(work, begun.definition)
  if (summary.customers === 0) throw new Problem('nothing-to-analyse', { reason: noSales })
  await context.transaction('system', (tx) => keepSummary(tx, begun.run.id, { summary, timings }))
  await context.progress(share)
  return { customers: summary.customers, timings, summary }
}

function summaryOf(work: RunWork, definition: AnalysisDefinition) {
  switch (definition.method) {
    case 'rfm':
      return runRfm(work, definition)
    case 'abc':
      return runAbc(work, definition)
    case 'clv':
      return runClv(work, definition)
  }
}

async function label(context: JobContext, warehouse: WarehouseClient, begun: BegunRun, timings: Record<string, number>): Promise<number> {
  await context.progress(computedAt.withLabels, 100, 'labels')
  const start = performance.now()
  const changed = await writeLabels(
    context,
    warehouse,
    { method: begun.definition.method, run: begun.number },
    (fraction) => void context.progress(computedAt.withLabels + fraction * (99 - computedAt.withLabels)),
  )
  const labels = Math.round(performance.now() - start)
  await context.transaction(
    'system',
    (tx) => tx`update analysis_run set timings = ${tx.json({ ...timings, labels })} where id = ${begun.run.id}`,
  )
  return changed
}

async function areLabelsWritten(tx: Tx, analysisId: string): Promise<boolean> {
  const [row] = await tx<{ writes: boolean }[]>`select writes_labels as writes from analysis where id = ${analysisId}`
  return row?.writes ?? false
}

async function companyFigures(tx: Tx): Promise<RunWork['company']> {
  const [row] = await tx<RunWork['company'][]>`select currency, margin::float8 as margin from company`
  if (!row) throw new Problem('setup-needed')
  return row
}

/** The facts know channels by number. One that is not there any more has none, and nothing is counted for it. */
async function basisOf(tx: Tx, { basis: { channels, ...basis } }: AnalysisDefinition): Promise<Basis> {
  if (!channels) return basis
  const rows = await tx<{ id: number }[]>`select id from channel where code = any (${channels})`
  return { ...basis, channels: rows.map(({ id }) => id) }
}

/** Ends as soon as the signal does; what was waited for goes on by itself. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}
