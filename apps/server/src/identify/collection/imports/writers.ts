import { createHash } from 'node:crypto'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { type ProfileRecord, type Recording, recordProfiles } from '../../identity/record-profiles.ts'
import { loadRates } from '../../transactions/rates.ts'
import { type HangingOutcome, recordContacts, recordPayments, recordReturns } from '../../transactions/record-hanging.ts'
import { type LineRecord, type OrderRecord, type Outcome, recordOrders } from '../../transactions/record-orders.ts'
import { recordProducts } from '../../transactions/record-products.ts'
import { inWaves } from '../../waves.ts'
import type { CustomerRow, OrderLineRow, OrderRow, RowValues } from '../mapping/convert-row.ts'
import type { StoredRowProblem } from './imports.ts'
import { lineOf } from './order-lines.ts'
import { resolveReferences, sourceKeyOf } from './references.ts'

/** A row of the file, converted. */
export interface WriteRow<K extends ImportKind = ImportKind> {
  number: number
  values: RowValues[K]
}

export type RowOutcome = Outcome | { problem: StoredRowProblem }

export interface WriteTarget {
  id: string
  settings: ImportSettings
  /** Recognises the file: its rows are the same rows when it is imported again. */
  fileHash: string
  recording: Recording
}

type Writer<K extends ImportKind> = (tx: Tx, target: WriteTarget, rows: readonly WriteRow<K>[]) => Promise<RowOutcome[]>

/** One function per kind: writes a batch of rows in a fixed number of statements and tells what became of each. */
const writers: { [K in ImportKind]: Writer<K> } = {
  customers: writeCustomers,
  products: async (tx, { recording }, rows) =>
    recordProducts(
      tx,
      recording,
      rows.map(({ values }) => values),
    ),
  orders: writeOrders,
  'order-lines': writeOrderLines,
  payments: async (tx, { recording }, rows) =>
    hangingOutcomes(
      await recordPayments(
        tx,
        recording,
        rows.map(({ values }) => ({ ...values, means: values.means ?? null, reference: values.reference ?? null })),
      ),
      rows,
    ),
  returns: async (tx, { recording }, rows) =>
    hangingOutcomes(
      await recordReturns(
        tx,
        recording,
        rows.map(({ values }) => ({
          ...values,
          productCode: values.productCode ?? null,
          quantity: values.quantity === undefined ? null : thousandths(values.quantity),
          amount: Math.abs(values.amount),
          reason: values.reason ?? null,
          reference: values.reference ?? null,
        })),
      ),
      rows,
    ),
  contacts: writeContacts,
}

/**
 * The writer of a kind. Rows of another kind never reach it: they were converted by the same settings. A row whose currency has
 * no rate on its day is refused before anything of it is written, its customer included.
 */
export const writerOf =
  (kind: ImportKind): Writer<ImportKind> =>
  async (tx, target, rows) => {
    const priced = await pricedRows(tx, rows)
    const written = await (writers[kind] as unknown as Writer<ImportKind>)(
      tx,
      target,
      rows.filter((row) => priced(row.values)),
    )
    const outcomes = written.values()
    return rows.map(
      ({ values }): RowOutcome =>
        priced(values) ? (outcomes.next().value as RowOutcome) : refused('currency', 'rate-missing', (values as Priced).currency ?? null),
    )
  }

interface Priced {
  currency?: string
  placedAt?: Date
  paidAt?: Date
  returnedAt?: Date
}

/** Tells of a row's values whether its money can be stated in the reporting currency; without money it can. */
export async function pricedRows(
  tx: Tx,
  rows: readonly { values: WriteRow['values'] }[],
): Promise<(values: WriteRow['values']) => boolean> {
  const currencies = new Set(rows.flatMap(({ values }) => (values as Priced).currency ?? []))
  const rates = await loadRates(tx, currencies)
  return (values) => {
    const { currency, placedAt, paidAt, returnedAt } = values as Priced
    const at = placedAt ?? paidAt ?? returnedAt
    return currency === undefined || at === undefined || rates.rateOf(currency, at) !== undefined
  }
}

const thousandths = (quantity: number): number => Math.round(quantity * 1000)

const refused = (field: string, code: string, value: string | null): RowOutcome => ({ problem: { column: null, field, code, value } })

function hangingOutcomes(
  outcomes: readonly HangingOutcome[],
  rows: readonly { values: { orderNumber: string; currency: string } }[],
): RowOutcome[] {
  return outcomes.map((outcome, i) => {
    if (outcome === 'order-unknown') return refused('orderNumber', outcome, rows[i]?.values.orderNumber ?? null)
    if (outcome === 'rate-missing') return refused('currency', outcome, rows[i]?.values.currency ?? null)
    return outcome
  })
}

async function writeCustomers(tx: Tx, { settings, recording }: WriteTarget, rows: readonly WriteRow<'customers'>[]): Promise<RowOutcome[]> {
  const records = rows.map(
    ({ values }): ProfileRecord => ({
      kind: values.kind,
      sourceKey: sourceKeyOf(values.values) ?? contentKey(values),
      values: values.values,
      ownerId: settings.ownerId ?? null,
      teamId: settings.teamId ?? null,
    }),
  )
  const recorded = await recordProfiles(tx, recording, records)
  return recorded.map(({ outcome }) => outcome)
}

/** A record that nothing names is known by all that it says. */
const contentKey = ({ kind, values }: CustomerRow): string =>
  `content:${createHash('sha256')
    .update(JSON.stringify([kind, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('base64url')
    .slice(0, 22)}`

/** Orders without lines: the whole order stands as one line of ordinal 0. */
async function writeOrders(tx: Tx, target: WriteTarget, rows: readonly WriteRow<'orders'>[]): Promise<RowOutcome[]> {
  const profiles = await resolveReferences(
    tx,
    target.recording,
    rows.map(({ values }) => values),
  )
  const orders = rows.map(
    ({ number, values }, i): OrderRecord => ({
      number: values.number ?? `${target.fileHash.slice(0, 10)}-${number}`,
      profileId: profiles[i] ?? null,
      placedAt: values.placedAt,
      currency: values.currency,
      status: values.status,
      shop: values.shop,
      paymentMeans: values.paymentMeans,
      lines: [wholeOrder(values)],
    }),
  )
  const results = await inWaves(
    orders,
    ({ number }) => number,
    (wave) => recordOrders(tx, target.recording, wave),
  )
  return rows.map((row, i) => orderOutcome(results[i]?.outcome ?? 'unchanged', row.values.currency))
}

const wholeOrder = ({ amount, quantity, discount }: OrderRow): LineRecord => ({
  ordinal: 0,
  productCode: null,
  productName: null,
  category: null,
  quantity: thousandths(quantity ?? (amount < 0 ? -1 : 1)),
  unitPrice: null,
  discount: discount ?? 0,
  amount,
})

const orderOutcome = (outcome: Outcome | 'rate-missing', currency: string): RowOutcome =>
  outcome === 'rate-missing' ? refused('currency', outcome, currency) : outcome

async function writeOrderLines(tx: Tx, target: WriteTarget, rows: readonly WriteRow<'order-lines'>[]): Promise<RowOutcome[]> {
  const byNumber = Map.groupBy(rows, ({ values }) => values.orderNumber)
  const groups = [...byNumber.values()]
  const profiles = await resolveReferences(
    tx,
    target.recording,
    groups.map((lines) => lines.find(({ values }) => hasReference(values))?.values ?? {}),
  )
  const results = await recordOrders(
    tx,
    target.recording,
    groups.map((lines, i): OrderRecord => {
      const [first] = lines as [WriteRow<'order-lines'>, ...WriteRow<'order-lines'>[]]
      const { orderNumber, placedAt, currency, shop } = first.values
      return {
        number: orderNumber,
        profileId: profiles[i] ?? null,
        placedAt,
        currency,
        shop,
        lines: lines.map(({ values }) => lineOf(values)),
      }
    }),
  )
  const outcomes = new Map<number, RowOutcome>()
  groups.forEach((lines, i) => {
    const result = results[i]
    lines.forEach(({ number, values }, k) => {
      const outcome = result?.outcome === 'rate-missing' ? 'rate-missing' : (result?.lines[k] ?? 'unchanged')
      outcomes.set(number, orderOutcome(outcome, values.currency))
    })
  })
  return rows.map(({ number }) => outcomes.get(number) ?? 'unchanged')
}

const hasReference = (values: OrderLineRow): boolean =>
  Boolean(values.customerExternalId ?? values.customerMemberNumber ?? values.customerPhone ?? values.customerEmail)

async function writeContacts(tx: Tx, { recording }: WriteTarget, rows: readonly WriteRow<'contacts'>[]): Promise<RowOutcome[]> {
  const profiles = await resolveReferences(
    tx,
    recording,
    rows.map(({ values }) => values),
  )
  const named = rows.flatMap((row, i) => {
    const profileId = profiles[i]
    return profileId ? [{ row, profileId }] : []
  })
  const recorded = await recordContacts(
    tx,
    recording,
    named.map(({ row: { values }, profileId }) => ({
      profileId,
      happenedAt: values.happenedAt,
      medium: values.medium ?? 'other',
      direction: values.direction ?? 'in',
      purpose: values.purpose ?? null,
      content: values.content ?? null,
      result: values.result ?? null,
      nextStep: values.nextStep ?? null,
      staff: values.staff ?? null,
      reference: values.reference ?? null,
    })),
  )
  const outcomes = new Map(named.map(({ row }, i) => [row.number, recorded[i] as RowOutcome]))
  return rows.map(({ number }) => outcomes.get(number) ?? refused('customerExternalId', 'customer-missing', null))
}
