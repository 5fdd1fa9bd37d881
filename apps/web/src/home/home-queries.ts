import { queryOptions } from '@tanstack/react-query'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as home from '@zhike/contract/home.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { api } from '../app/api.ts'

// The keys begin as those of the pages that change what is counted, so that a change there is a change here.

export const customerFigures = queryOptions({
  queryKey: ['customers', 'home'],
  queryFn: ({ signal }) => api(home.customerFigures, {}, { signal }),
  staleTime: 60_000,
})

export const salesFigures = queryOptions({
  queryKey: ['orders', 'home'],
  queryFn: ({ signal }) => api(home.sales, {}, { signal }),
  staleTime: 60_000,
})

/** Sales of this month, and of the thirteen before it. */
export const monthlySales = queryOptions({
  queryKey: ['orders', 'by-month'],
  queryFn: ({ signal }) => api(catalog.salesByMonth, { query: { from: firstMonth(new Date()), to: undefined } }, { signal }),
  staleTime: 60_000,
})

const firstMonth = (now: Date) => new Date(Date.UTC(now.getFullYear(), now.getMonth() - 13, 1)).toISOString().slice(0, 10)

export const toDo = queryOptions({
  queryKey: ['jobs', 'list', 'home'],
  queryFn: ({ signal }) => api(home.toDo, {}, { signal }),
})

export const latestOrders = queryOptions({
  queryKey: ['orders', 'latest'],
  queryFn: ({ signal }) => api(catalog.listOrders, { query: { limit: 6 } }, { signal }),
})

export const latestImports = queryOptions({
  queryKey: ['imports', 'latest'],
  queryFn: ({ signal }) => api(imports.list, { query: { limit: 5 } }, { signal }),
})

/** Between which groups customers went from one result to a later one. */
export function latestMoves(id: string, earlierId: string) {
  return queryOptions({
    queryKey: ['analyses', 'moves', id, earlierId, 'glance'],
    queryFn: ({ signal }) => api(analyses.compare, { params: { id, earlierId }, query: { glance: true } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
