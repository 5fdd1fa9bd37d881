import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import { z } from 'zod'
import { queryClient } from './api.ts'
import { FailedPage, MissingPage } from './failed-page.tsx'
import { meQuery } from './session.ts'
import { Shell } from './shell.tsx'

export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: MissingPage, errorComponent: FailedPage })

/** Around every page for somebody who is signed in; an area's `routes.ts` hangs its pages here. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  // Loaders run side by side: who is asking is found out while the page and what it shows are on their way.
  loader: {
    handler: async ({ location }) => {
      try {
        await queryClient.ensureQueryData(meQuery)
      } catch (error) {
        if (error instanceof RequestProblem && error.body.status === 401) {
          throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
        }
        throw error
      }
    },
    staleReloadMode: 'blocking',
  },
  component: Shell,
  notFoundComponent: MissingPage,
})

/** Parts of an address: what does not fit is left out, a link of yesterday still opens. */
export const searchText = z.string().max(200).optional().catch(undefined)
export const searchTexts = z.array(z.string().max(200)).max(100).optional().catch(undefined)
