import { asRows, insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Recording } from '../identity/record-profiles.ts'
import type { Outcome } from './record-orders.ts'

/** Prices in 1/10,000 of the currency's major unit. What is undefined stays as it was. */
export interface ProductRecord {
  code: string
  name?: string | undefined
  category?: string | undefined
  brand?: string | undefined
  unit?: string | undefined
  price?: number | undefined
  cost?: number | undefined
  currency: string
}

interface Held {
  id: string
  code: string
  name: string
  category: string | null
  brand: string | null
  unit: string | null
  price: number | null
  cost: number | null
}

const fields = ['name', 'category', 'brand', 'unit', 'price', 'cost'] as const

/** Records products by their code; a later record of the same code in one call wins. */
export async function recordProducts(tx: Tx, { importId, now }: Recording, records: readonly ProductRecord[]): Promise<Outcome[]> {
  const rows = await tx<Held[]>`
    select id, code, name, category, brand, unit, price, cost from product where code = any (${records.map(({ code }) => code)}::text[]) for update`
  const held = new Map(rows.map((row) => [row.code, row]))
  const fresh = new Map<string, Held & { currency: string }>()
  const changed = new Map<string, Held>()
  const outcomes = records.map((record): Outcome => {
    const before = fresh.get(record.code) ?? changed.get(record.code) ?? held.get(record.code)
    if (!before) {
      const { code, currency, name = code, category = null, brand = null, unit = null, price = null, cost = null } = record
      fresh.set(code, { id: newId(), code, name, category, brand, unit, price, cost, currency })
      return 'created'
    }
    const after = {
      ...before,
      ...Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]]))),
    }
    if (fields.every((field) => before[field] === after[field])) return 'unchanged'
    if (fresh.has(record.code)) fresh.set(record.code, { ...after, currency: record.currency })
    else changed.set(record.code, after)
    return 'updated'
  })
  await insertRows(
    tx,
    'product',
    [...fresh.values()].map((product) => ({ ...product, version: 1, import_id: importId, created_at: now, updated_at: now })),
  )
  await reviseProducts(tx, [...changed.values()], importId, now)
  await publish(tx, [{ type: 'product.changed', ids: [...fresh.values(), ...changed.values()].map(({ id }) => id) }])
  return outcomes
}

async function reviseProducts(tx: Tx, products: readonly Held[], importId: string | null, now: Date): Promise<void> {
  if (products.length === 0) return
  await tx`
    insert into product_version (product_id, version, values, import_id)
    select id, version, jsonb_build_object('name', name, 'category', category, 'brand', brand, 'unit', unit, 'price', price, 'cost', cost), import_id
      from product where id = any (${products.map(({ id }) => id)}::uuid[])`
  await tx`
    update product p set name = r.name, category = r.category, brand = r.brand, unit = r.unit, price = r.price, cost = r.cost,
           import_id = ${importId}, version = p.version + 1, updated_at = ${now}
      from json_populate_recordset(null::product, ${asRows(tx, products)}) r
     where p.id = r.id`
}
