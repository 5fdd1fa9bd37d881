import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { searchText, shellRoute } from '../shell-route.ts'

const glossary = createRoute({
  getParentRoute: () => shellRoute,
  path: '/help/glossary',
  validateSearch: z.object({ q: searchText }),
  component: lazyRouteComponent(() => import('./glossary-page.tsx'), 'GlossaryPage'),
})

export const glossaryRoutes = [glossary] as const
