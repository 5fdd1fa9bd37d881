import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { Import } from '@zhike/contract/identify/imports.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import { api } from '../../app/api.ts'

export type Inspection = ReplyOf<typeof imports.inspect>
export type Check = ReplyOf<typeof imports.dryRun>

export const importList = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam: after, signal }) => api(imports.list, { query: { after, limit: 50 } }, { signal }),
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
  return queryOptions({
    queryKey: ['imports', 'failures', id],
    queryFn: ({ signal }) => api(imports.failures, { params: { id }, query: { limit: 20, after: undefined } }, { signal }),
  })
}

/** Stores a file and looks into it. */
export function useOpenFile() {
  return useMutation({
    mutationFn: async (file: File) => {
      const body = new FormData()
      body.append('file', file)
      const stored = await api(files.upload, { body })
      return { stored, inspection: await inspectFile(stored.id) }
    },
  })
}

export const inspectFile = (fileId: string, kind?: ImportKind, sheet?: string): Promise<Inspection> =>
  api(imports.inspect, { body: { fileId, ...(kind ? { kind } : {}), ...(sheet ? { sheet } : {}) } })

export function useCheck() {
  return useMutation({ mutationFn: (body: Call<typeof imports.dryRun>['body']) => api(imports.dryRun, { body }) })
}

export function useSaveMapping() {
  return useMutation({ mutationFn: (body: Call<typeof imports.saveMapping>['body']) => api(imports.saveMapping, { body }) })
}

export function useStartImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Call<typeof imports.start>['body']) => api(imports.start, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports', 'list'] }),
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
