import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { asRows } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { lineAmount } from '../../transactions/line-amount.ts'
import { type LineRecord, sameLine } from '../../transactions/record-orders.ts'
import type { OrderLineRow } from '../mapping/convert-row.ts'
import { type ConvertedBatch, type GoodRow, orderNumberOf, refusedRow } from './row-converter.ts'

/** What is remembered from batch to batch of an import about the lines of its orders. */
interface LineLedger {
  /** Counts further lines of orders. @returns how many of each came before */
  count(lines: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>>
  /** Takes the numbers that rows of the file give to lines. @returns the rows that found theirs free */
  take(lines: readonly GivenLine[]): Promise<ReadonlySet<number>>
}

interface GivenLine {
  row: number
  number: string
  ordinal: number
}

/** Whether the file itself numbers the lines of its orders. */
export const givesLineNumbers = ({ columns }: Pick<ImportSettings, 'columns'>): boolean =>
  columns.some(({ field }) => field === 'lineNumber')

/**
 * Numbers the next lines of orders: as the file says, else by their place among all rows of the order in the file, refused ones
 * too. So the same file gives the same numbers however far its rows could be read, and a refused row keeps its own.
 */
export async function numberLines(
  ledger: LineLedger,
  settings: Pick<ImportSettings, 'kind' | 'columns'>,
  batch: ConvertedBatch,
): Promise<ConvertedBatch> {
  if (settings.kind !== 'order-lines') return batch
  return givesLineNumbers(settings) ? withGivenNumbers(ledger, batch) : withPlaces(ledger, batch)
}

async function withGivenNumbers(ledger: LineLedger, { good, bad }: ConvertedBatch): Promise<ConvertedBatch> {
  const free = await ledger.take(
    good.map(({ number, values }) => {
      const { orderNumber, lineNumber } = values as NumberedLine
      return { row: number, number: orderNumber, ordinal: lineNumber }
    }),
  )
  const repeated = good
    .filter(({ number }) => !free.has(number))
    .map((row) =>
      refusedRow(row, {
        column: null,
        field: 'lineNumber',
        code: 'line-number-repeated',
        value: String((row.values as NumberedLine).lineNumber),
      }),
    )
  return { good: good.filter(({ number }) => free.has(number)), bad: [...bad, ...repeated] }
}

async function withPlaces(ledger: LineLedger, { good, bad }: ConvertedBatch): Promise<ConvertedBatch> {
  const rows = [
    ...good.map(({ number, values }) => ({ number, order: orderNumberOf(values) })),
    ...bad.map(({ number, orderNumber }) => ({ number, order: orderNumber })),
  ]
  const lines = Map.groupBy(
    rows
      .flatMap(({ number, order }) => (order === undefined ? [] : [{ number, order: order.toWellFormed() }]))
      .sort((a, b) => a.number - b.number),
    ({ order }) => order,
  )
  const before = await ledger.count(new Map([...lines].map(([order, { length }]) => [order, length])))
  const places = new Map(
    [...lines].flatMap(([order, members]) => members.map(({ number }, i) => [number, (before.get(order) ?? 0) + i + 1] as const)),
  )
  return {
    good: good.map((row) => ({ ...row, values: { ...(row.values as OrderLineRow), lineNumber: places.get(row.number) as number } })),
    bad: bad.map((row) => ({ ...row, lineNumber: places.get(row.number) })),
  }
}

/** The ledger of an import, which survives its being broken off. */
export const importLedger = (tx: Tx, importId: string): LineLedger => ({
  async count(lines) {
    if (lines.size === 0) return new Map()
    const rows = await tx<{ number: string; before: number }[]>`
      insert into import_order as o (import_id, number, lines)
      select ${importId}, n.number, n.lines
        from json_to_recordset(${asRows(
          tx,
          Array.from(lines, ([number, count]) => ({ number, lines: count })),
        )}) as n(number text, lines int)
      on conflict (import_id, number) do update set lines = o.lines + excluded.lines
      returning o.number, o.lines as before`
    return new Map(rows.map(({ number, before }) => [number, before - (lines.get(number) ?? 0)]))
  },
  async take(lines) {
    if (lines.length === 0) return new Set()
    const rows = await tx<{ row: number }[]>`
      insert into import_line (import_id, number, ordinal, row_number)
      select ${importId}, n.number, n.ordinal, n.row from json_to_recordset(${asRows(tx, lines)}) as n(number text, ordinal int, row bigint)
       order by n.row
      on conflict do nothing
      returning row_number as row`
    return new Set(rows.map(({ row }) => row))
  },
})

/** The ledger of a check, which writes nothing: as large as the rows that are checked. */
export function checkLedger(): LineLedger {
  const counted = new Map<string, number>()
  const taken = new Map<string, Set<number>>()
  return {
    async count(lines) {
      const before = new Map(Array.from(lines.keys(), (number) => [number, counted.get(number) ?? 0]))
      for (const [number, count] of lines) counted.set(number, (counted.get(number) ?? 0) + count)
      return before
    },
    async take(lines) {
      const free = new Set<number>()
      for (const { row, number, ordinal } of lines) {
        const ordinals = taken.get(number) ?? new Set()
        if (!ordinals.has(ordinal)) free.add(row)
        taken.set(number, ordinals.add(ordinal))
      }
      return free
    },
  }
}

/** A line that has its number. */
export type NumberedLine = OrderLineRow & { lineNumber: number }

/** A row as the line of its order. */
export function lineOf(row: OrderLineRow): LineRecord {
  const values = row as NumberedLine
  const quantity = Math.round(values.quantity * 1000)
  const discount = values.discount ?? 0
  const amount = values.amount ?? (values.unitPrice === undefined ? 0 : lineAmount(quantity, values.unitPrice, discount, values.currency))
  return {
    ordinal: values.lineNumber,
    productCode: values.productCode ?? null,
    productName: values.productName ?? null,
    category: values.category ?? null,
    quantity,
    unitPrice: values.unitPrice ?? null,
    discount,
    // A file may write the amount of a returned line without its sign.
    amount: quantity < 0 && amount > 0 ? -amount : amount,
  }
}

export interface LineOutcomes {
  added: number
  replaced: number
  unchanged: number
}

/** What importing these lines would do to the orders of a channel. */
export async function lineOutcomes(tx: Tx, channel: string, rows: readonly GoodRow[]): Promise<LineOutcomes> {
  const lines = rows.map(({ values }) => ({ order: (values as OrderLineRow).orderNumber, line: lineOf(values as OrderLineRow) }))
  const held = await tx<(LineRecord & { number: string })[]>`
    select number, ordinal, product_code as "productCode", product_name as "productName", category, quantity, unit_price as "unitPrice", discount, amount
      from held_order_lines(${channel}, ${[...new Set(lines.map(({ order }) => order.toWellFormed()))]}::text[])`
  const known = new Map(held.map((line) => [`${line.ordinal} ${line.number}`, line]))
  const outcomes = { added: 0, replaced: 0, unchanged: 0 }
  for (const { order, line } of lines) {
    const before = known.get(`${line.ordinal} ${order}`)
    outcomes[!before ? 'added' : sameLine(before, line) ? 'unchanged' : 'replaced']++
  }
  return outcomes
}
