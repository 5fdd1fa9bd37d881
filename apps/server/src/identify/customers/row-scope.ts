import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Actor, RowScope } from '../../platform/permissions/principal.ts'
import type { Fragment } from './fragment.ts'

/** Who looks after a customer. */
export interface Placement {
  ownerId: string | null
  teamId: string | null
}

const teamsOf = (actor: Actor, { scope }: RowScope): readonly string[] =>
  scope === 'team' ? actor.teams : scope === 'team-and-below' ? actor.teamsBelow : []

/** Whether a right of somebody covers a customer. The database's policies say the same once more. */
export function covers(actor: Actor, right: Right, { ownerId, teamId }: Placement): boolean {
  const rows = actor.rights.get(right)
  if (!rows) return false
  if (rows.scope === 'all' || ownerId === actor.userId) return true
  if (teamId !== null && teamsOf(actor, rows).includes(teamId)) return true
  return rows.pool && ownerId === null && (teamId === null || actor.teamsBelow.includes(teamId))
}

/**
 * The same as a condition on `customer c`. Besides being the first of two walls it lets the planner use the indexes by owner
 * and team, which it cannot see through the policy.
 */
export function scopeCondition(tx: Tx, actor: Actor, right: Right): Fragment {
  const rows = actor.rights.get(right)
  if (!rows) return tx`false`
  if (rows.scope === 'all') return tx`true`
  const teams = teamsOf(actor, rows)
  const own = tx`c.owner_id = ${actor.userId}::uuid`
  const team = teams.length > 0 ? tx`or c.team_id = any (${teams}::uuid[])` : tx``
  const pool = rows.pool ? tx`or (c.owner_id is null and (c.team_id is null or c.team_id = any (${actor.teamsBelow}::uuid[])))` : tx``
  return tx`(${own} ${team} ${pool})`
}
