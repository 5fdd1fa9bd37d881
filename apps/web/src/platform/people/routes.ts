import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { UserState } from '@zhike/contract/platform/users.ts'
import { z } from 'zod'
import { searchText, shellRoute } from '../../app/shell-route.ts'

const id = z.uuid().optional().catch(undefined)

const people = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  validateSearch: z.object({ q: searchText, state: UserState.optional().catch(undefined), role: id, team: id }),
  component: lazyRouteComponent(() => import('./user-list-page.tsx'), 'UserListPage'),
})
const newPerson = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/new',
  component: lazyRouteComponent(() => import('./new-user-page.tsx'), 'NewUserPage'),
})
const person = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./user-page.tsx'), 'UserPage'),
})
const teams = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/teams',
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
})
const roles = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/roles',
  component: lazyRouteComponent(() => import('./role-list-page.tsx'), 'RoleListPage'),
})
const newRole = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/roles/new',
  validateSearch: z.object({ from: id }),
  component: lazyRouteComponent(() => import('./new-role-page.tsx'), 'NewRolePage'),
})
const role = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/roles/$id',
  component: lazyRouteComponent(() => import('./role-page.tsx'), 'RolePage'),
})

export const peopleRoutes = [people, newPerson, person, teams, roles, newRole, role] as const
