import { createRoute, createRouter } from '@tanstack/react-router'
import { analysesRoutes } from '../differentiate/analyses/routes.ts'
import { home } from '../home/routes.ts'
import { collectionRoutes } from '../identify/collection/routes.ts'
import { customersRoutes } from '../identify/customers/routes.ts'
import { orderRoutes } from '../identify/orders/routes.ts'
import { productRoutes } from '../identify/products/routes.ts'
import { accountRoutes } from '../platform/account/routes.ts'
import { apiKeyRoutes } from '../platform/api-keys/routes.ts'
import { auditRoutes } from '../platform/audit/routes.ts'
import { jobsRoutes } from '../platform/jobs/routes.ts'
import { peopleRoutes } from '../platform/people/routes.ts'
import { settingsRoutes } from '../platform/settings/routes.ts'
import { signInRoutes, welcome } from '../platform/sign-in/routes.ts'
import { systemRoutes } from '../platform/system/routes.ts'
import { controlsRoutes } from './controls/routes.ts'
import { FailedPage, MissingPage } from './failed-page.tsx'
import { glossaryRoutes } from './glossary/routes.ts'
import { rootRoute, shellRoute } from './shell-route.ts'

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
  ...peopleRoutes,
  ...apiKeyRoutes,
  ...auditRoutes,
  ...settingsRoutes,
  ...systemRoutes,
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
