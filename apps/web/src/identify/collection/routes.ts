import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const imports = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  validateSearch: z.object({ repair: z.literal(true).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./import-list-page.tsx'), 'ImportListPage'),
})
const newImport = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/new',
  validateSearch: z.object({
    file: z.uuid().optional().catch(undefined),
    kind: ImportKind.optional().catch(undefined),
    sheet: searchText,
    step: z.enum(['check']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./import-wizard-page.tsx'), 'ImportWizardPage'),
})
const mappings = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/mappings',
  component: lazyRouteComponent(() => import('./mapping-list-page.tsx'), 'MappingListPage'),
})
const oneImport = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
})

export const collectionRoutes = [imports, newImport, mappings, oneImport] as const
