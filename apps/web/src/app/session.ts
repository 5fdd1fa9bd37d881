import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Me } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import { setCompanyFormats } from '../ui/formats.ts'
import { api, queryClient } from './api.ts'
import { offerLanguage } from './i18n.ts'

/** Who is signed in; fails with `not-signed-in` when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => known(await api(session.get, {}, { signal })),
  staleTime: 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api(setup.get, {}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

function known(me: Me): Me {
  if (me.company) setCompanyFormats(me.company)
  return me
}

/** Forgets what another person saw. The language on screen stays; the account's counts on a device that has none of ours. */
export async function enter(me: Me): Promise<void> {
  queryClient.clear()
  queryClient.setQueryData(meQuery.queryKey, known(me))
  await offerLanguage(me.user.locale)
}

export async function signOut(): Promise<void> {
  await api(session.signOut, {})
  queryClient.clear()
}

/** Whoever is signed in; only inside the shell, which is entered with somebody signed in. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data

/** Whether whoever is signed in holds a right. */
export function useAllowed(): (right: Right) => boolean {
  const { rights } = useMe()
  return (wanted) => rights.some(({ right }) => right === wanted)
}
