import { createAuditRoutes } from '../audit/routes.ts'
import type { Database } from '../database/database.ts'
import type { Route } from '../http/route.ts'
import { keepBuiltInRoles } from '../permissions/built-in-roles.ts'
import { peopleRoutes } from '../permissions/routes.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { cookieNames } from './cookies.ts'
import { keepHouse } from './housekeeping.ts'
import { createLibrary } from './library.ts'
import { linkRoutes } from './link-routes.ts'
import { createPrincipalCache } from './principal-cache.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { setupRoutes } from './setup-routes.ts'
import { createThrottle } from './throttle.ts'

export interface AuthOptions {
  database: Database
  /** Signs and encrypts; the same for every process of an installation. */
  secret: string
  /** Under which people reach the server: decides on secure cookies and stands in links. */
  publicUrl: string
  /** Told of failures in the background. */
  log?: (message: string, error: unknown) => void
}

export interface Auth {
  authenticate: Authenticate
  routes: Route[]
  close(): Promise<void>
}

/** Sign-in, people, teams, roles, keys: who is asking, and the routes about it. */
export async function createAuth({ database, secret, publicUrl, log = () => {} }: AuthOptions): Promise<Auth> {
  const cache = await createPrincipalCache(database, secret, (error) => log('notifications of changed rights are away', error))
  const authenticate = createAuthenticate(database, cache, publicUrl, (error) => log('the use of a key or session was not noted', error))
  await keepBuiltInRoles(database.system)
  const cookies = cookieNames(publicUrl)
  const library = createLibrary({ system: database.system, secret, publicUrl, cookies })
  const throttle = createThrottle(database, secret)
  const parts = { database, library, throttle, secret, publicUrl, cookies, forget: cache.drop }
  const stopHousekeeping = keepHouse(database.system, (error) => log('ended sessions were not removed', error))
  const routes = [
    ...setupRoutes(publicUrl),
    ...sessionRoutes(parts),
    ...secondFactorRoutes(parts),
    ...linkRoutes(parts),
    ...peopleRoutes({ publicUrl, forget: cache.drop }),
    ...apiKeyRoutes(cache.drop),
    ...createAuditRoutes(database),
  ]
  const close = async () => {
    stopHousekeeping()
    await Promise.all([cache.close(), throttle.close()])
  }
  return { authenticate, routes, close }
}
