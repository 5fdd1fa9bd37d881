import type { RowProblemCode } from './file-problem.ts'
import { limits } from './limits.ts'

/** Cells that are kept of a row: one more than it may have tells that it has too many. */
const mostCells = limits.columns + 1

/** Receives each row in turn; the header is one of them. */
export type OnRow = (cells: string[], problem: RowProblemCode | undefined) => void

/**
 * Cuts text into rows and cells as RFC 4180 has it, a piece at a time, and never stops: a quote that is not closed within
 * the longest row, or closes in the middle of a later row's text, is taken for a plain character of its own line, and a line without an end is dropped as one bad row.
 * Line ends within quotes belong to the cell; an empty line is a row, as in a spreadsheet.
 */
export class CsvRows {
  readonly #delimiter: string
  readonly #onRow: OnRow
  #rest = ''
  /** Inside a line that is too long: everything up to its end is dropped. */
  #dropping = false
  /** Of a row with quotes that goes on behind the text at hand: its cells so far, and how far they reach. Read again from its start for every piece, a long row would hold up everybody. */
  #cells: string[] = []
  #reach = 0

  constructor(delimiter: string, onRow: OnRow) {
    this.#delimiter = delimiter
    this.#onRow = onRow
  }

  push(piece: string): void {
    this.#read(this.#rest === '' ? piece : this.#rest + piece, false)
  }

  end(): void {
    this.#read(this.#rest, true)
  }

  #read(text: string, last: boolean): void {
    let at = 0
    // looked for again only when passed, or a text without them would be searched to its end for every line
    let feed = text.indexOf('\n')
    let back = text.indexOf('\r')
    let quote = text.indexOf('"')
    while (at < text.length) {
      if (feed >= 0 && feed < at) feed = text.indexOf('\n', at)
      if (back >= 0 && back < at) back = text.indexOf('\r', at)
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at)
      const end = lineEnd(text, feed, back, last)
      if (this.#dropping) {
        if (end < 0) break
        this.#dropping = false
        at = afterLine(text, end)
        continue
      }
      const plainLine = end >= 0 && (quote < 0 || quote > end)
      if (plainLine) {
        this.#emitLine(text.slice(at, end), undefined)
        at = afterLine(text, end)
        continue
      }
      if (end < 0 && quote < 0) {
        if (text.length - at <= limits.rowCharacters) break
        this.#onRow([], 'row-too-long')
        this.#dropping = true
        at = text.length
        break
      }
      const next = this.#quotedRow(text, at, last)
      if (next < 0) break
      at = next
    }
    this.#rest = this.#dropping ? text.slice(at).slice(-1) : text.slice(at)
    if (last) this.#rest = ''
  }

  #emitLine(line: string, problem: RowProblemCode | undefined): void {
    if (line.length > limits.rowCharacters) this.#onRow([], 'row-too-long')
    else this.#onRow(line.split(this.#delimiter, mostCells), problem)
  }

  /** Reads a row that has quotes; the place behind it, or -1 when more text is needed. */
  #quotedRow(text: string, start: number, last: boolean): number {
    let at = start + this.#reach
    for (;;) {
      this.#reach = at - start
      let cell = ''
      if (text.charCodeAt(at) === 34) {
        const closed = closingQuote(text, at, this.#delimiter, last)
        if (closed === 'more' && text.length - start <= limits.rowCharacters && !last) return -1
        if (typeof closed === 'string' || closed.end - start > limits.rowCharacters) return this.#unclosed(text, start, last)
        cell = closed.text
        at = closed.end
      }
      // a cell's plain part; also what stands between a closing quote and the next delimiter
      const end = cellEnd(text, at, this.#delimiter)
      if (end < 0) {
        if (!last) return text.length - start > limits.rowCharacters ? this.#tooLong(text) : -1
        this.#addCell(cell + withoutReturn(text.slice(at)))
        this.#endRow()
        return text.length
      }
      const character = text.charCodeAt(end)
      if (character === 13 && end + 1 === text.length && !last) return -1
      this.#addCell(at === end ? cell : cell + text.slice(at, end))
      if (character === 10 || character === 13) {
        this.#endRow()
        return afterLine(text, end)
      }
      at = end + 1
      if (at === text.length && last) {
        this.#addCell('')
        this.#endRow()
        return at
      }
    }
  }

  #addCell(cell: string): void {
    if (this.#cells.length < mostCells) this.#cells.push(cell)
  }

  #endRow(): void {
    const cells = this.#cells
    this.#forgetRow()
    this.#onRow(cells, undefined)
  }

  #forgetRow(): void {
    this.#cells = []
    this.#reach = 0
  }

  #tooLong(text: string): number {
    this.#forgetRow()
    this.#onRow([], 'row-too-long')
    this.#dropping = true
    return text.length
  }

  #unclosed(text: string, start: number, last: boolean): number {
    this.#forgetRow()
    // not by indexOf: where there is no \r at all, it would search the whole text for every line
    const mark = cellEnd(text, start, '\n')
    const end = text.charCodeAt(mark) === 13 ? lineEnd(text, -1, mark, last) : lineEnd(text, mark, -1, last)
    if (end < 0) return this.#tooLong(text)
    this.#emitLine(text.slice(start, end), 'quote-unclosed')
    return afterLine(text, end)
  }
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

/** Where the line ends, given the next \n and \r (-1: none): there, or at the end of the last piece, or -1. A \r at the very end waits for its \n. */
function lineEnd(text: string, feed: number, back: number, last: boolean): number {
  if (back >= 0 && (feed < 0 || back < feed)) return back + 1 === text.length && !last ? -1 : back
  if (feed >= 0) return feed
  return last ? text.length : -1
}

function afterLine(text: string, end: number): number {
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
}

function cellEnd(text: string, at: number, delimiter: string): number {
  const stop = delimiter.charCodeAt(0)
  for (let i = at; i < text.length; i++) {
    const character = text.charCodeAt(i)
    if (character === stop || character === 10 || character === 13) return i
  }
  return -1
}

type Closed = { text: string; end: number } | 'more' | 'unclosed'

/** The content of the quoted cell that opens at `at`, and the place behind its closing quote. */
function closingQuote(text: string, at: number, delimiter: string, last: boolean): Closed {
  let from = at + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return last ? 'unclosed' : 'more'
    if (quote + 1 === text.length && !last) return 'more'
    if (text.charCodeAt(quote + 1) === 34) {
      from = quote + 2
      continue
    }
    const behind = text.charAt(quote + 1)
    const inner = text.slice(at + 1, quote)
    const proper = behind === '' || behind === delimiter || behind === '\n' || behind === '\r'
    // a quote that opens on one line and "closes" inside a word of another was no opening quote
    if (!proper && /[\r\n]/.test(inner)) return 'unclosed'
    return { text: inner.includes('""') ? inner.replaceAll('""', '"') : inner, end: quote + 1 }
  }
}
