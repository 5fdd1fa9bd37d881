import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Me } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import { setCompanyFormats } from '../ui/formats.ts'
import { api, apiOnce, meKey, queryClient } from './api.ts'
import { offerLanguage } from './i18n.ts'
import { forgetVisits } from './visits.ts'

/** Who is signed in; fails with `not-signed-in` when nobody is. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async ({ signal }) => known(await api(session.get, {}, { signal })),
  staleTime: 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api(setup.get, {}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

function known(me: Me): Me {
  const before = queryClient.getQueryData<Me>(meKey)
  // Somebody else signed in from another window: nothing of the former person may stay on this page.
  if (before && before.user.id !== me.user.id) window.location.assign('/')
  if (me.company) setCompanyFormats(me.company)
  return me
}

/** Forgets what another person saw. The language on screen stays; the account's counts on a device that has none of ours. */
export async function enter(me: Me): Promise<void> {
  queryClient.clear()
  queryClient.setQueryData(meQuery.queryKey, known(me))
  forgetVisits()
  await offerLanguage(me.user.locale)
}

async function signOut(): Promise<void> {
  // Whose session is over already is out.
  await apiOnce(session.signOut, {}).catch((error: unknown) => {
    if (!(error instanceof RequestProblem && error.body.status === 401)) throw error
  })
  queryClient.clear()
  forgetVisits()
}

/** Signs out and goes to the door. */
export function useLeave(): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    await signOut()
    await navigate({ to: '/sign-in', search: {} })
  }
}

/** Whoever is signed in; only inside the shell, which is entered with somebody signed in. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data

/** Whether whoever is signed in holds a right. */
export function useAllowed(): (right: Right) => boolean {
  const { rights } = useMe()
  return (wanted) => rights.some(({ right }) => right === wanted)
}
