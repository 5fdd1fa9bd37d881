import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import type { UserState } from '@zhike/contract/platform/users.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { api } from '../../app/api.ts'

export interface UserListState {
  q?: string | undefined
  state?: UserState | undefined
  role?: string | undefined
  team?: string | undefined
}

export const userList = ({ q: search, state, role: roleId, team: teamId }: UserListState) =>
  infiniteQueryOptions({
    queryKey: ['people', 'users', { search, state, roleId, teamId }],
    queryFn: ({ pageParam: after, signal }) => api(users.list, { query: { search, state, roleId, teamId, after, limit: 100 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export const userById = (id: string) =>
  queryOptions({ queryKey: ['people', 'user', id], queryFn: ({ signal }) => api(users.get, { params: { id } }, { signal }) })

export const customersSeenBy = (id: string) =>
  queryOptions({ queryKey: ['people', 'seen', id], queryFn: ({ signal }) => api(users.customersSeen, { params: { id } }, { signal }) })

/** People who can be chosen, by a part of the name; at most two hundred. */
export const peopleLike = (search: string) =>
  queryOptions({
    queryKey: ['people', 'names', 'like', search],
    queryFn: ({ signal }) => api(users.names, { query: { search: search || undefined, ids: undefined } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** The names of people whose ids stand in a record or a filter. */
export const personNames = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['people', 'names', 'of', ids],
    queryFn: ({ signal }) => api(users.names, { query: { search: undefined, ids: [...new Set(ids)].slice(0, 100) } }, { signal }),
    enabled: ids.length > 0,
    staleTime: 60_000,
  })

export const teamList = queryOptions({
  queryKey: ['people', 'teams'],
  queryFn: ({ signal }) => api(teams.list, {}, { signal }),
  staleTime: 60_000,
})

/** A built-in role is named in the language asked for, so each language has its own list. */
export const roleList = (locale: string) =>
  queryOptions({ queryKey: ['people', 'roles', locale], queryFn: ({ signal }) => api(roles.list, {}, { signal }) })

/** Reads people, teams and roles anew: a change of one shows in the others. */
export function usePeopleAnew(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['people'] })
}
