import * as views from '@zhike/contract/identify/views.ts'
import { json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem, Problem } from '../../platform/http/problem.ts'
import { type Route, route } from '../../platform/http/route.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import type { Fragment } from './fragment.ts'
import { conditionsIn } from './list-filter.ts'

/** Of one person; more tabs than this nobody finds anything in. */
const mostViews = 50

/** Saved views of the customer list. Whose they are, and who else sees them, row-level security says. */
export const viewRoutes: Route[] = [
  route(views.list, async ({ tx }) => ({ items: await readViews(tx, tx`true`) })),

  route(
    views.create,
    async ({ tx, actor, body }) => {
      requireShareable(actor, body)
      const [own] = await tx<{ count: number }[]>`select count(*)::int as count from customer_view where owner_id = ${actor.userId}`
      if ((own?.count ?? 0) >= mostViews) throw new Problem('too-many-views')
      const id = newId()
      const rows = await tx`
        insert into customer_view (id, name, state, owner_id, team_id)
        values (${id}, ${body.name}, ${json(tx, body.state)}, ${actor.userId}, ${body.teamId})
        on conflict do nothing returning 1`
      if (rows.length === 0) throw new Problem('view-name-taken')
      return readView(tx, id)
    },
    { action: 'view.create' },
  ),

  route(
    views.replace,
    async ({ tx, actor, params, body }) => {
      requireShareable(actor, body)
      const [taken] = await tx`
        select 1 from customer_view where owner_id = ${actor.userId} and name = ${body.name} and id <> ${params.id}`
      if (taken) throw new Problem('view-name-taken')
      const rows = await tx`
        update customer_view set name = ${body.name}, state = ${json(tx, body.state)}, team_id = ${body.teamId}
         where id = ${params.id} and owner_id = ${actor.userId} returning 1`
      if (rows.length === 0) throw new Problem('view-not-found')
      return readView(tx, params.id)
    },
    { action: 'view.replace' },
  ),

  route(
    views.remove,
    async ({ tx, actor, params }) => {
      const rows = await tx`delete from customer_view where id = ${params.id} and owner_id = ${actor.userId} returning 1`
      if (rows.length === 0) throw new Problem('view-not-found')
      return null
    },
    { action: 'view.delete' },
  ),
]

/**
 * A view is shared with the people one works with, not with strangers; and without anybody's phone or address in it, which not all
 * of them may see.
 */
function requireShareable(actor: Actor, { teamId, state }: views.ViewDraft): void {
  if (teamId === null) return
  if (!actor.teams.includes(teamId)) throw new Problem('team-not-found')
  const named = conditionsIn(state.filter ?? { match: 'all', conditions: [] }, 'body.state.filter').find(
    ({ condition: { field, value } }) => (field === 'phone' || field === 'email') && value !== undefined,
  )
  if (named) throw fieldProblem(`${named.path}.value`, 'not_shareable')
}

/** One's own first. */
const readViews = (tx: Tx, which: Fragment): Promise<views.View[]> => tx<views.View[]>`
  select v.id, v.name, v.state, jsonb_build_object('id', u.id, 'name', u.name) as owner,
         case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team
    from customer_view v
    join users u on u.id = v.owner_id
    left join team t on t.id = v.team_id
   where ${which}
   order by v.owner_id <> current_user_id(), v.created_at
   limit 200`

async function readView(tx: Tx, id: string): Promise<views.View> {
  const [view] = await readViews(tx, tx`v.id = ${id}`)
  if (!view) throw new Problem('view-not-found')
  return view
}
