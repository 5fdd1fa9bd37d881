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

/** One statement for what is new or different, one for what is gone; both tell of the customers that they changed. */
async function apply(tx: Tx, method: AnalysisMethod, after: number, to: number): Promise<number> {
  const names = labelColumns[method].map(({ column }) => column)
  const list = (prefix: string) => names.map((name) => `${prefix}${name}`).join(', ')
  const range = 'c.number > $1 and c.number <= $2'
  const [written] = await tx.unsafe<{ changed: number }[]>(
    telling(`
      insert into customer_label as l (customer_id, ${list('')})
      select c.id, ${list('n.')}
        from label_incoming n
        join customer c on c.number = n.number
        left join customer_label old on old.customer_id = c.id
       where ${range} and (${list('old.')}) is distinct from (${list('n.')})
       order by c.id
      on conflict (customer_id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
      returning l.customer_id`),
    [after, to],
  )
  const [removed] = await tx.unsafe<{ changed: number }[]>(
    telling(`
      update customer_label l set ${names.map((name) => `${name} = null`).join(', ')}
        from customer c
       where c.id = l.customer_id and ${range} and num_nonnulls(${list('l.')}) > 0
         and not exists (select 1 from label_incoming n where n.number = c.number)
      returning l.customer_id`),
    [after, to],
  )
  return (written?.changed ?? 0) + (removed?.changed ?? 0)
}

/** Puts `customer.labelled` into the outbox for what a statement returns, 1,000 ids in an event, and counts it. */
const telling = (statement: string) => `
  with changed as (${statement}),
  numbered as (select customer_id, (row_number() over () - 1) / 1000 as part from changed),
  told as (
    insert into outbox (type, payload)
    select 'customer.labelled', jsonb_build_object('ids', jsonb_agg(customer_id)) from numbered group by part)
  select count(*)::int as changed from changed`
