import { randomUUID } from 'node:crypto'
import { customersSeen } from '@zhike/contract/platform/users.ts'
import type { Database } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { type Actor, loadPrincipal } from '../../platform/permissions/principal.ts'
import { actorTransaction } from '../../platform/permissions/transaction.ts'
import { countCustomers } from './count.ts'

/** How many customers somebody sees: counted as that person, under the very policies that hold for them. */
export const createSeenByRoutes = (database: Database): Route[] => [
  route(
    customersSeen,
    async ({ params, now }) => {
      const principal = await loadPrincipal(database.system, params.id)
      if (!principal) throw new Problem('user-not-found')
      const actor: Actor = { ...principal, via: 'session', requestId: randomUUID() }
      return actorTransaction(database, actor, 'customer.read', (tx) => countCustomers(tx, actor, {}, now))
    },
    { transaction: 'own' },
  ),
]
