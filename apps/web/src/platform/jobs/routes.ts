import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { JobState } from '@zhike/contract/platform/jobs.ts'
import { z } from 'zod'
import { shellRoute } from '../../app/shell-route.ts'

const jobs = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  validateSearch: z.object({
    state: z
      .enum([...JobState.options, 'unfinished'])
      .optional()
      .catch(undefined),
    whose: z.enum(['mine']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./job-list-page.tsx'), 'JobListPage'),
})

export const jobsRoutes = [jobs] as const
