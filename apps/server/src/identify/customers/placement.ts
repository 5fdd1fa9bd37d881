import type { Tx } from '../../platform/database/database.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { covers, type Placement } from './row-scope.ts'

interface Wish {
  ownerId?: string | null | undefined
  teamId?: string | null | undefined
}

/** Who looks after a new customer: whoever enters it unless said otherwise, in their team when they are in exactly one. */
export function placementOfNew(actor: Actor, wish: Wish): Placement {
  const [onlyTeam, ...more] = actor.teams
  return {
    ownerId: wish.ownerId === undefined ? actor.userId : wish.ownerId,
    teamId: wish.teamId === undefined ? (onlyTeam !== undefined && more.length === 0 ? onlyTeam : null) : wish.teamId,
  }
}

/** What must be known of an owner and a team before a customer goes to them. */
export interface PlacementFacts {
  /** There is such a user, who has not been disabled. */
  owner: boolean
  /** In a team at or below one of the actor's. */
  colleague: boolean
  team: boolean
}

/** `PlacementFacts` as a value of a statement. */
export const placementFacts = (tx: Tx, actor: Actor, { ownerId, teamId }: Placement) => tx`jsonb_build_object(
  'owner', exists (select 1 from users where id = ${ownerId} and disabled_at is null),
  'colleague', exists (select 1 from team_member where user_id = ${ownerId} and team_id = any (${actor.teamsBelow as string[]}::uuid[])),
  'team', exists (select 1 from team where id = ${teamId}))`

/** @throws Problem when the owner or team of a new customer does not exist or lies outside what the actor may read */
export const refusePlacement = (actor: Actor, wish: Wish, placement: Placement, known: PlacementFacts): void =>
  refuseOutside(actor, 'customer.read', wish, placement, known)

/**
 * Where a customer goes that is handed over; undefined when it stays.
 * @throws Problem as `refusePlacement`, by what the actor may edit
 */
export async function placeAnew(tx: Tx, actor: Actor, wish: Wish, before: Placement): Promise<Placement | undefined> {
  const placement = {
    ownerId: wish.ownerId === undefined ? before.ownerId : wish.ownerId,
    teamId: wish.teamId === undefined ? before.teamId : wish.teamId,
  }
  if (placement.ownerId === before.ownerId && placement.teamId === before.teamId) return undefined
  const [row] = await tx<{ known: PlacementFacts }[]>`select ${placementFacts(tx, actor, placement)} as known`
  if (row) refuseOutside(actor, 'customer.edit', wish, placement, row.known)
  return placement
}

function refuseOutside(
  actor: Actor,
  right: 'customer.read' | 'customer.edit',
  wish: Wish,
  placement: Placement,
  known: PlacementFacts,
): void {
  const field = wish.ownerId === undefined && wish.teamId !== undefined ? 'body.teamId' : 'body.ownerId'
  if (!covers(actor, right, placement)) throw fieldProblem(field, 'outside_scope')
  const isMine = placement.ownerId === actor.userId || actor.rights.get(right)?.scope === 'all'
  if (wish.ownerId && !(known.owner && (isMine || known.colleague))) throw fieldProblem('body.ownerId', 'outside_scope')
  if (wish.teamId && !known.team) throw fieldProblem('body.teamId', 'outside_scope')
}
