import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const products = createRoute({
  getParentRoute: () => shellRoute,
  path: '/products',
  validateSearch: z.object({
    q: searchText,
    category: searchText,
    createdByImport: z.uuid().optional().catch(undefined),
    updatedByImport: z.uuid().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./product-list-page.tsx'), 'ProductListPage'),
})
const newProduct = createRoute({
  getParentRoute: () => shellRoute,
  path: '/products/new',
  component: lazyRouteComponent(() => import('./product-form-page.tsx'), 'NewProductPage'),
})
const product = createRoute({
  getParentRoute: () => shellRoute,
  path: '/products/$id',
  component: lazyRouteComponent(() => import('./product-page.tsx'), 'ProductPage'),
})
const editedProduct = createRoute({
  getParentRoute: () => shellRoute,
  path: '/products/$id/edit',
  component: lazyRouteComponent(() => import('./product-form-page.tsx'), 'EditProductPage'),
})

export const productRoutes = [products, newProduct, product, editedProduct] as const
