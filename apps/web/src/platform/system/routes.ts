import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '../../app/shell-route.ts'

const job = z.uuid().optional().catch(undefined)

const system = createRoute({
  getParentRoute: () => shellRoute,
  path: '/system',
  /** The jobs begun here: their progress is there again after a reload. */
  validateSearch: z.object({ backup: job, rebuild: job }),
  component: lazyRouteComponent(() => import('./system-page.tsx'), 'SystemPage'),
})

export const systemRoutes = [system] as const
