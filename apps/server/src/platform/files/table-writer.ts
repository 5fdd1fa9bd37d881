import { safeCell } from './safe-cell.ts'
import { type ZipEntry, zip } from './zip-writer.ts'

/** Text is made safe against formulas; numbers stay numbers; null is an empty cell. */
export type Cell = string | number | null
export type TableFormat = 'csv' | 'xlsx'

export const tableMediaTypes: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Batches of rows, as they come from a cursor. */
export type RowBatches = AsyncIterable<readonly (readonly Cell[])[]>

/** A table as the bytes of a file; memory holds one batch, whatever the number of rows. */
export function writeTable(format: TableFormat, header: readonly string[], batches: RowBatches): AsyncGenerator<Buffer> {
  return format === 'csv' ? csvBytes(header, batches) : xlsxBytes(header, batches)
}

/** UTF-8 with a mark, by which spreadsheets know it. */
async function* csvBytes(header: readonly string[], batches: RowBatches): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${csvRow(header)}`)
  for await (const rows of batches) yield Buffer.from(rows.map(csvRow).join(''))
}

const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = safeCell(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A sheet ends here; what is more goes into the next one, under the same header. */
const rowsPerSheet = 1_048_576

async function* xlsxBytes(header: readonly string[], batches: RowBatches): AsyncGenerator<Buffer> {
  yield* zip(workbook(header, batches))
}

async function* workbook(header: readonly string[], batches: RowBatches): AsyncGenerator<ZipEntry> {
  const rows = batches[Symbol.asyncIterator]()
  const rest: { rows: readonly (readonly Cell[])[]; done: boolean } = { rows: [], done: false }
  let sheets = 0
  do {
    sheets++
    yield { name: `xl/worksheets/sheet${sheets}.xml`, content: sheet(header, rows, rest) }
  } while (!rest.done)
  for (const [name, text] of Object.entries(packageParts(sheets))) yield { name, content: [text] }
}

/** One sheet; takes batches until it is full and leaves in `rest` what did not fit. */
async function* sheet(
  header: readonly string[],
  batches: AsyncIterator<readonly (readonly Cell[])[]>,
  rest: { rows: readonly (readonly Cell[])[]; done: boolean },
): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${xlsxRow(header, 1)}`
  let number = 1
  for (;;) {
    if (rest.rows.length === 0) {
      const next = await batches.next()
      if (next.done) {
        rest.done = true
        break
      }
      rest.rows = next.value
    }
    const fitting = rest.rows.slice(0, rowsPerSheet - number)
    if (fitting.length === 0 && rest.rows.length > 0) break
    const first = number
    yield fitting.map((cells, i) => xlsxRow(cells, first + i + 1)).join('')
    number += fitting.length
    rest.rows = rest.rows.slice(fitting.length)
  }
  yield '</sheetData></worksheet>'
}

const xlsxRow = (cells: readonly Cell[], number: number): string =>
  `<row r="${number}">${cells.map((cell, i) => xlsxCell(cell, `${columnName(i)}${number}`)).join('')}</row>`

function xlsxCell(cell: Cell, place: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xmlText(safeCell(cell))}</t></is></c>`
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** What XML cannot hold is written as spreadsheets write it; tabs and line feeds it can. */
const unwritable = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const xmlText = (text: string): string =>
  text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(unwritable, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function packageParts(sheets: number): Record<string, string> {
  const each = (text: (number: number) => string) => Array.from({ length: sheets }, (_, i) => text(i + 1)).join('')
  return {
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${documents}"><sheets>${each(
      (n) => `<sheet name="Sheet${n}" sheetId="${n}" r:id="rId${n}"/>`,
    )}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${relations}">${each(
      (n) => `<Relationship Id="rId${n}" Type="${documents}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )}</Relationships>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>${each(
      (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
    )}</Types>`,
  }
}
