import { type Archive, openArchive } from './archive.ts'
import { FileProblem } from './file-problem.ts'
import { limits } from './limits.ts'
import type { ReadOptions, TableBatch } from './table.ts'
import { attribute, type XmlHandler, XmlTokens } from './xml-tokens.ts'

export interface Sheet {
  name: string
  path: string
}

interface Workbook {
  sheets: Sheet[]
  /** Days count from 1904, as on old Macs. */
  from1904: boolean
  /** Whether a cell with this style index shows a date, or a time only. */
  dateStyles: ('date' | 'time' | undefined)[]
  sharedStrings: string[]
}

async function parse(archive: Archive, name: string, handler: XmlHandler): Promise<void> {
  const tokens = new XmlTokens(handler)
  const decoder = new TextDecoder()
  for await (const piece of await archive.read(name)) tokens.push(decoder.decode(piece, { stream: true }))
  tokens.end()
}

const nothing = (): void => undefined

/** `xl/workbook.xml` and what it says belongs to it, whatever the parts are called. */
async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await relations(archive, '_rels/.rels', '')
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const parts = await relations(archive, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const workbook: Workbook = { sheets: [], from1904: false, dateStyles: [], sharedStrings: [] }
  await parse(archive, main, {
    open(name, attributes) {
      if (name === 'workbookPr') workbook.from1904 = /^(?:1|true|on)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet' || /hidden/i.test(attribute(attributes, 'state') ?? '')) return
      const part = parts.get(attribute(attributes, '[a-z0-9]+:id') ?? '')
      if (part?.type === 'worksheet') workbook.sheets.push({ name: attribute(attributes, 'name') ?? '', path: part.target })
    },
    text: nothing,
    close: nothing,
  })
  const partOf = (type: string) => [...parts.values()].find((part) => part.type === type)?.target
  const styles = partOf('styles')
  if (styles !== undefined && archive.entries.has(styles)) workbook.dateStyles = await readDateStyles(archive, styles)
  const strings = partOf('sharedStrings')
  if (strings !== undefined && archive.entries.has(strings)) workbook.sharedStrings = await readSharedStrings(archive, strings)
  return workbook
}

async function relations(archive: Archive, name: string, folder: string): Promise<Map<string, { type: string; target: string }>> {
  const found = new Map<string, { type: string; target: string }>()
  if (!archive.entries.has(name)) return found
  await parse(archive, name, {
    open(tag, attributes) {
      if (tag !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = attribute(attributes, 'Target') ?? ''
      const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
      found.set(attribute(attributes, 'Id') ?? '', {
        type,
        target: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
      })
    },
    text: nothing,
    close: nothing,
  })
  return found
}

/** Built-in number formats that show dates; 18–21 and 45–47 show times only. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])

function dateKind(format: string): 'date' | 'time' | undefined {
  const bare =
    format
      .replace(/"[^"]*"|\\.|_.|\*./g, '')
      .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
      .split(';')[0] ?? ''
  if (/general/i.test(bare) || /[0#?]/.test(bare.replace(/s\.0+/gi, 's'))) return undefined
  if (/[ydeg]|年|日/i.test(bare)) return 'date'
  if (/[hs]/i.test(bare)) return 'time'
  return /m/i.test(bare) ? 'date' : undefined
}

async function readDateStyles(archive: Archive, name: string): Promise<Workbook['dateStyles']> {
  const formats = new Map<number, 'date' | 'time' | undefined>()
  const styles: Workbook['dateStyles'] = []
  let inCells = false
  await parse(archive, name, {
    open(tag, attributes) {
      if (tag === 'numFmt') formats.set(Number(attribute(attributes, 'numFmtId')), dateKind(attribute(attributes, 'formatCode') ?? ''))
      if (tag === 'cellXfs') inCells = true
      if (tag !== 'xf' || !inCells) return
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      styles.push(formats.has(id) ? formats.get(id) : builtInDates.has(id) ? 'date' : builtInTimes.has(id) ? 'time' : undefined)
    },
    text: nothing,
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return styles
}

async function readSharedStrings(archive: Archive, name: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let phonetic = 0
  let size = 0
  await parse(archive, name, {
    open(tag, _, selfClosing) {
      if (tag === 'si') text = ''
      else if (tag === 'rPh') phonetic++
      else if (tag === 't') inText = phonetic === 0 && !selfClosing
    },
    text(piece) {
      if (inText) text += piece
    },
    close(tag) {
      if (tag === 'si') {
        // an estimate of what a string costs; long before the heap is full, since a full heap is slow to fail
        size += 32 + text.length * 2
        if (size > limits.sharedStringBytes) throw new FileProblem('file-too-big', { limit: limits.sharedStringBytes })
        strings.push(escaped(text))
      }
      if (tag === 'rPh') phonetic--
      if (tag === 't') inText = false
    },
  })
  return strings
}

/** Spreadsheets write control characters as _x000D_. */
const escaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).toWellFormed()
    : text

/** A number as the user sees it: 15 significant digits, which take the noise off 29.330000000000002, and no exponent. */
function numberText(value: string): string {
  if (/^-?\d{1,15}$/.test(value)) return value
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  const rounded = Number(number.toPrecision(15))
  if (Math.abs(rounded) >= 1e21 || (rounded !== 0 && Math.abs(rounded) < 1e-6)) return String(rounded)
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded)
}

const pad = (value: number, size = 2): string => String(value).padStart(size, '0')

/** A serial day as ISO text: 2026-01-03, 2026-01-03 08:05:00, or 08:05:00 for times alone. */
function dateText(value: string, kind: 'date' | 'time', from1904: boolean): string {
  const serial = Number(value)
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return value
  const days = serial + (from1904 ? 1462 : serial < 60 ? 1 : 0)
  const at = new Date(Math.round(days * 86_400) * 1000 - 2_209_161_600_000)
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`
  if (kind === 'time' && serial < 1) return time
  const day = `${pad(at.getUTCFullYear(), 4)}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`
  return time === '00:00:00' ? day : `${day} ${time}`
}

/** BC12 → 54 (columns from 0). */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

/** Turns the tags of a worksheet into rows. */
class SheetRows implements XmlHandler {
  readonly #workbook: Workbook
  readonly #onRow: (row: number, cells: string[], tooWide: boolean) => void
  /** Rows by the sheet's own word (`<dimension>`), which is an estimate. */
  lastRow = 0
  #row = 0
  #cells: string[] = []
  #column = -1
  #tooWide = false
  #size = 0
  #type = ''
  #style = 0
  #value = ''
  #in: 'v' | 't' | undefined
  #phonetic = 0

  constructor(workbook: Workbook, onRow: (row: number, cells: string[], tooWide: boolean) => void) {
    this.#workbook = workbook
    this.#onRow = onRow
  }

  open(name: string, attributes: string, selfClosing: boolean): void {
    switch (name) {
      case 'c': {
        const reference = attribute(attributes, 'r')
        this.#column = reference === undefined ? this.#column + 1 : columnOf(reference)
        this.#type = attribute(attributes, 't') ?? ''
        this.#style = Number(attribute(attributes, 's') ?? 0)
        this.#value = ''
        break
      }
      case 'v':
      case 't':
        if (!selfClosing && this.#phonetic === 0) this.#in = name
        break
      case 'rPh':
        this.#phonetic++
        break
      case 'row': {
        const number = Number(attribute(attributes, 'r') ?? this.#row + 1)
        this.#row = Number.isInteger(number) && number > this.#row ? number : this.#row + 1
        this.#cells = []
        this.#column = -1
        this.#size = 0
        this.#tooWide = false
        break
      }
      case 'dimension':
        this.lastRow = Number(/(\d+)$/.exec(attribute(attributes, 'ref') ?? '')?.[1] ?? 0)
        break
      default:
    }
  }

  text(piece: string): void {
    if (this.#in === undefined) return
    this.#size += piece.length
    if (this.#size > limits.rowCharacters) throw new FileProblem('row-too-long', { row: this.#row, limit: limits.rowCharacters })
    this.#value += piece
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#in = undefined
    else if (name === 'rPh') this.#phonetic--
    else if (name === 'c') this.#put()
    else if (name === 'row') this.#onRow(this.#row, this.#cells, this.#tooWide)
  }

  #put(): void {
    const text = this.#cellText()
    if (text === '' || this.#column < 0) return
    if (this.#column >= limits.columns) {
      this.#tooWide = true
      return
    }
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = text
  }

  /** What the cell shows. Of a formula only the value that the spreadsheet program left beside it is read. */
  #cellText(): string {
    const value = this.#value
    switch (this.#type) {
      case 's':
        return this.#workbook.sharedStrings[Number(value)] ?? ''
      case 'str':
      case 'inlineStr':
        return escaped(value)
      case 'b':
        return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value
      case 'e':
        return value
      case 'd':
        return value
      default: {
        if (value === '') return ''
        const date = this.#workbook.dateStyles[this.#style]
        return date ? dateText(value, date, this.#workbook.from1904) : numberText(value)
      }
    }
  }
}

export interface OpenSheet {
  sheets: string[]
  sheet: string
  /** Batches as they are asked for; `lastRow` is known after the first. */
  batches: AsyncGenerator<TableBatch & { lastRow: number }>
}

/**
 * Opens a workbook and one of its sheets. Runs in the worker, whose memory is capped.
 * @throws FileProblem
 */
export async function openSheet(path: string, options: Pick<ReadOptions, 'sheet' | 'startRow' | 'batchSize'>): Promise<OpenSheet> {
  const archive = await openArchive(path)
  const workbook = await readWorkbook(archive)
  const sheet = options.sheet === undefined ? workbook.sheets[0] : workbook.sheets.find(({ name }) => name === options.sheet)
  if (!sheet) throw new FileProblem(workbook.sheets.length === 0 ? 'file-broken' : 'sheet-missing', { found: options.sheet ?? '' })
  return { sheets: workbook.sheets.map(({ name }) => name), sheet: sheet.name, batches: readSheet(archive, workbook, sheet, options) }
}

async function* readSheet(
  archive: Archive,
  workbook: Workbook,
  sheet: Sheet,
  options: Pick<ReadOptions, 'startRow' | 'batchSize'>,
): AsyncGenerator<TableBatch & { lastRow: number }> {
  const { startRow = 1, batchSize = 1000 } = options
  const ready: TableBatch[] = []
  let batch: TableBatch = { firstRow: startRow, rows: [], problems: [] }
  const rows = new SheetRows(workbook, (row, cells, tooWide) => {
    if (row < startRow) return
    const expected = batch.firstRow + batch.rows.length
    // blank rows are not in the file; a long gap starts a new batch
    if (row - expected > batchSize) {
      if (batch.rows.length > 0) ready.push(batch)
      batch = { firstRow: row, rows: [], problems: [] }
    }
    while (batch.firstRow + batch.rows.length < row) batch.rows.push([])
    if (tooWide) batch.problems.push({ row, code: 'too-many-columns' })
    batch.rows.push(cells)
    if (batch.rows.length >= batchSize) {
      ready.push(batch)
      batch = { firstRow: row + 1, rows: [], problems: [] }
    }
  })
  const tokens = new XmlTokens(rows)
  const decoder = new TextDecoder()
  try {
    for await (const piece of await archive.read(sheet.path)) {
      tokens.push(decoder.decode(piece, { stream: true }))
      for (const full of ready.splice(0)) yield { ...full, lastRow: rows.lastRow }
    }
    tokens.end()
    for (const full of ready.splice(0)) yield { ...full, lastRow: rows.lastRow }
    if (batch.rows.length > 0) yield { ...batch, lastRow: rows.lastRow }
  } finally {
    archive.close()
  }
}
