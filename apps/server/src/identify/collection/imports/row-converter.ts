import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { unsafeCell } from '../../../platform/files/safe-cell.ts'
import type { TableBatch } from '../files/table.ts'
import { type ConvertedRow, compileRow, type RowOptions, type RowValues } from '../mapping/convert-row.ts'
import type { StoredRowProblem } from './imports.ts'

/** What the company supplies where the file and the settings are silent. */
export type ImportOptions = Pick<RowOptions, 'timeZone' | 'currency'>

export type CompiledRow = (cells: readonly string[]) => ConvertedRow<ImportKind>

interface Row {
  /** Of the row in the file. */
  number: number
  cells: string[]
}

export interface GoodRow extends Row {
  values: RowValues[ImportKind]
}

export interface FailedRow extends Row {
  problems: StoredRowProblem[]
  /** Of a line of an order: whose it is, and which of its lines. */
  orderNumber?: string | undefined
  lineNumber?: number | undefined
}

export interface ConvertedBatch {
  good: GoodRow[]
  bad: FailedRow[]
}

/** The function that converts a row under an import's settings. */
export function compileImport(settings: ImportSettings, options: ImportOptions): CompiledRow {
  return compileRow(settings.kind, settings.columns, { ...options, dateFormat: settings.dateFormat })
}

/** Rows that can be written and rows that cannot. Blank rows are neither. */
export function convert(batch: TableBatch, compiled: CompiledRow): ConvertedBatch {
  const unreadable = new Map(batch.problems.map(({ row, code }) => [row, code]))
  const good: GoodRow[] = []
  const bad: FailedRow[] = []
  batch.rows.forEach((row, i) => {
    const cells = row.some((cell) => cell.startsWith("'")) ? row.map(unsafeCell) : row
    const number = batch.firstRow + i
    const code = unreadable.get(number)
    const result = compiled(cells)
    if (result === 'blank' && !code) return
    const orderNumber = result === 'blank' ? undefined : 'problems' in result ? result.orderNumber : orderNumberOf(result.values)
    const fail = (problems: StoredRowProblem[]) => bad.push({ number, cells: keptCells(cells), problems, orderNumber })
    if (code) fail([{ column: null, field: null, code, value: null }])
    else if (result === 'blank') return
    else if ('problems' in result) fail(result.problems)
    else if (hasNoMoney(result.values)) fail([{ column: null, field: 'unitPrice', code: 'value-missing', value: null }])
    else good.push({ number, cells, values: result.values })
  })
  return { good, bad }
}

/** A line of an order without a price and without an amount: what it was sold for would be guessed. */
const hasNoMoney = (values: GoodRow['values']): boolean =>
  'orderNumber' in values && 'placedAt' in values && values.unitPrice === undefined && values.amount === undefined

/** The order that a row names, whatever the row is. */
export const orderNumberOf = (values: GoodRow['values']): string | undefined => ('orderNumber' in values ? values.orderNumber : undefined)

/** A row that could be read and must not be written. */
export function refusedRow({ number, cells, values }: GoodRow, problem: StoredRowProblem): FailedRow {
  const lineNumber = 'lineNumber' in values ? values.lineNumber : undefined
  return { number, cells: keptCells(cells), problems: [problem], orderNumber: orderNumberOf(values), lineNumber }
}

/** Cells as PostgreSQL can keep them, none longer than a person would read. */
export const keptCells = (cells: readonly string[]): string[] =>
  cells.slice(0, 500).map((cell) => cell.slice(0, 2000).replaceAll('\0', '�').toWellFormed())
