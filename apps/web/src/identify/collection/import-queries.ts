import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { Import } from '@zhike/contract/identify/imports.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { api } from '../../app/api.ts'
import type { Plan } from './plan.ts'

export type Inspection = ReplyOf<typeof imports.inspect>
export type Check = ReplyOf<typeof imports.dryRun>

/** The imports, newest first; `toRepair`: of late, with rows that failed or broken off. */
export const importList = (toRepair: true | undefined) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'list', toRepair ?? false],
    queryFn: ({ pageParam: after, signal }) => api(imports.list, { query: { after, limit: 50, toRepair } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export const inProgress = (state: Import['state']): boolean => state === 'ready' || state === 'running' || state === 'undoing'

/** One import. Read again each second while it runs: its counts are not in the live stream. */
export function importById(id: string) {
  return queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => api(imports.get, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && inProgress(state.data.state) ? 1000 : false),
  })
}

export function importFailures(id: string) {
  return infiniteQueryOptions({
    queryKey: ['imports', 'failures', id],
    queryFn: ({ pageParam: after, signal }) => api(imports.failures, { params: { id }, query: { limit: 50, after } }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** What a stored file holds; as it is guessed, or as this kind and sheet. */
export function inspection(fileId: string, kind: ImportKind | undefined, sheet: string | undefined) {
  return queryOptions({
    queryKey: ['imports', 'inspection', fileId, kind ?? null, sheet ?? null],
    queryFn: ({ signal }) => api(imports.inspect, { body: { fileId, ...(kind ? { kind } : {}), ...(sheet ? { sheet } : {}) } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const rowsChecked = 100_000

/** What importing a file so would do. It is given up when the page is left. */
export function importCheck(fileId: string, { settings, channel }: Plan) {
  const body = { fileId, channel: channel ?? 'new-channel', settings, rows: rowsChecked }
  return queryOptions({
    queryKey: ['imports', 'check', body],
    queryFn: ({ signal }) => api(imports.dryRun, { body }, { signal }),
    staleTime: 60_000,
    retry: false,
  })
}

export const savedMappings = queryOptions({
  queryKey: ['import-mappings'],
  queryFn: ({ signal }) => api(imports.listMappings, {}, { signal }),
})

function useMappingChange<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: savedMappings.queryKey }) })
}

export const useSaveMapping = () => useMappingChange((body: Call<typeof imports.saveMapping>['body']) => api(imports.saveMapping, { body }))

export const useDeleteMapping = () => useMappingChange((id: string) => api(imports.deleteMapping, { params: { id } }))

export function useStartImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Call<typeof imports.start>['body']) => api(imports.start, { body }),
    // Starting may have made a channel.
    onSuccess: () => Promise.all([['imports', 'list'], ['channels']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Takes an import back, or goes on with one that stopped. */
export function useImportAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: 'undo' | 'resume') => api(action === 'undo' ? imports.undo : imports.resume, { params: { id } }),
    onSuccess: (now) => client.setQueryData(['imports', 'one', id], now),
  })
}
