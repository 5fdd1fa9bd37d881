import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { OrderListStatus } from '@zhike/contract/identify/catalog.ts'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const day = z.iso.date().optional().catch(undefined)

const orders = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders',
  validateSearch: z.object({
    q: searchText,
    /** First and last day, both included. */
    from: day,
    to: day,
    channel: searchText,
    status: OrderListStatus.optional().catch(undefined),
    customer: z.uuid().optional().catch(undefined),
    product: searchText,
    createdByImport: z.uuid().optional().catch(undefined),
    updatedByImport: z.uuid().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./order-list-page.tsx'), 'OrderListPage'),
})
const newOrder = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/new',
  validateSearch: z.object({ customer: z.uuid().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./new-order-page.tsx'), 'NewOrderPage'),
})
const order = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('./order-page.tsx'), 'OrderPage'),
})

export const orderRoutes = [orders, newOrder, order] as const
