import { ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import type { DateFormat } from '../../identity/normalise/date-time.ts'
import { type DecimalMark, detectDecimalMark } from '../../identity/normalise/money.ts'
import { addedColumns } from './failed-row-columns.ts'
import { type Header, headerKey, likeness, prepareHeader, type Spelling, spelling } from './header-words.ts'
import { customerPrefixes, synonyms } from './synonyms.ts'
import { judge } from './value-fit.ts'
import { profileValues, type ValueProfile } from './value-profile.ts'

export type Confidence = 'sure' | 'likely' | 'unsure'
/** Why a column was mapped: its header is one of the field's words, is like one, its values say so, both, or nothing fits. */
export type MappingReason = 'header' | 'header-like' | 'values' | 'header-and-values' | 'nothing-fits' | 'taken' | 'failed-rows'

export interface MappedColumn {
  index: number
  header: string
  /** A key of `importKinds[kind]`, or null when the column is left out. */
  field: string | null
  confidence: Confidence
  reason: MappingReason
}

export interface SuggestedMapping {
  kind: ImportKind
  /** In [0, 1]: how far this kind stands above the next. */
  kindConfidence: number
  columns: MappedColumn[]
  /** Of the mapped date columns. `ambiguousDate`: day and month cannot be told apart, the user must say. */
  dateFormat: DateFormat | undefined
  ambiguousDate: boolean
  decimal: DecimalMark | undefined
  /** Required fields that no column was found for. */
  missing: string[]
}

interface Column {
  index: number
  raw: string
  header: Header
  profile: ValueProfile
}

interface Candidate {
  column: Column
  field: string
  /** Likeness of the header. */
  likeness: number
  fit: number
  evidence: number
  score: number
}

const prefixKeys = customerPrefixes
  .split('|')
  .map(headerKey)
  .sort((a, b) => b.length - a.length)
const customerFields = new Set(['customerExternalId', 'customerPhone', 'customerEmail', 'customerMemberNumber', 'customerName'])

const spellings = new Map<string, Spelling[]>()
function spellingsOf(kind: ImportKind, field: string): Spelling[] {
  const key = `${kind}.${field}`
  let known = spellings.get(key)
  if (!known) {
    known = [field, ...(synonyms[kind][field] ?? '').split('|')].filter(Boolean).map(spelling)
    spellings.set(key, known)
  }
  return known
}

/** 会员手机号 is the 手机号 in a file about members: the header without the word for whom it describes. */
function withoutPrefix(header: Header): Header | undefined {
  const prefix = prefixKeys.find((word) => header.key.startsWith(word) && header.key.length > word.length + 1)
  if (prefix === undefined) return undefined
  const key = header.key.slice(prefix.length)
  return {
    ...header,
    key,
    words: header.words.slice(1),
    stems: prepareHeader(key).stems,
    pinyin: header.pinyin === undefined ? undefined : prepareHeader(key).pinyin,
  }
}

function headerLikeness(kind: ImportKind, field: string, header: Header): number {
  if (header.meaningless) return 0
  let best = 0
  for (const word of spellingsOf(kind, field)) best = Math.max(best, likeness(header, word))
  const bare = best < 0.9 && (kind === 'customers' || customerFields.has(field)) ? withoutPrefix(header) : undefined
  if (bare) for (const word of spellingsOf(kind, field)) best = Math.max(best, likeness(bare, word) * 0.96)
  return best
}

/** One number for header and values together. Values that contradict a header weigh more than the header. */
function scoreOf(header: number, fit: number, evidence: number, count: number): number {
  if (header === 0) return evidence
  if (count < 2) return header
  const byHeader = fit < 0.3 ? header * 0.35 : header * (0.62 + 0.38 * fit)
  return Math.min(1.1, Math.max(byHeader, evidence * 0.92) + 0.12 * Math.min(byHeader, evidence))
}

function candidatesOf(kind: ImportKind, columns: readonly Column[]): Candidate[] {
  const found: Candidate[] = []
  for (const column of columns) {
    for (const field of Object.keys(importKinds[kind])) {
      const header = headerLikeness(kind, field, column.header)
      const { fit, evidence } = judge(kind, field, column.profile)
      const score = scoreOf(header, fit, evidence, column.profile.count)
      if (score >= 0.3) found.push({ column, field, likeness: header, fit, evidence, score })
    }
  }
  return found
}

/** quantity × unit price = amount, seen in the numbers of a row, tells three columns apart whatever they are called. */
function productTriples(kind: ImportKind, columns: readonly Column[], candidates: Candidate[]): void {
  if (kind !== 'order-lines') return
  const numeric = columns.filter(({ profile }) => profile.number > 0.9 && profile.numbers.length >= 5 && profile.is.phone < 0.5)
  for (const q of numeric) {
    for (const p of numeric) {
      for (const a of numeric) {
        if (q === p || a === q || a === p || q.profile.integer < 0.8 || !isProduct(q.profile.numbers, p.profile.numbers, a.profile.numbers))
          continue
        for (const [column, field] of [
          [q, 'quantity'],
          [p, 'unitPrice'],
          [a, 'amount'],
        ] as const) {
          const known = candidates.find((candidate) => candidate.column === column && candidate.field === field)
          if (known) known.score = Math.max(known.score, Math.min(1, known.score + 0.25), 0.8)
          else candidates.push({ column, field, likeness: 0, fit: 1, evidence: 0.8, score: 0.8 })
        }
      }
    }
  }
}

function isProduct(q: readonly number[], p: readonly number[], a: readonly number[]): boolean {
  let size = 0
  let right = 0
  let telling = 0
  for (let i = 0; i < q.length; i++) {
    if (Number.isNaN((q[i] as number) + (p[i] as number) + (a[i] as number))) continue
    size++
    if (Math.abs((q[i] as number) * (p[i] as number) - (a[i] as number)) < 0.011) right++
    if (q[i] !== 1 && p[i] !== 1 && a[i] !== 0) telling++
  }
  return size >= 5 && right >= size * 0.9 && telling >= 3
}

/** The best field for each column and the best column for each field: highest scores first. */
function assign(candidates: Candidate[]): Map<Column, Candidate> {
  const chosen = new Map<Column, Candidate>()
  const taken = new Set<string>()
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score || a.column.index - b.column.index)) {
    if (candidate.score < 0.42 || chosen.has(candidate.column) || taken.has(candidate.field)) continue
    chosen.set(candidate.column, candidate)
    taken.add(candidate.field)
  }
  return chosen
}

const requiredFields = (kind: ImportKind): string[] =>
  Object.entries(importKinds[kind] as Record<string, { required?: true }>)
    .filter(([, { required }]) => required)
    .map(([field]) => field)

/** What makes a file one of this kind besides its required fields: at least one of them must be there. */
const telling: Record<ImportKind, readonly string[]> = {
  customers: ['name', 'phone', 'email', 'externalId', 'memberNumber'],
  products: ['name', 'price', 'category', 'cost'],
  orders: ['number', 'customerExternalId', 'customerPhone', 'customerMemberNumber', 'customerEmail', 'customerName'],
  'order-lines': ['productCode', 'productName', 'category', 'unitPrice'],
  payments: ['means', 'reference', 'paidAt'],
  returns: ['reason', 'returnedAt', 'reference'],
  contacts: ['medium', 'content', 'direction', 'staff', 'result', 'purpose'],
}

function kindScore(kind: ImportKind, chosen: ReadonlyMap<Column, Candidate>, columns: number): number {
  const scores = new Map([...chosen.values()].map((candidate) => [candidate.field, candidate]))
  let sum = 0
  for (const { score, likeness: header } of chosen.values()) sum += score * (header > 0 ? 1 : 0.7)
  let missing = 0
  for (const field of requiredFields(kind)) if (!scores.has(field)) missing++
  const tells = telling[kind].filter((field) => (scores.get(field)?.score ?? 0) >= 0.5)
  const base = sum / Math.max(1, columns)
  // an order number that comes again and again is that of lines, payments or returns
  const number = scores.get('number')?.column.profile
  const repeats = kind === 'orders' && number !== undefined && number.count >= 10 && number.distinct < 0.9 ? 0.2 : 0
  return base - repeats - missing * 0.3 - (tells.length === 0 ? 0.4 : 0) + Math.min(0.12, tells.length * 0.04)
}

function confidenceOf(candidate: Candidate, rivals: readonly Candidate[]): Confidence {
  const { score, likeness: header, fit, evidence, column } = candidate
  const rival = Math.max(
    0,
    ...rivals
      .filter((other) => other !== candidate && (other.column === column || other.field === candidate.field))
      .map((other) => other.score),
  )
  if (column.profile.count === 0) return header >= 0.99 && rival < 0.9 ? 'likely' : 'unsure'
  if (header >= 0.92 && fit >= 0.7 && score - rival > 0.12) return 'sure'
  if (header >= 0.7 && evidence >= 0.8 && score - rival > 0.15) return 'sure'
  return score >= 0.6 ? 'likely' : 'unsure'
}

function reasonOf({ likeness: header, evidence }: Candidate): MappingReason {
  if (header === 0) return 'values'
  if (evidence >= 0.6) return 'header-and-values'
  return header >= 0.92 ? 'header' : 'header-like'
}

export interface SuggestInput {
  headers: readonly string[]
  /** Rows of cells, as wide as the headers; up to a hundred are of use. */
  samples: readonly (readonly string[])[]
  /** When the user has said what the file holds. */
  kind?: ImportKind
}

/**
 * Which column is which field, from headers (Chinese, English, pinyin, short forms, misspelt ones) and the values below them, and what the file holds. Wrong but *sure* must not happen, so
 * `sure` needs a header that is one of the field's words and values that agree; a good header over strange values is at most `likely`.
 */
export function suggestMapping({ headers, samples, kind }: SuggestInput): SuggestedMapping {
  const { own, line } = addedColumns(headers)
  const columns = headers.slice(0, own).map(
    (raw, index): Column => ({
      index,
      raw,
      header: prepareHeader(raw),
      profile: profileValues(samples.map((cells) => cells[index] ?? '')),
    }),
  )
  const filled = columns.filter(({ profile, header }) => profile.count > 0 || !header.meaningless).length
  const ranked = (kind ? [kind] : ImportKind.options)
    .map((option) => {
      const candidates = candidatesOf(option, columns)
      productTriples(option, columns, candidates)
      const chosen = assign(candidates)
      return { kind: option, candidates, chosen, score: kindScore(option, chosen, filled) }
    })
    .sort((a, b) => b.score - a.score)
  const best = ranked[0] as (typeof ranked)[number]
  const mapped = columns.map((column): MappedColumn => {
    const candidate = best.chosen.get(column)
    const { index, raw } = column
    if (candidate?.field === 'lineNumber' && line !== undefined)
      return { index, header: raw, field: null, confidence: 'sure', reason: 'failed-rows' }
    if (candidate)
      return {
        index,
        header: raw,
        field: candidate.field,
        confidence: confidenceOf(candidate, best.candidates),
        reason: reasonOf(candidate),
      }
    const wanted = best.candidates.some((other) => other.column === column && other.score >= 0.42)
    return { index, header: raw, field: null, confidence: 'unsure', reason: wanted ? 'taken' : 'nothing-fits' }
  })
  for (const [i, header] of headers.slice(own).entries()) {
    const numbers = best.kind === 'order-lines' && own + i === line
    mapped.push({ index: own + i, header, field: numbers ? 'lineNumber' : null, confidence: 'sure', reason: 'failed-rows' })
  }
  // A nameless sum beside a quantity may as well be the price of one: whoever imports must look.
  const counted = mapped.some(({ field }) => field === 'quantity')
  for (const column of mapped) {
    if (counted && best.kind === 'order-lines' && column.field === 'amount' && column.reason === 'values') column.confidence = 'unsure'
  }
  const fields = new Set(mapped.map(({ field }) => field))
  const lead = best.score - (ranked[1]?.score ?? best.score - 1)
  return {
    kind: best.kind,
    kindConfidence: Math.max(0, Math.min(1, 0.5 + lead * 3)),
    columns: mapped,
    ...dateFormatOf(best.kind, best.chosen),
    decimal: decimalOf(best.kind, best.chosen, samples),
    missing: requiredFields(best.kind).filter((field) => !fields.has(field)),
  }
}

function dateFormatOf(
  kind: ImportKind,
  chosen: ReadonlyMap<Column, Candidate>,
): { dateFormat: DateFormat | undefined; ambiguousDate: boolean } {
  const types = importKinds[kind] as Record<string, { type: string }>
  const dates = [...chosen.values()]
    .filter(({ field }) => /^(?:date|datetime|birthDate)$/.test(types[field]?.type ?? ''))
    .map(({ column }) => column.profile.date)
    .filter((date) => date !== undefined)
  // one column that settles day and month settles it for the file
  const settled =
    dates.find((date) => !date.ambiguous && (date.format === 'month-first' || date.format === 'day-first')) ??
    dates.find((date) => date.ambiguous) ??
    dates[0]
  return { dateFormat: settled?.format, ambiguousDate: settled?.ambiguous ?? false }
}

function decimalOf(kind: ImportKind, chosen: ReadonlyMap<Column, Candidate>, samples: SuggestInput['samples']): DecimalMark | undefined {
  const types = importKinds[kind] as Record<string, { type: string }>
  const values: string[] = []
  for (const { column, field } of chosen.values()) {
    if (/^(?:amount|price|quantity)$/.test(types[field]?.type ?? '')) for (const cells of samples) values.push(cells[column.index] ?? '')
  }
  return detectDecimalMark(values)
}
