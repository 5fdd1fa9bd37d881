import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { CustomerDraft, CustomerEdit, CustomerSort, Filter } from '@zhike/contract/identify/customers.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { api } from '../../app/api.ts'
import { orderOf } from './list-order.ts'

/** What a list shows: kept in the address, so that every state has a link. */
export interface CustomerListState {
  q?: string | undefined
  kind?: string[] | undefined
  city?: string[] | undefined
  level?: string[] | undefined
  group?: string[] | undefined
  sort?: CustomerSort | undefined
  order?: 'ascending' | 'descending' | undefined
}

/** The chips of a list as the filter that the server understands; nothing when there is no chip. */
export function filterOf({ kind, city, level, group }: CustomerListState): Filter | undefined {
  const chips = [
    ['kind', kind],
    ['city', city],
    ['memberLevel', level],
    ['rfmGroup', group],
  ] as const
  const conditions = chips.flatMap(([field, value]) => (value?.length ? [{ field, operator: 'in' as const, value }] : []))
  return conditions.length > 0 ? { match: 'all', conditions } : undefined
}

export function customerList(state: CustomerListState) {
  const order = orderOf(state)
  const query = { search: state.q, filter: filterOf(state), sort: order?.by, order: order?.order, limit: 50 }
  return infiniteQueryOptions({
    queryKey: ['customers', 'list', query],
    queryFn: ({ pageParam: after, signal }) => api(customers.list, { query: { ...query, after } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function customerCount(state: CustomerListState) {
  const query = { search: state.q, filter: filterOf(state) }
  return queryOptions({
    queryKey: ['customers', 'count', query],
    queryFn: ({ signal }) => api(customers.count, { query }, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** How many customers there are by each value of a field, largest first. */
export function customerGroups(by: 'city' | 'memberLevel' | 'kind' | 'rfmGroup') {
  return queryOptions({
    queryKey: ['customers', 'groups', by],
    queryFn: ({ signal }) => api(customers.groups, { query: { by, and: undefined, filter: undefined } }, { signal }),
    staleTime: 60_000,
  })
}

/** The first matches of a search, for the palette. */
export function customerMatches(search: string) {
  return queryOptions({
    queryKey: ['customers', 'matches', search],
    queryFn: ({ signal }) =>
      api(
        customers.list,
        { query: { search, limit: 8, after: undefined, filter: undefined, sort: undefined, order: undefined } },
        { signal },
      ),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
}

/** One customer; with a purpose, personal fields in clear, and the viewing audited. */
export function customerById(id: string, purpose?: Purpose) {
  return queryOptions({
    queryKey: ['customers', 'one', id, purpose ?? null],
    queryFn: ({ signal }) =>
      api(customers.get, { params: { id } }, { signal, ...(purpose ? { headers: { 'zhike-purpose': purpose } } : {}) }),
    // What was shown in clear is not kept once the page is left.
    ...(purpose ? { gcTime: 0, staleTime: Number.POSITIVE_INFINITY } : {}),
  })
}

export function customerTimeline(id: string, kind?: 'order' | 'return' | 'payment' | 'contact') {
  return infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, kind ?? null],
    queryFn: ({ pageParam: after, signal }) => api(customers.timeline, { params: { id }, query: { kind, after, limit: 30 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function customerHistory(id: string) {
  return queryOptions({
    queryKey: ['customers', 'history', id],
    queryFn: ({ signal }) => api(customers.history, { params: { id }, query: { limit: 100 } }, { signal }),
  })
}

export const channelList = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => api(catalog.listChannels, {}, { signal }),
})

export function useCreateCustomer() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CustomerDraft) => api(customers.create, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }),
  })
}

/** Changes a customer as last read; refused with `edit-conflict` when somebody else was quicker. */
export function useEditCustomer(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, edit }: { version: number; edit: CustomerEdit }) =>
      api(customers.edit, { params: { id }, body: edit }, { version }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }),
  })
}

export function useSplitOff(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (profileId: string) => api(customers.unlink, { params: { id, profileId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }),
  })
}
