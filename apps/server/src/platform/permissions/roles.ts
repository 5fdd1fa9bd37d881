import type { edit, Role, RoleDraft } from '@zhike/contract/platform/roles.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type postgres from 'postgres'
import type { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { uniqueOr } from '../http/unique.ts'
import { refuseStale } from '../http/version.ts'
import { isBuiltInName, roleName } from './built-in-roles.ts'
import { refuseBeyond } from './granting.ts'
import type { Actor } from './principal.ts'

type RoleChange = z.output<typeof edit.body>

const roleRows = (tx: Tx, id: string | null) => tx<Role[]>`
  select r.id, r.code, r.name, r.grants, r.personal, r.sensitive, r.built_in as "builtIn", r.version,
         (select count(*)::int from user_role ur where ur.role_id = r.id) as members
    from role r
   where ${id}::uuid is null or r.id = ${id}
   order by r.built_in desc, case when r.built_in then r.id::text end, r.name`

const shown = (role: Role, locale: Locale): Role => ({ ...role, name: roleName(role, locale) })

/** All roles, built-in ones first. */
export async function listRoles(tx: Tx, locale: Locale): Promise<Role[]> {
  return (await roleRows(tx, null)).map((role) => shown(role, locale))
}

/** @throws Problem `role-not-found` */
export async function getRole(tx: Tx, id: string, locale: Locale): Promise<Role> {
  const [role] = await roleRows(tx, id)
  if (!role) throw new Problem('role-not-found')
  return shown(role, locale)
}

/** @throws Problem `grant-exceeds-own`, `role-name-taken` */
export async function createRole(tx: Tx, actor: Actor, draft: RoleDraft): Promise<Role> {
  refuseBeyond(actor, [draft])
  if (isBuiltInName(draft.name)) throw new Problem('role-name-taken')
  const id = newId()
  await uniqueOr(
    tx`insert into role (id, name, grants, personal, sensitive)
      values (${id}, ${draft.name}, ${tx.json(draft.grants as unknown as postgres.JSONValue)}, ${draft.personal}, ${draft.sensitive})`,
    'role-name-taken',
  )
  return getRole(tx, id, actor.locale)
}

/** @throws Problem `role-not-found`, `role-built-in`, `version-required`, `edit-conflict`, `grant-exceeds-own`, `role-name-taken` */
export async function editRole(tx: Tx, actor: Actor, id: string, change: RoleChange, expected: number | undefined): Promise<Role> {
  const role = await lockOwnRole(tx, actor, id)
  refuseStale(expected, role.version)
  const next = {
    name: change.name ?? role.name,
    grants: change.grants ?? role.grants,
    personal: change.personal ?? role.personal,
    sensitive: change.sensitive ?? role.sensitive,
  }
  refuseBeyond(actor, [next])
  if (isBuiltInName(next.name)) throw new Problem('role-name-taken')
  await uniqueOr(
    tx`update role
      set name = ${next.name}, grants = ${tx.json(next.grants as unknown as postgres.JSONValue)}, personal = ${next.personal},
          sensitive = ${next.sensitive}, version = version + 1
      where id = ${id}`,
    'role-name-taken',
  )
  return getRole(tx, id, actor.locale)
}

/** @throws Problem `role-not-found`, `role-built-in`, `role-in-use`, `grant-exceeds-own` */
export async function removeRole(tx: Tx, actor: Actor, id: string): Promise<void> {
  const role = await lockOwnRole(tx, actor, id)
  if (role.members > 0) throw new Problem('role-in-use')
  await tx`delete from role where id = ${id}`
}

/** A role that may be changed, held until the transaction ends. It may not allow more than the actor has, before or after. */
async function lockOwnRole(tx: Tx, actor: Actor, id: string): Promise<Role> {
  await tx`select 1 from role where id = ${id} for update`
  const role = await getRole(tx, id, actor.locale)
  if (role.builtIn) throw new Problem('role-built-in')
  refuseBeyond(actor, [role])
  return role
}
