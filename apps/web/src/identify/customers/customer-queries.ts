import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call, Parsed, ReplyOf } from '@zhike/contract/endpoint.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { CustomerDraft, CustomerEdit, CustomerSort, Filter } from '@zhike/contract/identify/customers.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as views from '@zhike/contract/identify/views.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
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

export type GroupedField = Parsed<typeof customers.groups>['query']['by']

/** How many customers there are by each value of a field, largest first. */
export function customerGroups(by: GroupedField) {
  return queryOptions({
    queryKey: ['customers', 'groups', by],
    queryFn: ({ signal }) => api(customers.groups, { query: { by, and: undefined, filter: undefined } }, { signal }),
    staleTime: 60_000,
  })
}

export const savedViews = queryOptions({
  queryKey: ['customer-views'],
  queryFn: ({ signal }) => api(views.list, {}, { signal }),
  staleTime: 60_000,
})

function useViewChange<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: savedViews.queryKey }) })
}

export const useSaveView = () =>
  useViewChange(({ id, draft }: { id?: string; draft: views.ViewDraft }) =>
    id === undefined ? api(views.create, { body: draft }) : api(views.replace, { params: { id }, body: draft }),
  )

export const useDeleteView = () => useViewChange((id: string) => api(views.remove, { params: { id } }))

/** The first matches of a search, for the palette. */
export function customerMatches(search: string) {
  return queryOptions({
    queryKey: ['customers', 'matches', search],
    queryFn: ({ signal }) =>
      api(
        customers.list,
        { query: { search, limit: 8, after: undefined, skip: undefined, filter: undefined, sort: undefined, order: undefined } },
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

type TimelineFilter = Pick<Parsed<typeof customers.timeline>['query'], 'kind' | 'channel' | 'from' | 'to'>

export function customerTimeline(id: string, { kind, channel, from, to }: TimelineFilter) {
  const filter = { kind, channel, from, to }
  return infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, filter],
    queryFn: ({ pageParam: after, signal }) =>
      api(customers.timeline, { params: { id }, query: { ...filter, after, limit: 30 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function customerOrders(customerId: string) {
  const query = { customerId, channel: undefined, number: undefined, from: undefined, to: undefined, limit: 200 }
  return infiniteQueryOptions({
    queryKey: ['customers', 'orders', customerId],
    queryFn: ({ pageParam: after, signal }) => api(catalog.listOrders, { query: { ...query, after } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function orderById(id: string) {
  return queryOptions({
    queryKey: ['orders', id],
    queryFn: ({ signal }) => api(catalog.getOrder, { params: { id } }, { signal }),
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

function useCustomerChange<Input, Reply>(mutationFn: (input: Input) => Promise<Reply>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }) })
}

export const useSplitOff = (id: string) => useCustomerChange((profileId: string) => api(customers.unlink, { params: { id, profileId } }))

/** Takes a merge back: the profiles go, one after the other, to whom they came from. */
export const useSplitAll = (id: string) =>
  useCustomerChange(async (profileIds: readonly string[]) => {
    for (const profileId of profileIds) await api(customers.unlink, { params: { id, profileId } })
  })

export const useMerge = (id: string) =>
  useCustomerChange((customerId: string) => api(customers.link, { params: { id }, body: { customerId } }))

export const useRecordContact = (id: string) =>
  useCustomerChange((body: Call<typeof catalog.recordContact>['body']) => api(catalog.recordContact, { params: { id }, body }))
