import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { Currency } from '@zhike/contract/platform/settings.ts'
import { z } from 'zod'
import { shellRoute } from '../../app/shell-route.ts'

const settings = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: z.object({
    tab: z.enum(['channels', 'rates']).optional().catch(undefined),
    currency: Currency.optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})

export const settingsRoutes = [settings] as const
