import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { queryClient } from '../../app/api.ts'
import { setupQuery } from '../../app/session.ts'
import { rootRoute, searchText, shellRoute } from '../../app/shell-route.ts'

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/sign-in', search: {} })
  },
  component: lazyRouteComponent(() => import('./setup-page.tsx'), 'SetupPage'),
})
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ next: searchText }),
  beforeLoad: async () => {
    if ((await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
})
const link = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('./link-page.tsx'), 'LinkPage'),
})

/** Within the shell: whoever comes here is signed in. */
export const welcome = createRoute({
  getParentRoute: () => shellRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./welcome-page.tsx'), 'WelcomePage'),
})

export const signInRoutes = [setup, signIn, link] as const
