import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { CustomerRow } from '../mapping/convert-row.ts'
import { sourceKeyOf } from './references.ts'
import type { WriteRow } from './writers.ts'

/** What a row's record is called in its channel; undefined when nothing names it. */
const keys: Partial<Record<ImportKind, (values: never) => string | undefined>> = {
  customers: ({ values }: CustomerRow) => sourceKeyOf(values),
  products: ({ code }: { code: string }) => code,
  orders: ({ number }: { number?: string }) => number,
  'order-lines': ({ orderNumber }: { orderNumber: string }) => orderNumber,
}

/** How many of these rows speak of a record that the channel has brought before; null where the kind has no key to know it by. */
export async function countKnown(tx: Tx, kind: ImportKind, channel: string, rows: readonly WriteRow['values'][]): Promise<number | null> {
  const keyOf = keys[kind]
  if (!keyOf) return null
  const wanted = rows.flatMap((values) => keyOf(values as never) ?? [])
  const found = await tx<{ key: string }[]>`${knownKeys(tx, kind, channel, [...new Set(wanted)])}`
  const known = new Set(found.map(({ key }) => key))
  return wanted.filter((key) => known.has(key)).length
}

function knownKeys(tx: Tx, kind: ImportKind, channel: string, wanted: string[]) {
  const ofChannel = tx`channel_id = (select id from channel where code = ${channel})`
  if (kind === 'products') return tx`select code as key from product where code = any (${wanted}::text[])`
  if (kind === 'customers') {
    return tx`select source_key as key from profile where ${ofChannel} and source_key = any (${wanted}::text[]) and retracted_at is null`
  }
  return tx`select number as key from orders where ${ofChannel} and number = any (${wanted}::text[]) and retracted_at is null`
}
