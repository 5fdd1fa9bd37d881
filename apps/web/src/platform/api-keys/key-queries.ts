import { queryOptions, useQueryClient } from '@tanstack/react-query'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import { api } from '../../app/api.ts'

/** One's own keys, or everybody's for who manages people. */
export const keyList = (everybody: boolean) =>
  queryOptions({
    queryKey: ['api-keys', everybody ? 'everybody' : 'me'],
    queryFn: ({ signal }) => api(apiKeys.list, { query: { userId: undefined, everybody: everybody || undefined } }, { signal }),
  })

export function useKeysAnew(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['api-keys'] })
}
