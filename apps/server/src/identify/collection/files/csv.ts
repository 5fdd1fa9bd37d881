import { type FileHandle, open } from 'node:fs/promises'
import { CsvRows } from './csv-rows.ts'
import { detectEncoding, type Encoding, encodings } from './encoding.ts'
import { FileProblem, type RowProblemCode } from './file-problem.ts'
import { limits } from './limits.ts'
import type { ReadOptions, TableBatch } from './table.ts'

const pieceBytes = 131_072
export const delimiters = [',', '\t', ';', '|'] as const

export interface CsvDialect {
  encoding: Encoding
  bom: number
  delimiter: string
}

/** The text of the file in pieces, decoded; bytes that are none in the encoding become U+FFFD. */
async function* pieces(file: FileHandle, dialect: Pick<CsvDialect, 'encoding' | 'bom'>, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(dialect.encoding, { ignoreBOM: true })
  const buffer = Buffer.alloc(pieceBytes)
  let position = dialect.bom
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, pieceBytes, position)
    if (bytesRead === 0) break
    position += bytesRead
    yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true })
  }
  const end = decoder.decode()
  if (end !== '') yield end
}

function rowsOf(text: string, delimiter: string, most: number): string[][] {
  const rows: string[][] = []
  const reader = new CsvRows(delimiter, (cells) => void (rows.length < most && rows.push(cells)))
  reader.push(text)
  if (rows.length < most) reader.end()
  return rows
}

/** The delimiter that cuts the rows into the most cells, equally many in most rows; a comma when none does. */
export function detectDelimiter(text: string): string {
  let best: string = ','
  let bestScore = 0
  for (const delimiter of delimiters) {
    const rows = rowsOf(text, delimiter, 60).filter((cells) => cells.length > 1 || cells[0] !== '')
    const counts = new Map<number, number>()
    for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
    const [width, times] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [1, 0]
    const score = (times / Math.max(1, rows.length)) * (1 + Math.log2(width))
    if (score > bestScore * 1.001) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

/** How a file is written, by its first part. What the options fix is not guessed. */
export async function detectDialect(file: FileHandle, options: Pick<ReadOptions, 'encoding' | 'delimiter'>): Promise<CsvDialect> {
  const detected = await detectEncoding(file).catch((problem: unknown) => {
    if (options.encoding === undefined || !(problem instanceof FileProblem)) throw problem
    return { encoding: options.encoding, bom: 0 }
  })
  const encoding = options.encoding ?? detected.encoding
  if (!encodings.includes(encoding)) throw new FileProblem('encoding-unknown', { found: encoding })
  const bom = encoding === detected.encoding ? detected.bom : 0
  if (options.delimiter !== undefined) return { encoding, bom, delimiter: options.delimiter }
  for await (const piece of pieces(file, { encoding, bom })) return { encoding, bom, delimiter: detectDelimiter(piece) }
  return { encoding, bom, delimiter: ',' }
}

const problemOf = (cells: string[], problem: RowProblemCode | undefined): RowProblemCode | undefined => {
  if (problem) return problem
  return cells.length > limits.columns ? 'too-many-columns' : undefined
}

/** The rows of a CSV file in batches, read as they are asked for. */
export async function* readCsv(path: string, options: ReadOptions): AsyncGenerator<TableBatch> {
  const file = await open(path)
  try {
    const dialect = await detectDialect(file, options)
    const startRow = options.startRow ?? 1
    const batchSize = options.batchSize ?? 1000
    let row = 0
    let batch: TableBatch = { firstRow: startRow, rows: [], problems: [] }
    let suspicious = false
    let characters = 0
    const ready: TableBatch[] = []
    const reader = new CsvRows(dialect.delimiter, (cells, problem) => {
      row++
      if (row < startRow) return
      let found = problemOf(cells, problem)
      if (suspicious && found === undefined) {
        if (cells.some((cell) => cell.includes('\ufffd'))) found = 'encoding-bad'
        else if (cells.some((cell) => cell.includes('\0'))) found = 'nul-byte'
      }
      if (found !== undefined) batch.problems.push({ row, code: found })
      batch.rows.push(found === 'too-many-columns' ? cells.slice(0, limits.columns) : cells)
      if (batch.rows.length >= batchSize) {
        ready.push(batch)
        batch = { firstRow: row + 1, rows: [], problems: [] }
      }
    })
    for await (const piece of pieces(file, dialect, options.signal)) {
      // once seen, always looked for: a row may reach into the next piece
      suspicious ||= piece.includes('\ufffd') || piece.includes('\0')
      reader.push(piece)
      characters += piece.length
      if (ready.length > 0) characters = 0
      else if (characters > limits.batchCharacters && batch.rows.length > 0) {
        ready.push(batch)
        batch = { firstRow: row + 1, rows: [], problems: [] }
        characters = 0
      }
      yield* ready.splice(0)
    }
    reader.end()
    yield* ready.splice(0)
    if (batch.rows.length > 0) yield batch
  } finally {
    await file.close()
  }
}

/** The first rows of a CSV file, and an estimate of how many there are. */
export async function sampleCsv(
  path: string,
  options: ReadOptions,
  most: number,
): Promise<{ dialect: CsvDialect; batch: TableBatch; estimatedRows: number }> {
  const file = await open(path)
  let dialect: CsvDialect
  let size: number
  try {
    dialect = await detectDialect(file, options)
    size = (await file.stat()).size
  } finally {
    await file.close()
  }
  const known = { ...options, encoding: dialect.encoding, delimiter: dialect.delimiter, batchSize: most }
  const batches = readCsv(path, known)
  try {
    const { value: batch } = await batches.next()
    if (!batch) throw new FileProblem('file-empty')
    const count = batch.rows.length
    if (count < most && (await batches.next()).done) return { dialect, batch, estimatedRows: count }
    const encoded =
      dialect.encoding === 'utf-8' ? Buffer.byteLength(text(batch)) : text(batch).length * (dialect.encoding.startsWith('utf-16') ? 2 : 1.3)
    return { dialect, batch, estimatedRows: Math.max(count, Math.round(((size - dialect.bom) / encoded) * count)) }
  } finally {
    await batches.return(undefined)
  }
}

const text = (batch: TableBatch): string => batch.rows.map((cells) => cells.join(',')).join('\n') + '\n'
