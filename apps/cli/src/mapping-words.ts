import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { importFieldLabels } from '@zhike/contract/texts/import-fields.ts'
import { UsageProblem } from './failure.ts'
import { nearest } from './nearest.ts'

/** Short words for the fields of each kind; the first that is a field of the kind is meant. */
const friendlyWords: Readonly<Record<string, readonly string[]>> = {
  customer: ['customerExternalId', 'externalId'],
  id: ['externalId', 'customerExternalId', 'code', 'reference'],
  member: ['memberNumber', 'customerMemberNumber'],
  phone: ['phone', 'customerPhone'],
  mobile: ['phone', 'customerPhone'],
  email: ['email', 'customerEmail'],
  mail: ['email', 'customerEmail'],
  name: ['name', 'customerName', 'productName'],
  order: ['orderNumber', 'number'],
  invoice: ['orderNumber', 'number'],
  line: ['lineNumber'],
  date: ['placedAt', 'paidAt', 'returnedAt', 'happenedAt', 'registeredOn'],
  time: ['placedAt', 'paidAt', 'returnedAt', 'happenedAt'],
  day: ['placedAt', 'paidAt', 'returnedAt', 'happenedAt', 'registeredOn'],
  amount: ['amount'],
  total: ['amount'],
  product: ['productCode', 'code'],
  sku: ['productCode', 'code'],
  item: ['productCode', 'code'],
  description: ['productName', 'name'],
  quantity: ['quantity'],
  qty: ['quantity'],
  price: ['unitPrice', 'price'],
  birthday: ['birthDate'],
  gender: ['sex'],
  level: ['memberLevel'],
  store: ['shop'],
  payment: ['paymentMeans', 'means'],
  channel: ['medium'],
  text: ['content', 'note'],
}

/** The word that leaves a column out. */
const leaveOut = 'ignore'

/** A column as inspecting the file has found it. */
export interface FoundColumn {
  readonly index: number
  readonly header: string
  readonly field: string | null
}

/**
 * The field of a kind that a word means: its own name, a friendly word, or its label in either language.
 * @throws UsageProblem naming the nearest word
 */
export function fieldOf(kind: ImportKind, word: string): string {
  const fields = Object.keys(importKinds[kind])
  const written = word.trim().toLowerCase()
  const own = fields.find((field) => field.toLowerCase() === written)
  if (own !== undefined) return own
  const friendly = (friendlyWords[written] ?? []).find((field) => fields.includes(field))
  if (friendly !== undefined) return friendly
  const labels: Record<string, { zh: string; en: string }> = importFieldLabels[kind]
  const labelled = fields.find((field) => labels[field]?.zh === word.trim() || labels[field]?.en.toLowerCase() === written)
  if (labelled !== undefined) return labelled
  const words = Object.keys(friendlyWords).filter((known) => friendlyWords[known]?.some((field) => fields.includes(field)))
  const meant = nearest(written, [...words, ...fields])
  throw meant === undefined
    ? new UsageProblem(
        { zh: '--map：“{word}”不是这类数据的字段。可用：{all}。', en: '--map: "{word}" is no field of this kind. Choose from {all}.' },
        { word, all: [...words, ...fields].join(', ') },
      )
    : new UsageProblem(
        { zh: '--map：没有字段“{word}”；您是否想写 {meant}？', en: '--map: there is no field "{word}"; did you mean {meant}?' },
        { word, meant },
      )
}

/**
 * `customer=ID,date=Day,amount=Total` as pairs; a comma within a column's name is no mistake.
 * @throws UsageProblem for a piece without both sides
 */
export function mappingPairs(written: readonly string[]): { word: string; column: string }[] {
  return written
    .flatMap((text) => text.split(/,(?=[^,=]+=)/))
    .map((pair) => {
      const at = pair.indexOf('=')
      const [word, column] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      if (at > 0 && column !== '') return { word, column }
      throw new UsageProblem(
        {
          zh: '--map 应写成 字段=列名，例如 customer=ID,date=Day；“{pair}”不是。',
          en: '--map is written field=Column, as in customer=ID,date=Day; "{pair}" is not.',
        },
        { pair },
      )
    })
}

/**
 * The columns of a file with what was said about them; of the others stays what was found out, unless their field was given
 * to another column. A column is named by its header, or by its place: `#2`.
 * @throws UsageProblem naming the nearest field or column
 */
export function mapColumns(kind: ImportKind, columns: readonly FoundColumn[], written: readonly string[]): FoundColumn[] {
  const said = new Map<number, string | null>()
  for (const { word, column } of mappingPairs(written)) {
    said.set(columnOf(columns, column).index, word.toLowerCase() === leaveOut ? null : fieldOf(kind, word))
  }
  const taken = new Set(said.values())
  return columns.map(({ index, header, field }) => {
    const told = said.get(index)
    if (told !== undefined) return { index, header, field: told }
    return { index, header, field: field !== null && taken.has(field) ? null : field }
  })
}

/** The column that --map names: by its header, or by its place. @throws UsageProblem naming the nearest */
export function columnOf(columns: readonly FoundColumn[], written: string): FoundColumn {
  const place = /^#(\d{1,5})$/.exec(written)?.[1]
  const found =
    columns.find(({ header }) => header.trim() === written) ??
    columns.find(({ header }) => header.trim().toLowerCase() === written.toLowerCase()) ??
    (place === undefined ? undefined : columns[Number(place) - 1])
  if (found) return found
  const headers = columns.map(({ header }) => header.trim()).filter((header) => header !== '')
  const meant = nearest(written, headers)
  throw meant === undefined
    ? new UsageProblem(
        {
          zh: '--map：文件里没有“{written}”这一列。文件中的列：{all}。',
          en: '--map: the file has no column "{written}". Its columns: {all}.',
        },
        { written, all: headers.join(', ') },
      )
    : new UsageProblem(
        {
          zh: '--map：文件里没有“{written}”这一列；您是否想写 {meant}？',
          en: '--map: the file has no column "{written}"; did you mean {meant}?',
        },
        { written, meant },
      )
}
