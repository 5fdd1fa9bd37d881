import type { Parsed, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { groups } from '@zhike/contract/identify/customers.ts'
import { labelFields } from '@zhike/contract/identify/labels.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { boundedPrepare, type Fragment } from './fragment.ts'
import type { CustomerQuery } from './list.ts'
import { filterSql } from './list-filter.ts'
import { scopeCondition } from './row-scope.ts'
import { foundCustomers, wantedBy } from './search.ts'

/** Counted one by one up to here. */
const countedExactly = 10_000
/** Above, a sample of about so many rows is counted. */
const sampleRows = 30_000

/** How many customers a list holds; above 10,000 estimated from a sample of the table, unless `exact`. */
export async function countCustomers(
  tx: Tx,
  actor: Actor,
  query: Pick<CustomerQuery, 'search' | 'filter'> & { exact?: boolean | undefined },
  now: Date,
): Promise<{ count: number; exact: boolean }> {
  const filter = filterSql(tx, actor, query.filter, now)
  const where = tx`c.live and ${scopeCondition(tx, actor, 'customer.read')} and ${filter.condition}`
  const labels = filter.labels ? tx`left join customer_label lb on lb.customer_id = c.id` : tx``
  const most = query.exact ? Number.MAX_SAFE_INTEGER : countedExactly + 1
  const found =
    query.search === undefined
      ? tx``
      : tx`join (${foundCustomers(tx, wantedBy(actor, query.search), query.exact ? 2_000_000_000 : countedExactly + 1)}) f(id) on f.id = c.id`
  const shape = `count ${query.search === undefined} ${filter.shape} ${actor.rights.get('customer.read')?.scope}`
  const [row] = await boundedPrepare(
    tx<{ count: number }[]>`select count(*) as count from (select 1 from customer c ${found} ${labels} where ${where} limit ${most}) few`,
    shape,
  )
  const count = row?.count ?? 0
  if (count <= countedExactly || query.exact) return { count, exact: true }
  if (query.search !== undefined) return { count, exact: false }
  return { count: Math.max(count, await sampled(tx, labels, where, shape)), exact: false }
}

/** Counts a sample of the table's blocks. The planner's own guess is blind behind the row policies. */
async function sampled(tx: Tx, labels: Fragment, where: Fragment, shape: string): Promise<number> {
  const [size] = await tx<{ rows: number }[]>`select greatest(reltuples, 0)::bigint as rows from pg_class where oid = 'customer'::regclass`
  const percent = Math.min(100, (100 * sampleRows) / Math.max(size?.rows ?? 0, 1))
  const [row] = await boundedPrepare(
    tx<{ count: number }[]>`
      select count(*) as count from customer c tablesample system (${percent}) repeatable (1) ${labels} where ${where}`,
    `sample ${shape}`,
  )
  return Math.round(((row?.count ?? 0) * 100) / percent)
}

const columns = {
  city: 'c.city',
  province: 'c.province',
  country: 'c.country',
  memberLevel: 'c.member_level',
  kind: 'c.kind',
  sex: 'c.sex',
  industry: 'c.industry',
  ...(Object.fromEntries(Object.entries(labelFields).map(([field, { column }]) => [field, `lb.${column}`])) as Record<
    keyof typeof labelFields,
    string
  >),
}

/** Groups of more kinds than this are cut: nobody reads them. */
const mostGroups = 1000

/** Customers that the actor may see, counted by one or two fields, largest group first. */
export async function groupCustomers(
  tx: Tx,
  actor: Actor,
  { by, and, filter: wish }: Parsed<typeof groups>['query'],
  now: Date,
): Promise<ReplyOf<typeof groups>> {
  const filter = filterSql(tx, actor, wish, now)
  const isLabel = by in labelFields || (and !== undefined && and in labelFields)
  const labels = filter.labels || isLabel ? tx`left join customer_label lb on lb.customer_id = c.id` : tx``
  const second = and === undefined ? tx`` : tx`, ${tx(columns[and])} as "and"`
  const rows = await boundedPrepare(
    tx<{ value: string | number | null; and?: string | number | null; customers: number; spent: number }[]>`
      select ${tx(columns[by])} as value ${second}, count(*) as customers, coalesce(sum(c.spent), 0)::bigint as spent
        from customer c ${labels}
       where c.live and ${scopeCondition(tx, actor, 'customer.read')} and ${filter.condition}
       group by 1 ${and === undefined ? tx`` : tx`, 2`}
       order by customers desc, 1 ${and === undefined ? tx`` : tx`, 2`}
       limit ${mostGroups}`,
    `group ${by} ${and} ${filter.shape} ${actor.rights.get('customer.read')?.scope}`,
  )
  return { groups: [...rows] }
}
