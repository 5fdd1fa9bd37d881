import * as roles from '@zhike/contract/platform/roles.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { z } from 'zod'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { type Route, route } from '../http/route.ts'
import { createRole, editRole, getRole, listRoles, removeRole } from './roles.ts'
import { createTeam, editTeam, getTeam, listTeams, removeTeam } from './teams.ts'
import { userRows } from './user-rows.ts'
import { editUser, getUser, inviteUser, linkFor, resetSecondFactor } from './users.ts'

export interface PeopleOptions {
  publicUrl: string
  /** Forgets what this process remembers of somebody, or of everybody. */
  forget(userId?: string): void
}

const Cursor = z.tuple([z.string(), z.uuid()])

/** People, teams and roles. What is written into tables of proofs (links, sessions) needs the system's role. */
export function peopleRoutes({ publicUrl, forget }: PeopleOptions): Route[] {
  return [
    route(users.list, async ({ tx, actor, query }) => {
      const { limit = 50, after, ...filter } = query
      const found = await userRows(tx, { ...filter, after: readCursor(after, Cursor), limit: limit + 1 }, actor.locale)
      const items = found.slice(0, limit)
      const last = items.at(-1)
      return { items, next: found.length > limit && last ? writeCursor([last.name, last.id]) : null }
    }),
    route(users.names, async ({ tx, query }) => {
      const { search = null, ids } = query
      const items = await tx<{ id: string; name: string }[]>`
        select id, name from users
         where ${ids ? tx`id = any (${ids}::uuid[])` : tx`disabled_at is null`}
           and (${search}::text is null or position(lower(${search}) in lower(name)) > 0)
         order by name, id limit 200`
      return { items: [...items] }
    }),
    route(users.get, ({ tx, actor, params }) => getUser(tx, actor, params.id)),
    route(
      users.invite,
      async ({ tx, actor, body, now, note }) => {
        const invited = await inviteUser(tx, actor, body, now, publicUrl)
        note({ objectId: invited.user.id, details: { roleIds: body.roleIds, teamIds: body.teamIds } })
        return invited
      },
      { as: 'system', action: 'user.invite' },
    ),
    route(
      users.edit,
      async ({ tx, actor, params, body, expectedVersion, now, note, afterCommit }) => {
        const { roleIds, teamIds, enabled } = body
        note({ details: { fields: Object.keys(body), ...(roleIds ? { roleIds } : {}), ...(teamIds ? { teamIds } : {}), enabled } })
        afterCommit(() => forget(params.id))
        return editUser(tx, actor, params.id, body, expectedVersion, now)
      },
      { as: 'system', action: 'user.edit' },
    ),
    route(
      users.link,
      async ({ tx, actor, params, now, note }) => {
        const { link, kind } = await linkFor(tx, actor, params.id, now, publicUrl)
        note({ objectId: params.id, details: { kind } })
        return link
      },
      { as: 'system', action: 'user.link' },
    ),
    route(
      users.resetSecondFactor,
      async ({ tx, actor, params }) => {
        await resetSecondFactor(tx, actor, params.id)
        return null
      },
      { as: 'system', action: 'user.second-factor-reset' },
    ),

    route(teams.list, async ({ tx }) => ({ items: await listTeams(tx) })),
    route(teams.create, ({ tx, actor, body }) => createTeam(tx, actor, body), { action: 'team.create' }),
    route(
      teams.edit,
      async ({ tx, actor, params, body, expectedVersion, note, afterCommit }) => {
        const before = await getTeam(tx, params.id)
        note({
          details: { fields: Object.keys(body), from: before.parentId, ...(body.parentId === undefined ? {} : { to: body.parentId }) },
        })
        afterCommit(() => forget())
        return editTeam(tx, actor, params.id, body, expectedVersion)
      },
      { action: 'team.edit' },
    ),
    route(
      teams.remove,
      async ({ tx, actor, params }) => {
        await removeTeam(tx, actor, params.id)
        return null
      },
      { action: 'team.remove' },
    ),

    route(roles.list, async ({ tx, actor }) => ({ items: await listRoles(tx, actor.locale) })),
    route(
      roles.create,
      async ({ tx, actor, body, note }) => {
        note({ details: { grants: body.grants, personal: body.personal, sensitive: body.sensitive } })
        return createRole(tx, actor, body)
      },
      { action: 'role.create' },
    ),
    route(
      roles.edit,
      async ({ tx, actor, params, body, expectedVersion, note, afterCommit }) => {
        const { grants, personal, sensitive } = await getRole(tx, params.id, actor.locale)
        const after = await editRole(tx, actor, params.id, body, expectedVersion)
        const now = { grants: after.grants, personal: after.personal, sensitive: after.sensitive }
        note({ details: { fields: Object.keys(body), before: { grants, personal, sensitive }, after: now } })
        afterCommit(() => forget())
        return after
      },
      { action: 'role.edit' },
    ),
    route(
      roles.remove,
      async ({ tx, actor, params }) => {
        await removeRole(tx, actor, params.id)
        return null
      },
      { action: 'role.remove' },
    ),
  ]
}
