import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Analysis, AnalysisDraft, AnalysisMethod, MemberSort, Run } from '@zhike/contract/differentiate/analyses.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
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

/** The latest results of an analysis. */
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

export function runMoves(id: string, earlierId: string, by: 'group' | 'level' = 'group') {
  return queryOptions({
    queryKey: ['analyses', 'moves', id, earlierId, by],
    queryFn: ({ signal }) => api(analyses.compare, { params: { id, earlierId }, query: { by } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function clvPoints(id: string) {
  return queryOptions({
    queryKey: ['analyses', 'points', id],
    queryFn: ({ signal }) => api(analyses.clvPoints, { params: { id } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Which people of a result; every mark leads to its own. */
export interface MemberFilter {
  group?: string | undefined
  level?: string | undefined
  r?: number | undefined
  f?: number | undefined
  m?: number | undefined
  aliveFrom?: number | undefined
  aliveBelow?: number | undefined
  futureFrom?: number | undefined
  futureBelow?: number | undefined
  against?: string | undefined
  was?: string | undefined
}

export interface MemberList extends MemberFilter {
  search?: string | undefined
  sort?: MemberSort | undefined
  order?: 'ascending' | 'descending' | undefined
}

export function runMembers(id: string, list: MemberList) {
  return infiniteQueryOptions({
    queryKey: ['analyses', 'members', id, list],
    queryFn: ({ pageParam: after, signal }) => api(analyses.members, { params: { id }, query: { ...list, after, limit: 50 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** How many people of a result the reader may see. */
export function memberTotal(id: string, filter: MemberFilter) {
  return queryOptions({
    queryKey: ['analyses', 'total', id, filter],
    queryFn: async ({ signal }) => {
      const { total } = await api(analyses.members, { params: { id }, query: { ...filter, limit: 1 } }, { signal })
      return total
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type Draft = z.input<typeof AnalysisDraft>

/** Stores a definition: a new version of the analysis, or a new analysis. Refused when somebody else was quicker. */
export function useSaveAnalysis() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ analysis, draft }: { analysis: Analysis | undefined; draft: Draft }) =>
      analysis
        ? api(analyses.edit, { params: { id: analysis.id }, body: draft }, { version: analysis.version })
        : api(analyses.create, { body: draft }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['analyses', 'list'] }),
  })
}

/** Begins a run; without a day, as of today. */
export function useStartRun() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ analysisId, asOf }: { analysisId: string; asOf?: string | undefined }): Promise<Run> => {
      const { run } = await api(analyses.start, { params: { id: analysisId }, body: asOf ? { asOf } : {} })
      return run
    },
    onSuccess: (run) => {
      client.setQueryData(['analyses', 'run', run.id], run)
      return client.invalidateQueries({ queryKey: ['analyses', 'runs', run.analysisId] })
    },
  })
}
