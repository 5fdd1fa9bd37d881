import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/shell-route.ts'

const imports = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  component: lazyRouteComponent(() => import('./import-list-page.tsx'), 'ImportListPage'),
})
const newImport = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/new',
  component: lazyRouteComponent(() => import('./import-wizard-page.tsx'), 'ImportWizardPage'),
})
const oneImport = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
})

export const collectionRoutes = [imports, newImport, oneImport] as const
