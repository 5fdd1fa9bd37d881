import { pipeline } from 'node:stream/promises'
import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { JobContext } from '../../platform/jobs/job-kind.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { labelColumns, labelRows } from './label-columns.ts'

/** Customer numbers in one transaction: what a cancel loses at most, and what holds locks together. */
const numbersAtOnce = 50_000

/**
 * Writes the labels of a result to the customers, and takes them from those that are not in it. Rows go from engine to engine as
 * bytes; only what differs is written, so that a second run over the same result costs little.
 * @param advance told how far it is, 0–1
 * @returns customers whose labels changed
 */
export async function writeLabels(
  context: JobContext,
  warehouse: WarehouseClient,
  { method, run }: { method: AnalysisMethod; run: number },
  advance: (fraction: number) => void,
): Promise<number> {
  const last = await context.transaction('system', lastNumber)
  let changed = 0
  for (let after = 0; after < last; after += numbersAtOnce) {
    const to = after + numbersAtOnce
    const { sql, params } = labelRows(method, run, after, to)
    changed += await context.transaction('system', async (tx) => {
      const result = await warehouse.exec({ query: `${sql} format TabSeparated`, query_params: params, ...context.warehouseSettings() })
      await receive(tx, method, result.stream)
      // Of several methods at once one after the other: they change the same rows, in whatever order.
      await tx`select pg_advisory_xact_lock(hashtext('customer_label'))`
      return apply(tx, method, after, to)
    })
    advance(Math.min(1, to / last))
  }
  return changed
}

async function lastNumber(tx: Tx): Promise<number> {
  const [row] = await tx<{ last: number }[]>`select coalesce(max(number), 0) as last from customer`
  return row?.last ?? 0
}

/** PostgreSQL's COPY text and the warehouse's TabSeparated are the same format. */
async function receive(tx: Tx, method: AnalysisMethod, rows: NodeJS.ReadableStream): Promise<void> {
  const columns = labelColumns[method].map(({ column, type }) => `${column} ${type}`).join(', ')
  await tx.unsafe(`create temp table label_incoming (number bigint, ${columns}) on commit drop`)
  await pipeline(rows, await tx.unsafe('copy label_incoming from stdin').writable())
  await tx.unsafe('analyze label_incoming')
}

/**
 * Makes the labels of a span of customers those of the result: no row there means no label. Whoever changed is told in the outbox,
 * 1,000 ids in an event. @returns how many
 */
async function apply(tx: Tx, method: AnalysisMethod, after: number, to: number): Promise<number> {
  const names = labelColumns[method].map(({ column }) => column)
  const list = (prefix: string) => names.map((name) => `${prefix}${name}`).join(', ')
  // Rather than `insert … on conflict`, which locks each row before it changes it. Nobody else adds labels: we hold the lock.
  const [row] = await tx.unsafe<{ changed: number }[]>(
    `
    with changed as (
      merge into customer_label l
      using (
        select c.id, ${list('n.')}
          from customer c
          left join label_incoming n on n.number = c.number
         where c.number > $1 and c.number <= $2) n
         on l.customer_id = n.id
       when matched and (${list('l.')}) is distinct from (${list('n.')}) then
            update set ${names.map((name) => `${name} = n.${name}`).join(', ')}
       when not matched and num_nonnulls(${list('n.')}) > 0 then
            insert (customer_id, ${list('')}) values (n.id, ${list('n.')})
      returning l.customer_id),
    numbered as (select customer_id, (row_number() over () - 1) / 1000 as part from changed),
    told as (
      insert into outbox (type, payload)
      select 'customer.labelled', jsonb_build_object('ids', jsonb_agg(customer_id)) from numbered group by part)
    select count(*)::int as changed from changed`,
    [after, to],
  )
  return row?.changed ?? 0
}
