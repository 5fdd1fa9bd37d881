import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '../../app/shell-route.ts'

const keys = createRoute({
  getParentRoute: () => shellRoute,
  path: '/api-keys',
  validateSearch: z.object({ of: z.enum(['everybody']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./api-keys-page.tsx'), 'ApiKeysPage'),
})

export const apiKeyRoutes = [keys] as const
