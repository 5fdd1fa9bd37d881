import type { CustomerSort } from '@zhike/contract/identify/customers.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Fragment } from './fragment.ts'

/** A sort and its index. Forwards is the index's own order, where what is empty comes last; backwards it comes first. */
interface SortColumn {
  column: string
  type: string
  forwards: 'ascending' | 'descending'
  nullable: boolean
}

const sortColumns: Record<CustomerSort, SortColumn> = {
  createdAt: { column: 'created_at', type: 'timestamptz', forwards: 'descending', nullable: false },
  lastOrderAt: { column: 'last_order_at', type: 'timestamptz', forwards: 'descending', nullable: true },
  spent: { column: 'spent', type: 'int8', forwards: 'descending', nullable: false },
  name: { column: 'name_sort', type: 'text', forwards: 'ascending', nullable: true },
}

export type SortOrder = 'ascending' | 'descending'

/** The place behind which a page begins: the sort value of the row before it, exact as text, and its id. */
export interface Place {
  value: string | null
  id: string
}

export interface ListOrder {
  /** The sort value as exact text, for the next page's place. */
  key(alias: 'c' | 'p'): Fragment
  orderBy(alias: 'c' | 'p'): Fragment
  /**
   * Conditions on `customer c` whose rows, one set after the other, are those behind a place. Two, because an index cannot
   * go on from values to what is empty by one comparison.
   */
  behind(place: Place): Fragment[]
}

/** How a list is ordered; names ascend and the rest descends unless said otherwise. */
export function listOrder(tx: Tx, sort: CustomerSort, order?: SortOrder): ListOrder {
  const { column, type, forwards, nullable } = sortColumns[sort]
  const direction = order ?? forwards
  const emptyLast = direction === forwards
  const name = (alias: string) => tx(`${alias}.${column}`) as unknown as Fragment
  const cast = tx(type) as unknown as Fragment
  const c = name('c')
  const comes = direction === 'ascending' ? tx`>` : tx`<`
  return {
    key: (alias) => tx`${name(alias)}::text`,
    orderBy: (alias) =>
      direction === 'ascending'
        ? tx`${name(alias)} asc ${nullable ? (emptyLast ? tx`nulls last` : tx`nulls first`) : tx``}, ${tx(`${alias}.id`)} asc`
        : tx`${name(alias)} desc ${nullable ? (emptyLast ? tx`nulls last` : tx`nulls first`) : tx``}, ${tx(`${alias}.id`)} desc`,
    behind: ({ value, id }) => {
      const emptyBehind = tx`${c} is null and c.id ${comes} ${id}::uuid`
      if (value === null) return emptyLast ? [emptyBehind] : [emptyBehind, tx`${c} is not null`]
      const behind = tx`(${c}, c.id) ${comes} (${value}::text::${cast}, ${id}::uuid)`
      return nullable && emptyLast ? [behind, tx`${c} is null`] : [behind]
    },
  }
}
