import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { MemberSort } from '@zhike/contract/differentiate/analyses.ts'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const score = z.int().min(1).max(5).optional().catch(undefined)
const percent = z.int().min(0).max(100).optional().catch(undefined)
const minor = z.int().optional().catch(undefined)
/** The contract's, written out: the first load carries none of the analyses. */
const sort = z.enum([
  'monetary',
  'frequency',
  'recencyDays',
  'value',
  'alive',
  'expectedPurchases',
  'futureValue',
  'currentValue',
  'purchases',
] as const satisfies readonly MemberSort[])
const shownRun = { run: searchText, earlier: searchText }

const rfm = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rfm',
  validateSearch: z.object({ ...shownRun, view: z.enum(['table']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../rfm/rfm-page.tsx'), 'RfmPage'),
})
const abc = createRoute({
  getParentRoute: () => shellRoute,
  path: '/abc',
  // Cut-offs as they are moved, in percent of value; those of the definition when left out.
  validateSearch: z.object({ ...shownRun, a: percent, b: percent }),
  component: lazyRouteComponent(() => import('../abc/abc-page.tsx'), 'AbcPage'),
})
const clv = createRoute({
  getParentRoute: () => shellRoute,
  path: '/clv',
  validateSearch: z.object(shownRun),
  component: lazyRouteComponent(() => import('../clv/clv-page.tsx'), 'ClvPage'),
})
const people = createRoute({
  getParentRoute: () => shellRoute,
  path: '/runs/$id/people',
  validateSearch: z.object({
    group: searchText,
    level: searchText,
    r: score,
    f: score,
    m: score,
    aliveFrom: percent,
    aliveBelow: percent,
    futureFrom: minor,
    futureBelow: minor,
    against: searchText,
    was: searchText,
    search: searchText,
    sort: sort.optional().catch(undefined),
    order: z.enum(['ascending', 'descending']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
})

export const analysesRoutes = [rfm, abc, clv, people] as const
