import type { edit, Team, TeamDraft } from '@zhike/contract/platform/teams.ts'
import type { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { uniqueOr } from '../http/unique.ts'
import { refuseStale } from '../http/version.ts'
import { refuseForeignTeams } from './granting.ts'
import type { Actor } from './principal.ts'

type TeamChange = z.output<typeof edit.body>

const teamRows = (tx: Tx, id: string | null) => tx<Team[]>`
  select t.id, t.name, t.parent_id as "parentId", t.version,
         (select count(*)::int from team_member m where m.team_id = t.id) as members
    from team t
   where ${id}::uuid is null or t.id = ${id}
   order by t.name, t.id`

export async function listTeams(tx: Tx): Promise<Team[]> {
  return [...(await teamRows(tx, null))]
}

/** @throws Problem `team-not-found` */
export async function getTeam(tx: Tx, id: string): Promise<Team> {
  const [team] = await teamRows(tx, id)
  if (!team) throw new Problem('team-not-found')
  return team
}

/** @throws Problem `team-not-found` for the parent, `team-name-taken`, `grant-exceeds-own` */
export async function createTeam(tx: Tx, actor: Actor, draft: TeamDraft): Promise<Team> {
  await lockTree(tx)
  if (draft.parentId !== null) await getTeam(tx, draft.parentId)
  refuseForeignTeams(actor, [draft.parentId])
  const id = newId()
  await uniqueOr(tx`insert into team (id, parent_id, name) values (${id}, ${draft.parentId}, ${draft.name})`, 'team-name-taken')
  await tx`insert into team_closure (ancestor_id, descendant_id, depth)
    select ancestor_id, ${id}::uuid, depth + 1 from team_closure where descendant_id = ${draft.parentId}
    union all select ${id}::uuid, ${id}::uuid, 0`
  return getTeam(tx, id)
}

/** @throws Problem `team-not-found`, `team-name-taken`, `team-circle`, `grant-exceeds-own`, `version-required`, `edit-conflict` */
export async function editTeam(tx: Tx, actor: Actor, id: string, change: TeamChange, expected: number | undefined): Promise<Team> {
  await lockTree(tx)
  const team = await getTeam(tx, id)
  refuseStale(expected, team.version)
  refuseForeignTeams(actor, [id])
  const next = { name: change.name ?? team.name, parentId: change.parentId === undefined ? team.parentId : change.parentId }
  const moved = next.parentId !== team.parentId
  if (moved) {
    refuseForeignTeams(actor, [team.parentId, next.parentId])
    await refuseCircle(tx, id, next.parentId)
  }
  await uniqueOr(
    tx`update team set name = ${next.name}, parent_id = ${next.parentId}, version = version + 1 where id = ${id}`,
    'team-name-taken',
  )
  if (moved) await moveInClosure(tx, id, next.parentId)
  return getTeam(tx, id)
}

/** @throws Problem `team-not-found`, `team-in-use`, `grant-exceeds-own` */
export async function removeTeam(tx: Tx, actor: Actor, id: string): Promise<void> {
  await lockTree(tx)
  await getTeam(tx, id)
  refuseForeignTeams(actor, [id])
  const [used] = await tx`
    select 1 from team where parent_id = ${id}
    union all select 1 from team_member where team_id = ${id}
    limit 1`
  if (used) throw new Problem('team-in-use')
  // Customers of the team may be outside what the actor sees; the reference from them is the judge.
  await tx`delete from team where id = ${id}`.catch((error: { code?: string }) => {
    throw error.code === '23503' ? new Problem('team-in-use') : error
  })
}

/** Two moves at once could make a circle that neither sees. */
const lockTree = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('zhike_team_tree'))`

async function refuseCircle(tx: Tx, id: string, parentId: string | null): Promise<void> {
  if (parentId === null) return
  await getTeam(tx, parentId)
  const [below] = await tx`select 1 from team_closure where ancestor_id = ${id} and descendant_id = ${parentId}`
  if (below) throw new Problem('team-circle')
}

/** Cuts the subtree off what was above it and puts it below its new parent. */
async function moveInClosure(tx: Tx, id: string, parentId: string | null): Promise<void> {
  await tx`
    delete from team_closure c
     using team_closure below
     where below.ancestor_id = ${id} and c.descendant_id = below.descendant_id
       and not exists (select 1 from team_closure inside where inside.ancestor_id = ${id} and inside.descendant_id = c.ancestor_id)`
  await tx`
    insert into team_closure (ancestor_id, descendant_id, depth)
    select above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
      from team_closure above
     cross join team_closure below
     where above.descendant_id = ${parentId} and below.ancestor_id = ${id}`
}
