import { open, stat } from 'node:fs/promises'
import { readCsv, sampleCsv } from './csv.ts'
import type { Encoding } from './encoding.ts'
import { FileProblem, type RowProblemCode } from './file-problem.ts'
import { limits } from './limits.ts'
import { readXlsx, sampleXlsx } from './xlsx.ts'

export interface ReadOptions {
  /** CSV: instead of guessing. */
  encoding?: Encoding
  /** CSV: instead of guessing. One character. */
  delimiter?: string
  /** XLSX: the sheet's name; the first visible one otherwise. */
  sheet?: string
  /** The first row to give, counted as a spreadsheet does: the first row of the file is 1. For going on after a stop. */
  startRow?: number
  /** Rows in one batch; 1000 unless said. */
  batchSize?: number
  signal?: AbortSignal
}

export interface RowProblem {
  /** As the user sees it in a spreadsheet. */
  row: number
  code: RowProblemCode
}

/** Consecutive rows: the cells of row `firstRow + i` are `rows[i]`. Short rows have fewer cells than the header; blank ones are there too. */
export interface TableBatch {
  firstRow: number
  rows: string[][]
  /** Rows among them that are not to be trusted, in order. */
  problems: RowProblem[]
}

export interface TableInspection {
  format: 'csv' | 'xlsx'
  /** CSV only. */
  encoding?: Encoding
  delimiter?: string
  /** XLSX only: names of the visible sheets, and which one was looked at. */
  sheets: string[]
  sheet?: string
  /** The row with the names of the columns; data begin behind it. */
  headerRow: number
  /** Every column has a name, and no two the same: "Name (2)", "Column 3". */
  headers: string[]
  /** The first rows of data without blank and bad ones, at most 100; each as wide as the header. */
  samples: string[][]
  /** Rows of data: those behind the header that are not blank. Exact for small files, otherwise by the sample. */
  estimatedRows: number
}

/** Whether a row has nothing in it. */
export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell === '' || cell.trim() === '')

async function formatOf(path: string): Promise<'csv' | 'xlsx'> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new FileProblem('file-missing')
  if (info.size === 0) throw new FileProblem('file-empty')
  if (info.size > limits.fileBytes) throw new FileProblem('file-too-big', { limit: limits.fileBytes, found: info.size })
  const file = await open(path)
  try {
    const head = Buffer.alloc(8)
    await file.read(head, 0, 8, 0)
    if (head.readUInt32BE(0) === 0xd0cf11e0) throw new FileProblem('file-old-excel')
    if (head.readUInt32BE(0) === 0x504b0304 || head.readUInt32BE(0) === 0x504b0506) return 'xlsx'
    return 'csv'
  } finally {
    await file.close()
  }
}

/**
 * The rows of a CSV or XLSX file, header included, in batches and with bounded memory. What the file is, is told by its content, not by its name.
 * @throws FileProblem whatever the bytes are; nothing else but errors of the file system, and the signal's reason
 */
export async function* readTable(path: string, options: ReadOptions = {}): AsyncGenerator<TableBatch> {
  const format = await formatOf(path)
  yield* format === 'xlsx' ? readXlsx(path, options) : readCsv(path, options)
}

/**
 * What is in a file: how it is written, its columns, and its first rows.
 * @throws FileProblem when it cannot be read
 */
export async function inspectTable(path: string, options: ReadOptions = {}): Promise<TableInspection> {
  const format = await formatOf(path)
  const most = limits.sampleRows + limits.headerSearchRows
  if (format === 'xlsx') {
    const { batch, sheets, sheet, estimatedRows } = await sampleXlsx(path, options, most)
    return { format, sheets, sheet, ...describe(batch, estimatedRows) }
  }
  const { dialect, batch, estimatedRows } = await sampleCsv(path, options, most)
  return { format, encoding: dialect.encoding, delimiter: dialect.delimiter, sheets: [], ...describe(batch, estimatedRows) }
}

function describe(batch: TableBatch, estimatedRows: number): Pick<TableInspection, 'headerRow' | 'headers' | 'samples' | 'estimatedRows'> {
  const { rows, problems, firstRow } = batch
  const bad = new Map(problems.map(({ row, code }) => [row - firstRow, code]))
  const header = headerIndex(rows)
  // a header that is itself beyond measure must not be passed over for the first row of data
  for (const { row, code } of problems) {
    if (row - firstRow > header) break
    if (code === 'row-too-long') throw new FileProblem(code, { row, limit: limits.rowCharacters })
    if (code === 'too-many-columns') throw new FileProblem(code, { row, limit: limits.columns })
  }
  const names = rows[header]
  if (names === undefined || isBlankRow(names)) throw new FileProblem(rows.every(isBlankRow) ? 'file-empty' : 'no-header')
  const headers = uniqueHeaders(widened(names, rows.slice(header + 1)))
  const samples: string[][] = []
  for (let i = header + 1; i < rows.length && samples.length < limits.sampleRows; i++) {
    const cells = rows[i] as string[]
    if (!isBlankRow(cells) && !bad.has(i)) samples.push(headers.map((_, column) => cells[column] ?? ''))
  }
  const behind = rows.slice(header + 1)
  const share = behind.filter((cells, i) => !isBlankRow(cells) || bad.has(header + 1 + i)).length / Math.max(1, behind.length)
  return { headerRow: header + firstRow, headers, samples, estimatedRows: Math.round(Math.max(0, estimatedRows - header - 1) * share) }
}

const filled = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length

/** The first row that is about as wide as the table: titles and blank rows above it are passed over. */
function headerIndex(rows: string[][]): number {
  const first = rows.findIndex((cells) => !isBlankRow(cells))
  if (first < 0) return 0
  const widths = rows
    .slice(first, first + 30)
    .map(filled)
    .filter((width) => width > 0)
    .sort((a, b) => a - b)
  const typical = widths[Math.floor(widths.length / 2)] ?? 1
  for (let i = first; i < Math.min(rows.length, limits.headerSearchRows); i++) if (filled(rows[i] as string[]) >= typical * 0.6) return i
  return first
}

/** The header with an empty name for each column that only the data have, and without trailing columns that nobody fills. */
function widened(names: readonly string[], rows: readonly string[][]): string[] {
  let width = 0
  for (const cells of [names, ...rows])
    for (let i = Math.min(cells.length, limits.columns) - 1; i >= width; i--) if ((cells[i] as string).trim() !== '') width = i + 1
  return Array.from({ length: Math.max(1, width) }, (_, column) => names[column] ?? '')
}

/** Names for columns without one, and a number behind those that repeat. */
export function uniqueHeaders(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((raw, index) => {
    const name = raw.replace(/\s+/g, ' ').trim().slice(0, 200) || `Column ${index + 1}`
    let unique = name
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`
    taken.add(unique)
    return unique
  })
}
