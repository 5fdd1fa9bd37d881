import type { Parsed, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { createProduct, listProducts as list, Product, productTotals as totals } from '@zhike/contract/identify/catalog.ts'
import { z } from 'zod'
import { json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { Problem } from '../../platform/http/problem.ts'
import { uniqueOr } from '../../platform/http/unique.ts'
import { refuseStale } from '../../platform/http/version.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { importsSeen } from '../collection/imports/imports-seen.ts'
import type { Fragment } from '../customers/fragment.ts'

type ProductDraft = Parsed<typeof createProduct>['body']
type ProductRow = Omit<Product, 'updatedAt'> & { updatedAt: Date }

const columns = (tx: Tx) =>
  tx`id, code, name, category, brand, unit, price, cost, currency::text as currency, version, updated_at as "updatedAt"`
const view = (row: ProductRow): Product => ({ ...row, updatedAt: row.updatedAt.toISOString() })

/** Products by code. */
export async function listProducts(
  tx: Tx,
  actor: Actor,
  query: Parsed<typeof list>['query'],
): Promise<{ items: Product[]; next: string | null }> {
  const limit = query.limit ?? 50
  const after = readCursor(query.after, z.tuple([z.literal('product'), z.string().max(64)]))?.[1]
  const rows = await tx<ProductRow[]>`
    select ${columns(tx)} from product p
     where ${after === undefined ? tx`true` : tx`code > ${after}`} and ${productsOf(tx, actor, query)}
     order by code limit ${limit + 1}`
  const items = rows.slice(0, limit).map(view)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor(['product', last.code]) : null }
}

/** The products that a list means. */
function productsOf(tx: Tx, actor: Actor, query: Parsed<typeof totals>['query']): Fragment {
  const word = query.search?.toLowerCase()
  const conditions = [
    ...(query.category === undefined ? [] : [tx`p.category = ${query.category}`]),
    ...(word === undefined ? [] : [tx`(strpos(lower(p.code), ${word}) > 0 or strpos(lower(p.name), ${word}) > 0)`]),
    ...(['createdByImport', 'updatedByImport'] as const).flatMap((how) =>
      query[how] ? [productsOfImports(tx, how, importsSeen(tx, actor, [query[how]], `query.${how}`))] : [],
    ),
  ]
  return conditions.reduce((all, next) => tx`${all} and ${next}`, tx`true`)
}

/** That a row of some imports made a product `p`, or changed it afterwards. */
function productsOfImports(tx: Tx, how: 'createdByImport' | 'updatedByImport', imports: Fragment): Fragment {
  const which = (version: Fragment) => (how === 'createdByImport' ? tx`${version} = 1` : tx`${version} > 1`)
  return tx`p.id in (
    select n.id from product n where n.import_id = any ${imports} and ${which(tx`n.version`)}
    union all
    select v.product_id from product_version v where v.import_id = any ${imports} and ${which(tx`v.version`)})`
}

/** How many products a list has. */
export async function productTotals(tx: Tx, actor: Actor, query: Parsed<typeof totals>['query']): Promise<ReplyOf<typeof totals>> {
  const [row] = await tx<ReplyOf<typeof totals>[]>`select count(*)::int as products from product p where ${productsOf(tx, actor, query)}`
  return row ?? { products: 0 }
}

/** How many products each category has. */
export const listCategories = async (tx: Tx): Promise<{ items: { category: string | null; products: number }[] }> => ({
  items: await tx<{ category: string | null; products: number }[]>`
    select category, count(*)::int as products from product group by category order by products desc, category limit 1000`,
})

/** @throws Problem `product-not-found` */
export async function getProduct(tx: Tx, id: string): Promise<Product> {
  const [row] = await tx<ProductRow[]>`select ${columns(tx)} from product where id = ${id}`
  if (!row) throw new Problem('product-not-found')
  return view(row)
}

/** @throws Problem `product-code-taken` */
export async function addProduct(tx: Tx, draft: ProductDraft): Promise<Product> {
  const { code, name, category, brand, unit, price, cost } = draft
  const inserted = tx<ProductRow[]>`
    insert into product (id, code, name, category, brand, unit, price, cost, currency)
    values (${newId()}, ${code}, ${name}, ${category}, ${brand}, ${unit}, ${price}, ${cost}, coalesce(${draft.currency ?? null}, (select currency from company)))
    returning ${columns(tx)}`
  const [row] = await uniqueOr(inserted, 'product-code-taken')
  await publish(tx, [{ type: 'product.changed', ids: row ? [row.id] : [] }])
  return view(row as ProductRow)
}

/**
 * Replaces a product's values and keeps the earlier ones. Orders keep the cost that they were recorded with.
 * @throws Problem `product-not-found`, `version-required`, `edit-conflict`, `product-code-taken`
 */
export async function changeProduct(tx: Tx, id: string, expected: number | undefined, draft: ProductDraft): Promise<Product> {
  const [held] = await tx<ProductRow[]>`select ${columns(tx)} from product where id = ${id} for update`
  if (!held) throw new Problem('product-not-found')
  refuseStale(expected, held.version)
  const { name, category, brand, unit, price, cost } = held
  await tx`insert into product_version (product_id, version, values, import_id)
    select id, version, ${json(tx, { name, category, brand, unit, price, cost })}, import_id from product where id = ${id}`
  const updated = tx<ProductRow[]>`
    update product set code = ${draft.code}, name = ${draft.name}, category = ${draft.category}, brand = ${draft.brand}, unit = ${draft.unit},
           price = ${draft.price}, cost = ${draft.cost}, currency = coalesce(${draft.currency ?? null}, currency), import_id = null,
           version = version + 1, updated_at = now()
     where id = ${id} returning ${columns(tx)}`
  const [row] = await uniqueOr(updated, 'product-code-taken')
  await publish(tx, [{ type: 'product.changed', ids: [id] }])
  return view(row as ProductRow)
}
