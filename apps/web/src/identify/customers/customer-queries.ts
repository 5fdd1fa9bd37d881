import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call, Parsed } from '@zhike/contract/endpoint.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { CustomerDraft, CustomerEdit } from '@zhike/contract/identify/customers.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as views from '@zhike/contract/identify/views.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { api } from '../../app/api.ts'

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

/** The imports that a list can be narrowed to, newest first. */
export const importNames = queryOptions({
  queryKey: ['imports', 'list', 'names'],
  queryFn: ({ signal }) => api(imports.list, { query: { limit: 200 } }, { signal }),
  staleTime: 60_000,
})

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

/** Entries of a timeline that are asked for at once. */
const entriesAtOnce = 30

/** One customer, and with it the beginning of the timeline, which its page shows first. */
export function customerById(id: string) {
  return queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: async ({ signal, client }) => {
      const { timeline, ...customer } = await api(customers.get, { params: { id }, query: { timeline: entriesAtOnce } }, { signal })
      const { queryKey } = customerTimeline(customer.id, {})
      // What is there already may reach further down.
      if (timeline && !client.getQueryData(queryKey)) client.setQueryData(queryKey, { pages: [timeline], pageParams: [undefined] })
      return customer
    },
  })
}

/** With a purpose, personal fields in clear, and the viewing audited. Not kept once the page is left. */
export function customerInClear(id: string, purpose: Purpose | undefined) {
  return queryOptions({
    queryKey: ['customers', 'one', id, purpose],
    queryFn: ({ signal }) => api(customers.get, { params: { id } }, { signal, headers: purpose ? { 'zhike-purpose': purpose } : {} }),
    enabled: purpose !== undefined,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type TimelineFilter = Partial<Pick<Parsed<typeof customers.timeline>['query'], 'kind' | 'channel' | 'from' | 'to'>>

export function customerTimeline(id: string, { kind, channel, from, to }: TimelineFilter) {
  const filter = { kind, channel, from, to }
  return infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, filter],
    queryFn: ({ pageParam: after, signal }) =>
      api(customers.timeline, { params: { id }, query: { ...filter, after, limit: entriesAtOnce } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // The page brings the beginning with the customer.
    staleTime: 5000,
  })
}

/** A customer's orders: the purchases, which are as many as the figure says, or all. */
export function customerOrders(customerId: string, which: 'purchases' | 'all') {
  const query = { customerId, status: which === 'all' ? undefined : which, limit: 50 }
  return infiniteQueryOptions({
    queryKey: ['customers', 'orders', customerId, which],
    queryFn: ({ pageParam: after, signal }) => api(catalog.listOrders, { query: { ...query, after } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** How many orders a customer has in all: returns and cancelled ones, too. */
export const customerOrderCount = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', 'orders', customerId, 'count'],
    queryFn: ({ signal }) => api(catalog.orderTotals, { query: { customerId } }, { signal }),
  })

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
