import type { Me } from '@zhike/contract/platform/session.ts'
import type { Sql, Tx } from '../database/database.ts'
import type { Principal } from '../permissions/principal.ts'
import { findCompany } from './company.ts'

/** What somebody is told about themselves: who they are and what they may do now. */
export async function meOf(tx: Tx | Sql, principal: Principal, via: Me['via']): Promise<Me> {
  const [user] = await tx<{ email: string; name: string; locale: Me['user']['locale']; secondFactor: boolean; teams: Me['teams'] }[]>`
    select u.email, u.name, u.locale, u.two_factor_enabled as "secondFactor",
           coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name)
                       from team_member m join team t on t.id = m.team_id where m.user_id = u.id), '[]') as teams
      from users u where u.id = ${principal.userId}`
  if (!user) throw new Error(`user ${principal.userId} is gone`)
  const { teams, ...self } = user
  return {
    user: { id: principal.userId, ...self },
    via,
    rights: [...principal.rights].map(([right, rows]) => ({ right, ...rows })),
    personal: principal.personal,
    sensitive: principal.sensitive,
    teams,
    company: (await findCompany(tx as Tx)) ?? null,
  }
}
