import { useQueries, useQuery } from '@tanstack/react-query'
import type { CustomerRow } from '@zhike/contract/identify/customers.ts'
import { useCallback, useState } from 'react'
import { useDebounced } from '../../ui/use-debounced.ts'
import { type CustomerListState, customerCount, customerPage, pageSize } from './list-query.ts'

/** Before the first answer, so many places are shown. */
const expected = 20

/**
 * The rows of a list at any place: of what is in the window, pages are read as the scrolling slows down. How many there are is an
 * estimate at first, then counted; the end of the list, once seen, is the truth.
 */
export function useCustomerRows(state: CustomerListState) {
  const [range, setRange] = useState({ first: 0, end: expected })
  const settled = useDebounced(range, 60)
  const firstPage = Math.floor(settled.first / pageSize)
  const lastPage = Math.floor(Math.max(settled.end - 1, settled.first) / pageSize)
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, i) => firstPage + i)
  const pages = useQueries({ queries: numbers.map((number) => customerPage(state, number)) })
  const byNumber = new Map(numbers.map((number, i) => [number, pages[i]!]))

  const estimate = useQuery(customerCount(state))
  const isEstimate = estimate.data?.exact === false
  const counted = useQuery({ ...customerCount(state, true), enabled: isEstimate && state.q === undefined })
  const exact = (isEstimate ? counted.data : estimate.data)?.exact ?? false
  let count = (isEstimate ? (counted.data ?? estimate.data) : estimate.data)?.count ?? expected
  for (const [number, { data }] of byNumber) {
    if (!data) continue
    const seen = number * pageSize + data.items.length
    if (data.next !== null) count = Math.max(count, seen + 1)
    else if (data.items.length > 0 || number === 0) count = seen
    else count = Math.min(count, seen)
  }
  const onWindow = useCallback((first: number, end: number) => setRange({ first, end }), [])
  const rowAt = (index: number): CustomerRow | undefined => byNumber.get(Math.floor(index / pageSize))?.data?.items[index % pageSize]
  return {
    count,
    /** Whether the count is that of the rows, not an estimate or none yet. */
    exact: exact || byNumber.get(0)?.data?.next === null,
    known: estimate.data !== undefined || pages.some(({ isSuccess }) => isSuccess),
    rowAt,
    onWindow,
    loading: pages.some(({ isFetching }) => isFetching),
    failed: pages.find(({ isError, data }) => isError && !data)?.error ?? undefined,
    retry: () => pages.forEach(({ isError, refetch }) => isError && void refetch()),
    readAt: Math.max(...pages.map(({ dataUpdatedAt }) => dataUpdatedAt)),
  }
}
