import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { api } from '../../app/api.ts'

/** One job. The live stream brings its progress; it is read every two seconds besides, in case the stream is broken. */
export function jobById(id: string) {
  return queryOptions({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => api(jobs.get, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 2000),
  })
}

/** Which jobs the list shows: kept in the address. */
export interface JobListState {
  state?: Job['state'] | 'unfinished' | undefined
  whose?: 'mine' | undefined
}

export function jobList({ state, whose }: JobListState) {
  return infiniteQueryOptions({
    queryKey: ['jobs', 'list', state ?? null, whose ?? null],
    queryFn: ({ pageParam: after, signal }) =>
      api(jobs.list, { query: { after, limit: 50, state, kind: undefined, mine: whose === 'mine' ? true : undefined } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  })
}

export function useCancelJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api(jobs.cancel, { params: { id } }),
    onSuccess: (job) => {
      client.setQueryData<Job>(['jobs', 'one', job.id], job)
      return client.invalidateQueries({ queryKey: ['jobs', 'list'] })
    },
  })
}
