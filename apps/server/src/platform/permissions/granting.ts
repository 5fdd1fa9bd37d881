import { type FieldAccess, type Grant, rights } from '@zhike/contract/platform/rights.ts'
import { Problem } from '../http/problem.ts'
import { type Actor, accessRank, combineRoles, type Principal, scopeRank } from './principal.ts'

/** What a role, or several together, allows. */
export interface Allowance {
  grants: readonly Grant[]
  personal: FieldAccess
  sensitive: FieldAccess
}

type Held = Pick<Principal, 'rights' | 'personal' | 'sensitive'>

/** Whether `wanted` allows nothing that `holder` may not do: every right, on no more rows, with no clearer view. */
function isWithin(holder: Held, wanted: Held): boolean {
  const rightsHeld = [...wanted.rights].every(([right, rows]) => {
    const held = holder.rights.get(right)
    if (!held) return false
    return !rights[right].scoped || (scopeRank[rows.scope] <= scopeRank[held.scope] && (!rows.pool || held.pool))
  })
  return (
    rightsHeld && accessRank[wanted.personal] <= accessRank[holder.personal] && accessRank[wanted.sensitive] <= accessRank[holder.sensitive]
  )
}

/** Nobody grants more than they have, and nobody rules over somebody who may do more. @throws Problem `grant-exceeds-own` */
export function refuseBeyond(actor: Actor, roles: readonly Allowance[]): void {
  if (!isWithin(actor, combineRoles(roles))) throw new Problem('grant-exceeds-own')
}

/**
 * A team opens its customers to who is in it, so whoever does not see the whole company places people and teams only within
 * what they see. @throws Problem `grant-exceeds-own`
 */
export function refuseForeignTeams(actor: Actor, teamIds: readonly (string | null)[]): void {
  const seesAll = [...actor.rights].some(([right, rows]) => rights[right].scoped && rows.scope === 'all')
  if (seesAll || teamIds.every((id) => id !== null && actor.teamsBelow.includes(id))) return
  throw new Problem('grant-exceeds-own')
}
