import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import { CustomerSort } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import { queryClient } from './api.ts'
import { FailedPage, MissingPage } from './failed-page.tsx'
import { meQuery, setupQuery } from './session.ts'
import { Shell } from './shell.tsx'

const text = z.string().max(200).optional().catch(undefined)
const texts = z.array(z.string().max(200)).max(100).optional().catch(undefined)
const score = z.int().min(1).max(5).optional().catch(undefined)

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage, errorComponent: FailedPage })

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/sign-in', search: {} })
  },
  component: lazyRouteComponent(() => import('../platform/sign-in/setup-page.tsx'), 'SetupPage'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: text }),
  beforeLoad: async () => {
    if ((await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('../platform/sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  component: lazyRouteComponent(() => import('../platform/sign-in/link-page.tsx'), 'LinkPage'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (error instanceof RequestProblem && error.body.status === 401) {
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
      }
      throw error
    }
  },
  component: Shell,
})
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/customers', search: {} })
  },
})

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: z.object({
    q: text,
    kind: texts,
    city: texts,
    level: texts,
    group: texts,
    sort: CustomerSort.optional().catch(undefined),
    order: z.enum(['ascending', 'descending']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../identify/customers/customer-list-page.tsx'), 'CustomerListPage'),
})
const newCustomer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/new',
  component: lazyRouteComponent(() => import('../identify/customers/new-customer-page.tsx'), 'NewCustomerPage'),
})
const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  validateSearch: z.object({
    tab: z.enum(['timeline', 'history']).optional().catch(undefined),
    kind: z.enum(['order', 'return', 'payment', 'contact']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../identify/customers/customer-page.tsx'), 'CustomerPage'),
})
const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  component: lazyRouteComponent(() => import('../identify/collection/import-list-page.tsx'), 'ImportListPage'),
})
const newImport = createRoute({
  getParentRoute: () => shell,
  path: '/imports/new',
  component: lazyRouteComponent(() => import('../identify/collection/import-wizard-page.tsx'), 'ImportWizardPage'),
})
const oneImport = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('../identify/collection/import-page.tsx'), 'ImportPage'),
})
const rfm = createRoute({
  getParentRoute: () => shell,
  path: '/rfm',
  validateSearch: z.object({ run: text, earlier: text, view: z.enum(['table']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../differentiate/rfm/rfm-page.tsx'), 'RfmPage'),
})
const rfmPeople = createRoute({
  getParentRoute: () => shell,
  path: '/rfm/$id/people',
  validateSearch: z.object({ group: text, level: text, r: score, f: score }),
  component: lazyRouteComponent(() => import('../differentiate/rfm/people-page.tsx'), 'PeoplePage'),
})
const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../platform/jobs/job-list-page.tsx'), 'JobListPage'),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../platform/account/account-page.tsx'), 'AccountPage'),
})

const pages = [home, newCustomer, customers, customer, newImport, imports, oneImport, rfm, rfmPeople, jobs, account] as const

export const router = createRouter({
  routeTree: root.addChildren([setup, signIn, link, shell.addChildren(pages)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
