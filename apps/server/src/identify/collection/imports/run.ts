import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { asRows } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { JobContext } from '../../../platform/jobs/job-kind.ts'
import type { Recording } from '../../identity/record-profiles.ts'
import { readTable, type TableBatch } from '../files/table.ts'
import { importLedger, numberLines } from './order-lines.ts'
import {
  type CompiledRow,
  type ConvertedBatch,
  compileImport,
  convert,
  type FailedRow,
  type ImportOptions,
  keptCells,
  orderNumberOf,
  refusedRow,
} from './row-converter.ts'
import { type RowOutcome, writerOf } from './writers.ts'

/** Rows that one transaction takes: large enough that its fixed number of statements is cheap, small enough to be short. */
const rowsPerBatch = 5000

export interface ImportToRun {
  id: string
  settings: ImportSettings
  headerRow: number
  path: string
  /** Hexadecimal SHA-256 of the file. */
  fileHash: string
  /** Rows of data, as far as they are known beforehand. */
  rowsTotal: number
  recording: Recording
  options: ImportOptions
}

/**
 * Imports a file from behind the last committed row to its end. Every batch is one transaction that also moves the mark, so a
 * row takes effect exactly once, whatever is killed in between. A bad row is kept with its reasons and stops nobody.
 */
export async function runImport(context: JobContext, source: ImportToRun, from: { lastRow: number; rows: number }): Promise<void> {
  const compiled = compileImport(source.settings, source.options)
  let mark = from.lastRow
  let rows = from.rows
  const startRow = Math.max(source.headerRow, from.lastRow) + 1
  const batches = readTable(source.path, { ...readOptions(source.settings), startRow, batchSize: rowsPerBatch, signal: context.signal })
  for await (const { good, bad, last } of oneAhead(converted(batches, compiled))) {
    await context.recheck()
    await writeBatch(context, source, { good, bad, mark, last })
    mark = last
    rows += good.length + bad.length
    await context.progress(rows, Math.max(rows, source.rowsTotal), 'rows')
  }
}

async function* converted(batches: AsyncIterable<TableBatch>, compiled: CompiledRow) {
  for await (const batch of batches) yield { ...convert(batch, compiled), last: batch.firstRow + batch.rows.length - 1 }
}

/** The same items, the next one being made while the last one is used: we read and convert while the database writes. */
async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]()
  let next = items.next()
  try {
    for (;;) {
      const item = await next
      if (item.done) return
      next = items.next()
      // Awaited in the next round; until then its failure is not unhandled.
      next.catch(() => {})
      yield item.value
    }
  } finally {
    await items.return?.()
  }
}

/** How the file is read, as the settings say. */
export const readOptions = ({ encoding, delimiter, sheet }: ImportSettings) => ({
  ...(encoding ? { encoding } : {}),
  ...(delimiter ? { delimiter } : {}),
  ...(sheet ? { sheet } : {}),
})

interface Batch extends ConvertedBatch {
  mark: number
  last: number
}

async function writeBatch(context: JobContext, source: ImportToRun, batch: Batch): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await context.transaction('system', (tx) => writeRows(tx, source, batch))
      return
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      // Deadlock or serialization: the same again. Data that the database refuses: find the row.
      if ((code === '40P01' || code === '40001') && attempt < 4) continue
      if (!/^(22|23)/.test(code)) throw error
      await writeHalves(context, source, batch)
      return
    }
  }
}

/** Halves the batch until the row that the database refuses stands alone and can be reported. */
async function writeHalves(context: JobContext, source: ImportToRun, batch: Batch): Promise<void> {
  const [only, ...rest] = batch.good
  if (!only) throw new Error('a batch without good rows was refused')
  if (rest.length === 0) {
    const failure: FailedRow = {
      number: only.number,
      cells: keptCells(only.cells),
      orderNumber: orderNumberOf(only.values),
      problems: [{ column: null, field: null, code: 'row-refused', value: null }],
    }
    await context.transaction('system', (tx) =>
      writeRows(tx, source, { ...batch, good: [], bad: [...batch.bad, failure].sort((a, b) => a.number - b.number) }),
    )
    return
  }
  const middle = batch.good[Math.floor(batch.good.length / 2)]?.number ?? only.number
  const part = (from: number, to: number): Batch => ({
    good: batch.good.filter(({ number }) => number > from && number <= to),
    bad: batch.bad.filter(({ number }) => number > from && number <= to),
    mark: from,
    last: to,
  })
  await writeBatch(context, source, part(batch.mark, middle - 1))
  await writeBatch(context, source, part(middle - 1, batch.last))
}

async function writeRows(tx: Tx, source: ImportToRun, { mark, last, ...converted }: Batch): Promise<void> {
  const [held] = await tx<{ lastRow: number }[]>`select last_row as "lastRow" from import where id = ${source.id} for update`
  // Somebody else was faster: a worker that was believed dead.
  if (!held || held.lastRow !== mark) throw new Error(`import ${source.id} stands at row ${held?.lastRow}, not at ${mark}`)
  const { good, bad } = await numberLines(importLedger(tx, source.id), source.settings, converted)
  const outcomes = await writerOf(source.settings.kind)(
    tx,
    source,
    good.map(({ number, values }) => ({ number, values })),
  )
  const refused = good.flatMap((row, i): FailedRow[] => {
    const outcome = outcomes[i]
    return typeof outcome === 'object' ? [refusedRow(row, outcome.problem)] : []
  })
  const failures = [...bad, ...refused]
  const count = (wanted: RowOutcome) => outcomes.filter((outcome) => outcome === wanted).length
  await tx`
    insert into import_failure (import_id, row_number, line_number, cells, problems)
    select ${source.id}, f.number, f."lineNumber", array(select jsonb_array_elements_text(f.cells)), f.problems
      from json_to_recordset(${asRows(tx, failures)}) as f(number bigint, "lineNumber" int, cells jsonb, problems jsonb)`
  await tx`
    update import set last_row = ${last}, created = created + ${count('created')}, updated = updated + ${count('updated')},
           unchanged = unchanged + ${count('unchanged')}, failed = failed + ${failures.length}
     where id = ${source.id}`
}
