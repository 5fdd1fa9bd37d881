import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { CustomerSort, Filter } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import { queryClient } from '../../app/api.ts'
import { searchText, searchTexts, shellRoute } from '../../app/shell-route.ts'
import { customerPage } from './list-query.ts'

const customers = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: z.object({
    q: searchText,
    where: Filter.optional().catch(undefined),
    sort: CustomerSort.optional().catch(undefined),
    order: z.enum(['ascending', 'descending']).optional().catch(undefined),
    columns: searchTexts,
    view: searchText,
  }),
  // The first rows are on their way while the page itself is; whoever scrolls or filters is on it already.
  beforeLoad: ({ search, cause }) => {
    if (cause !== 'stay') void queryClient.prefetchQuery(customerPage(search, 0))
  },
  component: lazyRouteComponent(() => import('./customer-list-page.tsx'), 'CustomerListPage'),
})
const newCustomer = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/new',
  component: lazyRouteComponent(() => import('./new-customer-page.tsx'), 'NewCustomerPage'),
})
const customer = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id',
  validateSearch: z.object({
    tab: z.enum(['timeline', 'orders', 'identities', 'history']).optional().catch(undefined),
    kind: z.enum(['order', 'return', 'payment', 'contact']).optional().catch(undefined),
    channel: searchText,
    from: z.iso.date().optional().catch(undefined),
    to: z.iso.date().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./customer-page.tsx'), 'CustomerPage'),
})

export const customersRoutes = [customers, newCustomer, customer] as const
