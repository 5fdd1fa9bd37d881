import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { CustomerSort, Filter } from '@zhike/contract/identify/customers.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { api } from '../../app/api.ts'
import { orderOf } from './list-order.ts'

/** What a list shows: kept in the address, so that every state has a link. */
export interface CustomerListState {
  q?: string | undefined
  /** Conditions of which all hold; one of them may be a group of which any holds. */
  where?: Filter | undefined
  sort?: CustomerSort | undefined
  order?: 'ascending' | 'descending' | undefined
  columns?: string[] | undefined
  /** The tab that the state came from. */
  view?: string | undefined
}

/** Rows that are asked for at once. */
export const pageSize = 50

const queryOf = (state: CustomerListState) => {
  const order = orderOf(state)
  return { search: state.q, filter: state.where, sort: order?.by, order: order?.order, limit: pageSize }
}

/** One page of a list, by its number: from where the page before it ended where that is known, else by passing over rows. */
export function customerPage(state: CustomerListState, page: number) {
  const query = queryOf(state)
  const keyOf = (number: number) => ['customers', 'list', query, number] as const
  return queryOptions({
    queryKey: keyOf(page),
    queryFn: ({ signal, client }) => {
      const before = client.getQueryData<ReplyOf<typeof customers.list>>(keyOf(page - 1))
      const place = before?.next
        ? { after: before.next, skip: undefined }
        : { after: undefined, skip: page === 0 ? undefined : page * pageSize }
      return api(customers.list, { query: { ...query, ...place } }, { signal })
    },
    staleTime: 30_000,
  })
}

/** How many customers a list holds; `exact` counts them one by one, which takes longer. */
export function customerCount(state: Pick<CustomerListState, 'q' | 'where'>, exact = false) {
  const query = { search: state.q, filter: state.where, exact: exact || undefined }
  return queryOptions({
    queryKey: ['customers', 'count', query],
    queryFn: ({ signal }) => api(customers.count, { query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}
