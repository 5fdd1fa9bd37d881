import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { FileStore } from '../../../platform/files/file-store.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { type AnyJobKind, defineJob, type JobContext, type JobOutcome } from '../../../platform/jobs/job-kind.ts'
import { FileProblem } from '../files/file-problem.ts'
import { inspectTable } from '../files/table.ts'
import { fileUnreadable } from './file-unreadable.ts'
import { dataRows } from './imports.ts'
import { importJobType, undoJobType } from './job-types.ts'
import { type ImportToRun, readOptions, runImport } from './run.ts'
import { undoImportRun } from './undo.ts'

export interface ImportJobOptions {
  files: FileStore
}

/** The jobs of the import. */
export function importJobs({ files }: ImportJobOptions): AnyJobKind[] {
  return [
    defineJob({
      ...importJobType,
      right: 'import.run',
      run: (context) => withFileProblems(() => runOne(context, files)),
      settled: (tx, { input, outcome }) => settleImport(tx, input.importId, outcome),
    }),
    defineJob({
      ...undoJobType,
      right: 'import.run',
      run: async (context) => ({ importId: context.job.input.importId, ...(await undoImportRun(context, context.job.input.importId)) }),
      settled: (tx, { input, outcome }) => settleUndo(tx, input.importId, outcome),
    }),
  ]
}

async function runOne(context: JobContext<{ importId: string }>, files: FileStore): Promise<Record<string, unknown>> {
  const { importId } = context.job.input
  const { fileId, settings, lastRow, rows, ...row } = await context.transaction('system', (tx) => readToRun(tx, importId))
  const { path } = await context.transaction('system', (tx) => files.open(tx, fileId))
  const inspection = await inspectTable(path, readOptions(settings))
  await context.transaction('system', async (tx) => {
    await tx`update import set state = 'running' where id = ${importId}`
  })
  const source: ImportToRun = {
    id: importId,
    settings,
    path,
    fileHash: row.fileHash,
    headerRow: inspection.headerRow,
    rowsTotal: inspection.estimatedRows,
    recording: { channel: { id: row.channelId, code: row.channelCode, trust: row.trust }, now: new Date(), by: row.startedBy, importId },
    options: { timeZone: settings.timeZone ?? row.timeZone, currency: settings.currency ?? row.currency },
  }
  await runImport(context, source, { lastRow, rows })
  const [counts] = await context.transaction(
    'system',
    (tx) => tx<Record<string, number>[]>`
    select i.created, i.updated, i.unchanged, i.failed, ${dataRows(tx)} as rows from import i where i.id = ${importId}`,
  )
  return { importId, ...counts }
}

interface ToRun {
  fileId: string
  fileHash: string
  settings: ImportSettings
  lastRow: number
  rows: number
  channelId: number
  channelCode: string
  trust: number
  startedBy: string
  timeZone: string
  currency: string
}

async function readToRun(tx: Tx, importId: string): Promise<ToRun> {
  const [row] = await tx<ToRun[]>`
    select i.file_id as "fileId", encode(f.sha256, 'hex') as "fileHash", i.settings, i.last_row as "lastRow", ${dataRows(tx)} as rows, i.channel_id as "channelId", c.code as "channelCode", c.trust,
           i.started_by as "startedBy", y.time_zone as "timeZone", y.currency
      from import i join channel c on c.id = i.channel_id join stored_file f on f.id = i.file_id cross join company y
     where i.id = ${importId}`
  if (!row) throw new Problem('import-not-found')
  return row
}

const settledState: Record<JobOutcome, string> = { done: 'done', failed: 'failed', cancelled: 'cancelled' }

async function settleImport(tx: Tx, id: string, outcome: JobOutcome): Promise<void> {
  await tx`update import set state = ${settledState[outcome]}, finished_at = now() where id = ${id} and state in ('ready', 'running')`
  if (outcome !== 'done') return
  await tx`delete from import_order where import_id = ${id}`
  await tx`delete from import_line where import_id = ${id}`
}

/** An undo that was broken off stays `undoing` and can be started again: what it took back stays back. */
async function settleUndo(tx: Tx, id: string, outcome: JobOutcome): Promise<void> {
  if (outcome !== 'done') return
  await tx`delete from import_order_change where import_id = ${id}`
  await tx`update import set state = 'undone', undone_at = now() where id = ${id} and state = 'undoing'`
}

/** A file that cannot be read is the person's to mend, not a failure of ours. */
async function withFileProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof FileProblem ? fileUnreadable(error) : error
  }
}
