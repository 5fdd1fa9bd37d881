import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call } from '@zhike/contract/endpoint.ts'
import type { Order, OrderListStatus, OrderStatus } from '@zhike/contract/identify/catalog.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { api } from '../../app/api.ts'
import type { Formats } from '../../ui/formats.ts'
import type { OfImport } from '../collection/import-chips.tsx'

/** Which orders the list shows: kept in the address. Days are of the company's calendar. */
export interface OrderListState extends OfImport {
  q?: string | undefined
  from?: string | undefined
  to?: string | undefined
  channel?: string | undefined
  status?: OrderListStatus | undefined
  customer?: string | undefined
  product?: string | undefined
}

/** The address in the server's terms: the period up to its last day is one before the next day begins. */
export function orderFilter(
  { q, from, to, channel, status, customer, product, createdByImport, updatedByImport }: OrderListState,
  { instantOf }: Pick<Formats, 'instantOf'>,
) {
  return {
    number: q,
    channel,
    status,
    customerId: customer,
    product,
    createdByImport,
    updatedByImport,
    from: from && instantOf(`${from}T00:00`),
    to: to && instantOf(`${dayAfter(to)}T00:00`),
  }
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

type Filter = ReturnType<typeof orderFilter>

export function orderList(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: ['orders', 'list', filter],
    queryFn: ({ pageParam: after, signal }) => api(catalog.listOrders, { query: { ...filter, after, limit: 50 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export const orderTotals = (filter: Filter) =>
  queryOptions({
    queryKey: ['orders', 'totals', filter],
    queryFn: ({ signal }) => api(catalog.orderTotals, { query: filter }, { signal }),
    placeholderData: keepPreviousData,
  })

export const orderById = (id: string) =>
  queryOptions({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => api(catalog.getOrder, { params: { id } }, { signal }),
  })

/** What an order counts for stands on many pages. */
function useOrderChanged() {
  const client = useQueryClient()
  return (order: Order) => {
    client.setQueryData(['orders', 'one', order.id], order)
    return Promise.all(
      [['orders', 'list'], ['orders', 'totals'], ['products', 'figures'], ['products', 'buyers'], ['customers']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  }
}

export function useCreateOrder() {
  const onSuccess = useOrderChanged()
  return useMutation({
    mutationFn: (body: Call<typeof catalog.createOrder>['body']) => api(catalog.createOrder, { body }),
    onSuccess,
  })
}

export function useCancelOrder() {
  const onSuccess = useOrderChanged()
  return useMutation({
    mutationFn: ({ id, version }: Order) => api(catalog.cancelOrder, { params: { id }, body: {} }, { version }),
    onSuccess,
  })
}

/** Takes a cancelling back: the order gets the state that it had. */
export function useRestoreOrder() {
  const onSuccess = useOrderChanged()
  return useMutation({
    mutationFn: ({ order: { id, version }, status }: { order: Order; status: Exclude<OrderStatus, 'cancelled'> }) =>
      api(catalog.restoreOrder, { params: { id }, body: { status } }, { version }),
    onSuccess,
  })
}
