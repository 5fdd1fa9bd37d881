import type { CustomerSort } from '@zhike/contract/identify/customers.ts'

interface ListOrder {
  by: CustomerSort
  order: 'ascending' | 'descending'
}

export const naturalOrder = (sort: CustomerSort): ListOrder['order'] => (sort === 'name' ? 'ascending' : 'descending')

/** The order a list stands in: the one asked for, else best match first (undefined) in a search, else the last purchase first. */
export function orderOf(state: {
  q?: string | undefined
  sort?: CustomerSort | undefined
  order?: ListOrder['order'] | undefined
}): ListOrder | undefined {
  if (state.q !== undefined && state.sort === undefined) return undefined
  const by = state.sort ?? 'lastOrderAt'
  return { by, order: state.order ?? naturalOrder(by) }
}

/** What pressing the head of a column makes of the present order: its natural order, or the reverse when it stands in that. */
export function pressed(by: CustomerSort, now: ListOrder | undefined): ListOrder {
  const natural = naturalOrder(by)
  if (now?.by !== by || now.order !== natural) return { by, order: natural }
  return { by, order: reversed(natural) }
}

export const reversed = (order: ListOrder['order']): ListOrder['order'] => (order === 'ascending' ? 'descending' : 'ascending')
