import { closeSync, openSync, writeSync } from 'node:fs'
import { encodeGb18030 } from './gb18030.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'gb18030'
export type Cell = string | number | null

/** A CSV file that is written row by row. */
export interface CsvFile {
  row(cells: readonly Cell[]): void
  /** Rows so far, the header not counted. */
  readonly rows: number
  close(): void
}

interface CsvOptions {
  encoding?: Encoding
  delimiter?: string
  lineEnd?: '\n' | '\r\n'
}

const FLUSH_AT = 1 << 16

/** Writes in pieces of 64 K characters, so that memory does not grow with the file. */
export function openCsvFile(path: string, header: readonly string[], options: CsvOptions = {}): CsvFile {
  const { encoding = 'utf-8', delimiter = ',', lineEnd = '\n' } = options
  const file = openSync(path, 'w')
  const encode = encoding === 'gb18030' ? encodeGb18030 : (text: string) => Buffer.from(text, 'utf8')
  let pending = encoding === 'utf-8-bom' ? '\ufeff' : ''
  let rows = -1
  const flush = () => {
    const bytes = encode(pending)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    pending = ''
  }
  const row = (cells: readonly Cell[]) => {
    pending += cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + lineEnd
    rows++
    if (pending.length >= FLUSH_AT) flush()
  }
  row(header)
  return {
    row,
    get rows() {
      return rows
    },
    close: () => {
      flush()
      closeSync(file)
    },
  }
}

function quoted(cell: Cell, delimiter: string): string {
  if (cell === null) return ''
  const text = String(cell)
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
