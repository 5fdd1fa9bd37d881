import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const day = z.iso.date().optional().catch(undefined)

const audit = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: z.object({
    who: z.uuid().optional().catch(undefined),
    what: searchText,
    object: searchText,
    id: searchText,
    via: z.enum(['session', 'api-key', 'job', 'system']).optional().catch(undefined),
    from: day,
    to: day,
  }),
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})

export const auditRoutes = [audit] as const
