import type { edit, invite, Link, User } from '@zhike/contract/platform/users.ts'
import type { z } from 'zod'
import { createLink } from '../auth/links.ts'
import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { uniqueOr } from '../http/unique.ts'
import { refuseStale } from '../http/version.ts'
import { refuseBeyond, refuseForeignTeams } from './granting.ts'
import type { Actor } from './principal.ts'
import { countAdministrators, rolesById, rolesOf, userRows } from './user-rows.ts'

type Invitation = z.output<typeof invite.body>
type Change = z.output<typeof edit.body>

/** @throws Problem `user-not-found` */
export async function getUser(tx: Tx, actor: Actor, id: string): Promise<User> {
  const [user] = await userRows(tx, { id, limit: 1 }, actor.locale)
  if (!user) throw new Problem('user-not-found')
  return user
}

/**
 * Adds somebody who may choose a password by the link in the answer.
 * @throws Problem `email-taken`, `role-not-found`, `team-not-found`, `grant-exceeds-own`
 */
export async function inviteUser(
  tx: Tx,
  actor: Actor,
  draft: Invitation,
  now: Date,
  publicUrl: string,
): Promise<{ user: User; invitation: Link }> {
  const id = newId()
  await uniqueOr(
    tx`insert into users (id, name, email, locale, joined_at) values (${id}, ${draft.name}, ${draft.email}, ${draft.locale ?? actor.locale}, null)`,
    'email-taken',
  )
  await setRoles(tx, actor, id, draft.roleIds)
  await setTeams(tx, actor, id, draft.teamIds)
  const invitation = await createLink(tx, { userId: id, kind: 'invitation', createdBy: actor.userId, now, publicUrl })
  return { user: await getUser(tx, actor, id), invitation }
}

/**
 * Changes a person. Whoever may no longer sign in has no session any more.
 * @throws Problem `user-not-found`, `email-taken`, `role-not-found`, `team-not-found`, `grant-exceeds-own`, `last-administrator`,
 *   `version-required`, `edit-conflict`
 */
export async function editUser(tx: Tx, actor: Actor, id: string, change: Change, expected: number | undefined, now: Date): Promise<User> {
  // Whoever takes an administrator away waits here for whoever else does, so that the last one is seen.
  await tx`select 1 from role where code = 'administrator' for update`
  await tx`select 1 from users where id = ${id} for update`
  const user = await getUser(tx, actor, id)
  refuseStale(expected, user.version)
  refuseBeyond(actor, await rolesOf(tx, id))
  const administrators = await countAdministrators(tx)

  await uniqueOr(
    tx`update users
      set name = ${change.name ?? user.name}, email = ${change.email ?? user.email}, locale = ${change.locale ?? user.locale},
          disabled_at = ${disabledAt(user, change, now)}, version = version + 1, updated_at = ${now}
      where id = ${id}`,
    'email-taken',
  )
  if (change.roleIds) await setRoles(tx, actor, id, change.roleIds)
  if (change.teamIds) await setTeams(tx, actor, id, change.teamIds)
  if (change.enabled === false) await endAccess(tx, id, now)
  if (administrators > 0 && (await countAdministrators(tx)) === 0) throw new Problem('last-administrator')
  return getUser(tx, actor, id)
}

/** @throws Problem `user-not-found`, `grant-exceeds-own` when they may do more than the actor */
export async function linkFor(
  tx: Tx,
  actor: Actor,
  id: string,
  now: Date,
  publicUrl: string,
): Promise<{ link: Link; kind: 'invitation' | 'reset' }> {
  const user = await getUser(tx, actor, id)
  refuseBeyond(actor, await rolesOf(tx, id))
  const [joined] = await tx`select 1 from users where id = ${user.id} and joined_at is not null`
  const kind = joined ? 'reset' : 'invitation'
  return { kind, link: await createLink(tx, { userId: id, kind, createdBy: actor.userId, now, publicUrl }) }
}

/** @throws Problem `user-not-found`, `second-factor-off`, `grant-exceeds-own` */
export async function resetSecondFactor(tx: Tx, actor: Actor, id: string): Promise<void> {
  await getUser(tx, actor, id)
  refuseBeyond(actor, await rolesOf(tx, id))
  const [removed] = await tx`delete from auth_two_factor where user_id = ${id} returning 1`
  if (!removed) throw new Problem('second-factor-off')
  await tx`update users set two_factor_enabled = false, version = version + 1 where id = ${id}`
}

function disabledAt(user: User, change: Change, now: Date): Date | null {
  const disabled = change.enabled === undefined ? user.state === 'disabled' : !change.enabled
  return disabled ? now : null
}

async function endAccess(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx`delete from auth_session where user_id = ${userId}`
  await tx`update auth_link set used_at = ${now} where user_id = ${userId} and used_at is null`
}

async function setRoles(tx: Tx, actor: Actor, userId: string, roleIds: readonly string[]): Promise<void> {
  const ids = [...new Set(roleIds)]
  const roles = await rolesById(tx, ids)
  if (roles.length !== ids.length) throw new Problem('role-not-found')
  refuseBeyond(actor, roles)
  await tx`delete from user_role where user_id = ${userId} and role_id <> all (${ids}::uuid[])`
  await tx`insert into user_role (user_id, role_id) select ${userId}, unnest(${ids}::uuid[]) on conflict do nothing`
}

async function setTeams(tx: Tx, actor: Actor, userId: string, teamIds: readonly string[]): Promise<void> {
  const ids = [...new Set(teamIds)]
  const found = await tx`select 1 from team where id = any (${ids}::uuid[]) for share`
  if (found.length !== ids.length) throw new Problem('team-not-found')
  const now = await tx<{ id: string }[]>`select team_id as id from team_member where user_id = ${userId}`
  const before = new Set(now.map(({ id }) => id))
  const changed = [...ids.filter((id) => !before.has(id)), ...[...before].filter((id) => !ids.includes(id))]
  refuseForeignTeams(actor, changed)
  await tx`delete from team_member where user_id = ${userId} and team_id <> all (${ids}::uuid[])`
  await tx`insert into team_member (user_id, team_id) select ${userId}, unnest(${ids}::uuid[]) on conflict do nothing`
}
