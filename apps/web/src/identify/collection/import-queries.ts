import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { Import } from '@zhike/contract/identify/imports.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import type { StoredFile } from '@zhike/contract/platform/files.ts'
import * as files from '@zhike/contract/platform/files.ts'
import { api } from '../../app/api.ts'
import { channelList } from '../customers/customer-queries.ts'
import { type Source, sourceOf } from './plan.ts'

export type Inspection = ReplyOf<typeof imports.inspect>
/** A stored file that was looked into. */
export interface Opened {
  file: StoredFile
  inspection: Inspection
  source: Source
}

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

/** Stores a file, looks into it, and says where it most likely comes from. */
export function useOpenFile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file: File): Promise<Opened> => {
      const body = new FormData()
      body.append('file', file)
      const stored = await api(files.upload, { body })
      const [inspection, channels] = await Promise.all([inspectFile(stored.id), client.fetchQuery(channelList)])
      return { file: stored, inspection, source: sourceOf(stored.name, channels.items) }
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
