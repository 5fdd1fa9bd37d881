import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../shell-route.ts'

/** Living examples of the shared controls: in development only, the built app has no such page. */
export const controlsRoutes = import.meta.env.DEV
  ? ([
      createRoute({
        getParentRoute: () => rootRoute,
        path: '/dev/controls',
        component: lazyRouteComponent(() => import('./controls-page.tsx'), 'ControlsPage'),
      }),
    ] as const)
  : []
