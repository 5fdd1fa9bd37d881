import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Analysis, AnalysisMethod, Run } from '@zhike/contract/differentiate/analyses.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { api } from '../../app/api.ts'

export const analysisList = queryOptions({
  queryKey: ['analyses', 'list'],
  queryFn: ({ signal }) => api(analyses.list, {}, { signal }),
})

/** The analysis of a method whose results stand beside the customers, else any of the method. */
export function analysisOf(method: AnalysisMethod, items: readonly Analysis[]): Analysis | undefined {
  const ofMethod = items.filter(({ definition }) => definition.method === method)
  return ofMethod.find(({ writesLabels }) => writesLabels) ?? ofMethod[0]
}

export function runList(analysisId: string) {
  return queryOptions({
    queryKey: ['analyses', 'runs', analysisId],
    queryFn: ({ signal }) => api(analyses.runs, { params: { id: analysisId }, query: { limit: 30, after: undefined } }, { signal }),
  })
}

export function runById(id: string) {
  return queryOptions({
    queryKey: ['analyses', 'run', id],
    queryFn: ({ signal }) => api(analyses.run, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1000 : false),
  })
}

export function runMoves(id: string, earlierId: string) {
  return queryOptions({
    queryKey: ['analyses', 'moves', id, earlierId],
    queryFn: ({ signal }) => api(analyses.compare, { params: { id, earlierId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export interface MemberFilter {
  group?: string | undefined
  level?: string | undefined
  r?: number | undefined
  f?: number | undefined
}

export function runMembers(id: string, filter: MemberFilter) {
  const query = { group: filter.group, level: filter.level, r: filter.r, f: filter.f, m: undefined, limit: 50 }
  return infiniteQueryOptions({
    queryKey: ['analyses', 'members', id, query],
    queryFn: ({ pageParam: after, signal }) => api(analyses.members, { params: { id }, query: { ...query, after } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Runs the analysis of a method, stored first where there is none yet. */
export function useRunAnalysis(method: 'rfm' | 'abc', name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ asOf }: { asOf?: string }): Promise<Run> => {
      const { items } = await client.fetchQuery({ ...analysisList, staleTime: 0 })
      const analysis =
        analysisOf(method, items) ?? (await api(analyses.create, { body: { name, definition: { method }, writesLabels: true } }))
      const { run } = await api(analyses.start, { params: { id: analysis.id }, body: asOf ? { asOf } : {} })
      return run
    },
    onSuccess: (run) => {
      client.setQueryData(['analyses', 'run', run.id], run)
      return client.invalidateQueries({ queryKey: ['analyses'] })
    },
  })
}
