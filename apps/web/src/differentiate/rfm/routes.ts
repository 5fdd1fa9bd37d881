import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const score = z.int().min(1).max(5).optional().catch(undefined)

const rfm = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rfm',
  validateSearch: z.object({ run: searchText, earlier: searchText, view: z.enum(['table']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./rfm-page.tsx'), 'RfmPage'),
})
const rfmPeople = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rfm/$id/people',
  validateSearch: z.object({ group: searchText, level: searchText, r: score, f: score }),
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
})

export const rfmRoutes = [rfm, rfmPeople] as const
