import { type CellType, type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import type { CustomerKind, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { type DateFormat } from '../../identity/normalise/date-time.ts'
import { type DecimalMark, parseCurrency } from '../../identity/normalise/money.ts'
import { type CellProblemCode, cellReader, isEmptyCell, type Typed } from './cell.ts'
import { customerRow } from './customer-row.ts'

/** Where an order, payment or contact says whose it is. Values are normalised. */
export interface CustomerReference {
  customerExternalId?: string
  customerPhone?: string
  customerEmail?: string
  customerMemberNumber?: string
  customerName?: string
}

export interface CustomerRow {
  kind: CustomerKind
  values: ProfileValues
}

/** Prices in 1/10,000 of the major unit. */
export interface ProductRow {
  code: string
  name?: string
  category?: string
  brand?: string
  price?: number
  cost?: number
  unit?: string
  currency: string
}

export type OrderStatus = 'open' | 'paid' | 'completed' | 'cancelled'

/** Amounts in minor units of `currency`. */
export interface OrderRow extends CustomerReference {
  number?: string
  placedAt: Date
  amount: number
  discount?: number
  currency: string
  /** With at most three decimals. */
  quantity?: number
  shop?: string
  status?: OrderStatus
  paymentMeans?: string
}

/** Amounts in minor units of `currency`, the unit price in 1/10,000 of the major unit. */
export interface OrderLineRow extends CustomerReference {
  orderNumber: string
  /** The line within its order, from 1. */
  lineNumber?: number
  placedAt: Date
  productCode?: string
  productName?: string
  category?: string
  quantity: number
  unitPrice?: number
  amount?: number
  discount?: number
  currency: string
  shop?: string
  country?: string
}

export interface PaymentRow {
  orderNumber: string
  paidAt: Date
  amount: number
  currency: string
  means?: string
  reference?: string
}

export interface ReturnRow {
  orderNumber: string
  returnedAt: Date
  productCode?: string
  quantity?: number
  amount: number
  currency: string
  reason?: string
  reference?: string
}

export type ContactMedium = 'phone' | 'wechat' | 'sms' | 'email' | 'visit' | 'shop' | 'online' | 'letter' | 'other'

export interface ContactRow extends CustomerReference {
  happenedAt: Date
  medium?: ContactMedium
  direction?: 'in' | 'out'
  purpose?: string
  content?: string
  result?: string
  nextStep?: string
  staff?: string
  reference?: string
}

export interface RowValues {
  customers: CustomerRow
  products: ProductRow
  orders: OrderRow
  'order-lines': OrderLineRow
  payments: PaymentRow
  returns: ReturnRow
  contacts: ContactRow
}

export interface RowProblem {
  /** The column's header, or its number when it has none; null when the row as a whole is wrong. */
  column: string | null
  field: string | null
  code: CellProblemCode
  /** What stood in the cell, cut at 200 characters. */
  value: string | null
}

/** A bad row still tells its order, when it has a readable one: it counts among the order's lines. */
export type ConvertedRow<K extends ImportKind> = { values: RowValues[K] } | { problems: RowProblem[]; orderNumber?: string } | 'blank'

export interface RowColumn {
  index: number
  header?: string
  field: string | null
}

export interface RowOptions {
  /** Of local times: an IANA name. */
  timeZone: string
  /** Of amounts that name none, ISO 4217. */
  currency: string
  dateFormat?: DateFormat | undefined
  decimal?: DecimalMark | undefined
}

interface CompiledColumn {
  index: number
  name: string
  field: string
  read: (raw: string, currency: string) => Typed
}

/**
 * Makes the function that turns a row's cells into typed values of its kind, or says everything that is wrong with it. Compiled once per import: the function does
 * only the work of its columns. Cells like "-", "NULL" and 无 are empty. A blank row is `blank`.
 */
export function compileRow<K extends ImportKind>(
  kind: K,
  columns: readonly RowColumn[],
  options: RowOptions,
): (cells: readonly string[]) => ConvertedRow<K> {
  const types = importKinds[kind] as Record<string, { type: CellType; required?: true; everyRow?: true }>
  const compiled: CompiledColumn[] = []
  for (const { index, header, field } of columns) {
    const type = field === null ? undefined : types[field]?.type
    if (field === null || type === undefined) continue
    compiled.push({ index, name: header ?? `#${index + 1}`, field, read: cellReader(kind, field, type, options) })
  }
  const currencyColumn = compiled.find(({ field }) => field === 'currency')
  const typed = compiled.filter((column) => column !== currencyColumn)
  const required = Object.keys(types).filter(
    (field) => types[field]?.required || (types[field]?.everyRow && compiled.some((column) => column.field === field)),
  )
  const finish = kind === 'customers' ? customerRow(compiled.map(({ field }) => field)) : undefined

  return (cells) => {
    const values: Record<string, unknown> = {}
    const problems: RowProblem[] = []
    let filled = 0
    const currency = currencyOf(currencyColumn, cells, options.currency, problems)
    let named: string | undefined
    for (const { index, name, field, read } of typed) {
      const raw = cells[index]
      if (raw === undefined || raw === '' || isEmptyCell(raw)) continue
      filled++
      const cell = read(raw, currency)
      if (cell === null) continue
      if ('problem' in cell) problems.push({ column: name, field, code: cell.problem, value: raw.slice(0, 200) })
      else {
        values[field] = cell.value
        if (cell.currency === undefined) continue
        // ¥ in one cell and USD in another: no single currency is true for the row
        const conflict =
          (named !== undefined && named !== cell.currency) ||
          (currencyColumn !== undefined && !isEmptyCell(cells[currencyColumn.index] ?? '') && cell.currency !== currency)
        if (conflict) problems.push({ column: name, field, code: 'currency-conflict', value: raw.slice(0, 200) })
        named = cell.currency
      }
    }
    if (filled === 0 && cells.every((cell) => cell.trim() === '')) return 'blank'
    for (const field of required) {
      if (values[field] !== undefined || problems.some((problem) => problem.field === field)) continue
      problems.push({ column: typed.find((column) => column.field === field)?.name ?? null, field, code: 'value-missing', value: null })
    }
    if (finish) return finish(values as Record<string, string>, problems) as ConvertedRow<K>
    if (problems.length > 0) return { problems, ...('orderNumber' in values ? { orderNumber: values.orderNumber as string } : {}) }
    if ('currency' in types) values.currency = named ?? currency
    return { values: values as unknown as RowValues[K] }
  }
}

function currencyOf(column: CompiledColumn | undefined, cells: readonly string[], fallback: string, problems: RowProblem[]): string {
  const raw = column === undefined ? undefined : cells[column.index]
  if (column === undefined || raw === undefined || isEmptyCell(raw)) return fallback
  const currency = parseCurrency(raw, fallback)
  if (currency === undefined)
    problems.push({ column: column.name, field: column.field, code: 'currency-unknown', value: raw.slice(0, 200) })
  return currency ?? fallback
}
