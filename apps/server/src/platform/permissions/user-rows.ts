import type { User, UserState } from '@zhike/contract/platform/users.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { Tx } from '../database/database.ts'
import { roleName } from './built-in-roles.ts'
import type { Allowance } from './granting.ts'

interface UserRow extends Omit<User, 'roles' | 'lastSignInAt' | 'createdAt'> {
  roles: { id: string; name: string; code: string | null }[]
  lastSignInAt: Date | null
  createdAt: Date
}

export interface UserFilter {
  id?: string | undefined
  search?: string | undefined
  state?: UserState | undefined
  roleId?: string | undefined
  teamId?: string | undefined
  /** Name and id of the last row of the page before. */
  after?: readonly [string, string] | undefined
  limit: number
}

/** People by name, with their roles and teams. */
export async function userRows(tx: Tx, filter: UserFilter, locale: Locale): Promise<User[]> {
  const { id = null, search = null, state = null, roleId = null, teamId = null, after = null, limit } = filter
  const rows = await tx<UserRow[]>`
    select u.id, u.name, u.email, u.locale, s.state, u.two_factor_enabled as "secondFactor", u.version,
           u.last_sign_in_at as "lastSignInAt", u.created_at as "createdAt",
           coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'code', r.code) order by r.name)
                       from user_role ur join role r on r.id = ur.role_id where ur.user_id = u.id), '[]') as roles,
           coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name)
                       from team_member m join team t on t.id = m.team_id where m.user_id = u.id), '[]') as teams
      from users u
     cross join lateral (select case when u.disabled_at is not null then 'disabled'
                                     when u.joined_at is null then 'invited' else 'active' end as state) s
     where (${id}::uuid is null or u.id = ${id})
       and (${search}::text is null or position(lower(${search}) in lower(u.name)) > 0 or position(lower(${search}) in u.email) > 0)
       and (${state}::text is null or s.state = ${state})
       and (${roleId}::uuid is null or exists (select 1 from user_role ur where ur.user_id = u.id and ur.role_id = ${roleId}))
       and (${teamId}::uuid is null or exists (select 1 from team_member m where m.user_id = u.id and m.team_id = ${teamId}))
       and (${after?.[0] ?? null}::text is null or (u.name, u.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
     order by u.name, u.id
     limit ${limit}`
  return rows.map((row) => ({
    ...row,
    roles: row.roles.map((role) => ({ id: role.id, name: roleName(role, locale) })),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }))
}

/** What somebody's roles allow. */
export const rolesOf = (tx: Tx, userId: string) => tx<Allowance[]>`
  select r.grants, r.personal, r.sensitive
    from user_role ur
    join role r on r.id = ur.role_id
   where ur.user_id = ${userId}`

/** What these roles allow, held until the transaction ends. */
export const rolesById = (tx: Tx, ids: readonly string[]) => tx<Allowance[]>`
  select grants, personal, sensitive from role where id = any (${ids as string[]}::uuid[]) for share`

/** How many people can sign in as administrators. */
export async function countAdministrators(tx: Tx): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count
      from user_role ur
      join role r on r.id = ur.role_id and r.code = 'administrator'
      join users u on u.id = ur.user_id
     where u.disabled_at is null and u.joined_at is not null`
  return row?.count ?? 0
}
