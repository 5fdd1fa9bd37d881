import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { analysesRoutes } from '../differentiate/analyses/routes.ts'
import { collectionRoutes } from '../identify/collection/routes.ts'
import { customersRoutes } from '../identify/customers/routes.ts'
import { orderRoutes } from '../identify/orders/routes.ts'
import { productRoutes } from '../identify/products/routes.ts'
import { accountRoutes } from '../platform/account/routes.ts'
import { jobsRoutes } from '../platform/jobs/routes.ts'
import { signInRoutes, welcome } from '../platform/sign-in/routes.ts'
import { controlsRoutes } from './controls/routes.ts'
import { FailedPage, MissingPage } from './failed-page.tsx'
import { glossaryRoutes } from './glossary/routes.ts'
import { rootRoute, shellRoute } from './shell-route.ts'

const home = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/customers', search: {} })
  },
})

/** Within the shell, so that who went astray keeps the menu. */
const astray = createRoute({ getParentRoute: () => shellRoute, path: '$', component: MissingPage })

const pages = [
  home,
  astray,
  welcome,
  ...glossaryRoutes,
  ...customersRoutes,
  ...collectionRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...analysesRoutes,
  ...jobsRoutes,
  ...accountRoutes,
] as const

export const router = createRouter({
  routeTree: rootRoute.addChildren([...signInRoutes, ...controlsRoutes, shellRoute.addChildren(pages)]),
  defaultPreload: 'intent',
  defaultErrorComponent: FailedPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
