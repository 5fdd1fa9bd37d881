import { queryOptions, useQueryClient } from '@tanstack/react-query'
import * as backups from '@zhike/contract/platform/backups.ts'
import * as system from '@zhike/contract/platform/system.ts'
import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { api } from '../../app/api.ts'

export const systemQuery = queryOptions({
  queryKey: ['system', 'state'],
  queryFn: ({ signal }) => api(system.get, {}, { signal }),
  refetchInterval: 10_000,
})

export const backupList = queryOptions({ queryKey: ['system', 'backups'], queryFn: ({ signal }) => api(backups.list, {}, { signal }) })

export const warehouseQuery = queryOptions({
  queryKey: ['system', 'warehouse'],
  queryFn: ({ signal }) => api(warehouse.status, {}, { signal }),
  refetchInterval: 10_000,
})

export function useSystemAnew(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['system'] })
}
