import { isDeepStrictEqual } from 'node:util'
import type { FieldAccess, Grant, Right, Scope } from '@zhike/contract/platform/rights.ts'
import type { Sql } from '../database/database.ts'

/** The rows that a right covers for somebody. */
export interface RowScope {
  scope: Scope
  /** Also what nobody owns (公海). */
  pool: boolean
}

/** Somebody with their rights as they are now. */
export interface Principal {
  userId: string
  name: string
  locale: 'zh' | 'en'
  roles: readonly string[]
  rights: ReadonlyMap<Right, RowScope>
  personal: FieldAccess
  sensitive: FieldAccess
  /** Teams that they are in. */
  teams: readonly string[]
  /** Those and every team below. */
  teamsBelow: readonly string[]
}

/** A principal in one request or job. */
export interface Actor extends Principal {
  via: 'session' | 'api-key' | 'job'
  /** The key that carried the request. */
  apiKeyId?: string
  requestId: string
}

export const scopeRank: Record<Scope, number> = { own: 0, team: 1, 'team-and-below': 2, all: 3 }
export const accessRank: Record<FieldAccess, number> = { hidden: 0, masked: 1, clear: 2 }

/** What several roles allow together: for each right the widest rows, for each field class the clearest view. */
export function combineRoles(
  roles: readonly { grants: readonly Grant[]; personal: FieldAccess; sensitive: FieldAccess }[],
): Pick<Principal, 'rights' | 'personal' | 'sensitive'> {
  const rights = new Map<Right, RowScope>()
  for (const { right, scope, pool } of roles.flatMap((role) => role.grants)) {
    const known = rights.get(right)
    rights.set(right, {
      scope: known && scopeRank[known.scope] > scopeRank[scope] ? known.scope : scope,
      pool: (known?.pool ?? false) || pool,
    })
  }
  const clearest = (field: 'personal' | 'sensitive') =>
    roles.reduce<FieldAccess>((best, role) => (accessRank[role[field]] > accessRank[best] ? role[field] : best), 'hidden')
  return { rights, personal: clearest('personal'), sensitive: clearest('sensitive') }
}

/** Whether two looks at somebody found the same rights, rows and view of fields. */
export const hasSameAccess = (one: Principal, other: Principal): boolean => isDeepStrictEqual(accessOf(one), accessOf(other))

const accessOf = ({ rights, personal, sensitive, teams, teamsBelow }: Principal) => ({
  rights,
  personal,
  sensitive,
  teams: new Set(teams),
  teamsBelow: new Set(teamsBelow),
})

/** A principal that is limited to some of its rights, as an API key is. */
export function limitedTo(principal: Principal, rights: readonly string[] | null): Principal {
  if (rights === null) return principal
  return { ...principal, rights: new Map([...principal.rights].filter(([right]) => rights.includes(right))) }
}

/** The person as they are now; undefined when unknown or disabled. */
export async function loadPrincipal(system: Sql, userId: string): Promise<Principal | undefined> {
  const [row] = await system<
    {
      id: string
      name: string
      locale: 'zh' | 'en'
      roles: { code: string | null; grants: Grant[]; personal: FieldAccess; sensitive: FieldAccess }[]
      teams: string[]
      teamsBelow: string[]
    }[]
  >`
    select u.id, u.name, u.locale,
           coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'grants', r.grants, 'personal', r.personal, 'sensitive', r.sensitive))
                       from user_role ur join role r on r.id = ur.role_id where ur.user_id = u.id), '[]') as roles,
           array(select m.team_id from team_member m where m.user_id = u.id) as teams,
           array(select distinct c.descendant_id from team_member m join team_closure c on c.ancestor_id = m.team_id
                  where m.user_id = u.id) as "teamsBelow"
      from users u
     where u.id = ${userId} and u.disabled_at is null`
  if (!row) return undefined
  return {
    userId: row.id,
    name: row.name,
    locale: row.locale,
    roles: row.roles.flatMap((role) => role.code ?? []),
    ...combineRoles(row.roles),
    teams: row.teams,
    teamsBelow: row.teamsBelow,
  }
}
