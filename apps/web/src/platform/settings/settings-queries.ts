import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import { api } from '../../app/api.ts'

export const companyQuery = queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => api(settings.get, {}, { signal }) })

export const rateList = (currency: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['exchange-rates', currency],
    queryFn: ({ pageParam: after, signal }) => api(rates.list, { query: { currency, after, limit: 100 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
