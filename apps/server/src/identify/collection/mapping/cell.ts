import type { CellType, ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { parseBirthDate } from '../../identity/normalise/birth-date.ts'
import { normaliseCreditCode } from '../../identity/normalise/credit-code.ts'
import { isDateProblem, parseDate, parseDateTime } from '../../identity/normalise/date-time.ts'
import { normaliseEmail } from '../../identity/normalise/email.ts'
import { normaliseIdNumber } from '../../identity/normalise/id-number.ts'
import { parseKind } from '../../identity/normalise/kind.ts'
import { parseAmount, parsePrice, parseQuantity } from '../../identity/normalise/money.ts'
import { normaliseName } from '../../identity/normalise/name.ts'
import { normalisePhone } from '../../identity/normalise/phone.ts'
import { parseSex } from '../../identity/normalise/sex.ts'
import { cleanLongText, cleanText } from '../../identity/normalise/text.ts'
import type { ContactMedium, OrderStatus, RowOptions } from './convert-row.ts'

/** Everything that can be wrong with a cell or a row. Texts: `contract/texts/import-problems.ts`. */
export const cellProblemCodes = [
  'value-missing',
  'text-too-long',
  'phone-invalid',
  'email-invalid',
  'money-invalid',
  'money-ambiguous',
  'money-too-big',
  'quantity-invalid',
  'date-invalid',
  'date-ambiguous',
  'birth-date-invalid',
  'sex-unknown',
  'kind-unknown',
  'id-number-invalid',
  'credit-code-invalid',
  'currency-unknown',
  'currency-conflict',
  'status-unknown',
  'direction-unknown',
  'too-many-tags',
  'customer-empty',
  'percent-invalid',
  'line-number-invalid',
] as const
export type CellProblemCode = (typeof cellProblemCodes)[number]

/** A cell's value; null when it says that there is none (性别: 未知). */
export type Typed = { value: unknown; currency?: string } | { problem: CellProblemCode } | null

const placeholders = /^(?:-+|—+|\/|\\n|n\/?a|#n\/a|nan|null|none|nil|无|暂无|空|未填|未填写|未知|不详|未提供)$/i

/** Whether a cell is empty or says that nothing is known. */
export function isEmptyCell(raw: string): boolean {
  if (raw === '') return true
  if (raw.length > 8) return raw.trim() === ''
  const text = raw.trim()
  return text === '' || placeholders.test(text)
}

const longFields = new Set(['note', 'content', 'preference', 'taboo', 'result', 'nextStep'])
const codeFields = new Set([
  'externalId',
  'customerExternalId',
  'memberNumber',
  'customerMemberNumber',
  'orderNumber',
  'number',
  'code',
  'productCode',
  'reference',
  'unionid',
  'openid',
])
const nameFields = new Set(['name', 'customerName', 'contactName', 'surname', 'givenName', 'staff'])

/** Longest texts of the fields that the profile catalogue does not limit. */
const longest: Record<string, number> = {
  content: 4000,
  result: 500,
  nextStep: 500,
  purpose: 200,
  productName: 300,
  name: 300,
  fullAddress: 400,
  surname: 60,
  givenName: 60,
  customerName: 120,
}

function maxLength(kind: ImportKind, field: string): number {
  const schema =
    kind === 'customers' ? (profileFields as Record<string, { schema: { maxLength?: number | null } }>)[field]?.schema : undefined
  return schema?.maxLength ?? longest[field] ?? 128
}

const value = (found: unknown): Typed => ({ value: found })

function textReader(kind: ImportKind, field: string): (raw: string) => Typed {
  const most = maxLength(kind, field)
  const clean = longFields.has(field) ? cleanLongText : nameFields.has(field) && !(kind === 'products') ? normaliseName : cleanText
  const isCode = codeFields.has(field)
  return (raw) => {
    let text = clean(raw)
    // numbers that went through a floating-point column: 17850.0
    if (isCode && text.endsWith('.0') && /^\d+\.0$/.test(text)) text = text.slice(0, -2)
    if (text === '') return null
    return text.length > most ? { problem: 'text-too-long' } : { value: text }
  }
}

const checked =
  (read: (raw: string) => unknown, problem: CellProblemCode) =>
  (raw: string): Typed => {
    const found = read(raw)
    return found === undefined ? { problem } : found === null ? null : { value: found }
  }

const statuses: [RegExp, OrderStatus][] = [
  [/取消|关闭|作废|cancel|close|void/i, 'cancelled'],
  [/未付|待付|待支付|未支付|unpaid|pending|open|new|draft|未完成|处理中|processing/i, 'open'],
  [/完成|成功|签收|收货|complete|deliver|done|finish|success|fulfilled|退款|refund|return/i, 'completed'],
  [/付|发货|支付|paid|ship/i, 'paid'],
]
const media: [RegExp, ContactMedium][] = [
  [/微信|企微|wechat|weixin|whatsapp/i, 'wechat'],
  [/短信|sms|text message/i, 'sms'],
  [/邮件|邮箱|e-?mail/i, 'email'],
  [/到店|门店|shop|store|in person/i, 'shop'],
  [/上门|拜访|面谈|走访|visit|meeting|face/i, 'visit'],
  [/电话|通话|来电|phone|call|tel/i, 'phone'],
  [/在线|客服|网站|qq|app|chat|online|web/i, 'online'],
  [/信函|信件|letter|post/i, 'letter'],
]

const firstMatch = <T>(table: [RegExp, T][], text: string): T | undefined => table.find(([pattern]) => pattern.test(text))?.[1]

function readDirection(raw: string): 'in' | 'out' | undefined {
  if (/呼入|来电|来访|被动|客户(?:发起|主动|来)|inbound|incoming|^in$|^呼入$/i.test(raw.trim())) return 'in'
  return /呼出|去电|外呼|外出|主动|我方|outbound|outgoing|^out$/i.test(raw.trim()) ? 'out' : undefined
}

function choiceReader(field: string): (raw: string) => Typed {
  if (field === 'direction') return checked(readDirection, 'direction-unknown')
  if (field === 'medium') return (raw) => value(firstMatch(media, raw) ?? 'other')
  return checked((raw) => firstMatch(statuses, raw), 'status-unknown')
}

const separators = /[,，、;；|\n]+/

function readTags(raw: string): Typed {
  const tags = [...new Set(raw.split(separators).map(cleanText).filter(Boolean))]
  if (tags.some((tag) => tag.length > 40)) return { problem: 'text-too-long' }
  return tags.length > 50 ? { problem: 'too-many-tags' } : tags.length === 0 ? null : { value: tags }
}

/** Days repeat in a file: the last few hundred are kept as they were read. */
function remembered(read: (raw: string) => Typed): (raw: string) => Typed {
  const known = new Map<string, Typed>()
  return (raw) => {
    const found = known.get(raw)
    if (found !== undefined) return found
    const made = read(raw)
    if (known.size >= 2000) known.clear()
    known.set(raw, made)
    return made
  }
}

const ordinalOf = (number: number | undefined): number | undefined =>
  number !== undefined && Number.isInteger(number) && number >= 1 && number <= 1e9 ? number : undefined

/** The function that reads one field's cells. */
export function cellReader(kind: ImportKind, field: string, type: CellType, options: RowOptions): (raw: string, currency: string) => Typed {
  const { timeZone, dateFormat: format, decimal } = options
  if (kind === 'customers' && field === 'idNumber') return checked(normaliseIdNumber, 'id-number-invalid')
  if (kind === 'customers' && field === 'creditCode') return checked(normaliseCreditCode, 'credit-code-invalid')
  switch (type) {
    case 'phone':
      return checked((raw) => normalisePhone(raw), 'phone-invalid')
    case 'email':
      return checked(normaliseEmail, 'email-invalid')
    case 'amount':
    case 'price': {
      const parse = type === 'amount' ? parseAmount : parsePrice
      return (raw, currency) => {
        const money = parse(raw, { currency, decimal })
        if (typeof money === 'string') return { problem: money }
        return money.currency === undefined ? { value: money.value } : { value: money.value, currency: money.currency }
      }
    }
    case 'quantity':
      return checked((raw) => parseQuantity(raw, decimal), 'quantity-invalid')
    case 'ordinal':
      return checked((raw) => ordinalOf(parseQuantity(raw, decimal)), 'line-number-invalid')
    case 'percent':
      return checked((raw) => {
        const number = parseQuantity(raw.replace(/[%％]\s*$/, ''), decimal)
        return number
      }, 'percent-invalid')
    case 'date':
      return remembered((raw) => {
        const day = parseDate(raw, { format })
        return day === undefined ? { problem: 'date-invalid' } : isDateProblem(day) ? { problem: day } : { value: day }
      })
    case 'datetime':
      return remembered((raw) => {
        const at = parseDateTime(raw, timeZone, { format })
        return typeof at === 'string' ? { problem: at } : { value: at }
      })
    case 'birthDate':
      return (raw) => {
        const date = parseBirthDate(raw, { format })
        if (date !== undefined) return { value: date }
        return { problem: parseDate(raw, { format }) === 'date-ambiguous' ? 'date-ambiguous' : 'birth-date-invalid' }
      }
    case 'sex':
      return checked(parseSex, 'sex-unknown')
    case 'kind':
      return checked(parseKind, 'kind-unknown')
    case 'tags':
      return readTags
    case 'choice':
      return choiceReader(field)
    case 'region':
    case 'text':
      return textReader(kind, field)
  }
}
