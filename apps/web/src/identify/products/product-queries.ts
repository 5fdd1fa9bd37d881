import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call } from '@zhike/contract/endpoint.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { api } from '../../app/api.ts'
import type { OfImport } from '../collection/import-chips.tsx'

/** Which products the list shows: kept in the address. */
export interface ProductListState extends OfImport {
  q?: string | undefined
  category?: string | undefined
}

const filterOf = ({ q: search, ...narrowed }: ProductListState) => ({
  search,
  category: narrowed.category,
  createdByImport: narrowed.createdByImport,
  updatedByImport: narrowed.updatedByImport,
})

export function productList(state: ProductListState) {
  const filter = filterOf(state)
  return infiniteQueryOptions({
    queryKey: ['products', 'list', filter],
    queryFn: ({ pageParam: after, signal }) => api(catalog.listProducts, { query: { ...filter, after, limit: 50 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function productTotals(state: ProductListState) {
  const filter = filterOf(state)
  return queryOptions({
    queryKey: ['products', 'totals', filter],
    queryFn: ({ signal }) => api(catalog.productTotals, { query: filter }, { signal }),
    placeholderData: keepPreviousData,
  })
}

export const productCategories = queryOptions({
  queryKey: ['products', 'categories'],
  queryFn: ({ signal }) => api(catalog.productCategories, {}, { signal }),
})

export const productById = (id: string) =>
  queryOptions({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) => api(catalog.getProduct, { params: { id } }, { signal }),
  })

export const productFigures = (id: string) =>
  queryOptions({
    queryKey: ['products', 'figures', id],
    queryFn: ({ signal }) => api(catalog.productFigures, { params: { id } }, { signal }),
  })

export const productBuyers = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['products', 'buyers', id],
    queryFn: ({ pageParam: after, signal }) => api(catalog.productBuyers, { params: { id }, query: { after, limit: 50 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export function useCreateProduct() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Call<typeof catalog.createProduct>['body']) => api(catalog.createProduct, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['products'] }),
  })
}

/** Changes a product as last read; refused with `edit-conflict` when somebody else was quicker. */
export function useEditProduct(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: Call<typeof catalog.editProduct>['body'] }) =>
      api(catalog.editProduct, { params: { id }, body }, { version }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['products'] }),
  })
}
