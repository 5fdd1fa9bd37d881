import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../permissions/principal.ts'
import { createApiKey, keyExpiry } from './api-keys.ts'

interface KeyRow extends Omit<ApiKey, 'expiresAt' | 'lastUsedAt' | 'createdAt'> {
  expiresAt: Date
  lastUsedAt: Date | null
  createdAt: Date
}

/** Keys of programs. Row-level security shows one's own, and everybody's to who manages people. */
export function apiKeyRoutes(forget: (userId?: string) => void): Route[] {
  return [
    route(apiKeys.list, async ({ tx, actor, query }) => {
      const userId = query.everybody ? null : (query.userId ?? actor.userId)
      if (userId !== actor.userId && !actor.rights.has('user.manage')) throw new Problem('right-missing', { right: 'user.manage' })
      return { items: await keyRows(tx, { userId }) }
    }),
    route(
      apiKeys.create,
      async ({ tx, actor, body, now, note }) => {
        const rights = rightsOfNewKey(actor, body.rights)
        const expiresAt = keyExpiry(now, body.expiresInDays)
        const { id, key } = await createApiKey(tx, { userId: actor.userId, name: body.name, rights, expiresAt })
        const [shown] = await keyRows(tx, { id })
        if (!shown) throw new Problem('api-key-not-found')
        note({ objectId: id, details: { rights, expiresAt: expiresAt.toISOString() } })
        return { ...shown, key }
      },
      { action: 'api-key.create' },
    ),
    route(
      apiKeys.revoke,
      async ({ tx, params, now, afterCommit }) => {
        const [revoked] = await tx<{ userId: string }[]>`
          update api_key set revoked_at = ${now} where id = ${params.id} and revoked_at is null returning user_id as "userId"`
        if (!revoked) throw new Problem('api-key-not-found')
        afterCommit(() => forget(revoked.userId))
        return null
      },
      { action: 'api-key.revoke' },
    ),
  ]
}

/**
 * A key never does more than whoever makes it: one that is made with a limited key is limited likewise.
 * @throws Problem `grant-exceeds-own`
 */
function rightsOfNewKey(actor: Actor, wanted: readonly Right[] | null): readonly Right[] | null {
  if (wanted === null) return actor.via === 'session' ? null : [...actor.rights.keys()]
  if (!wanted.every((right) => actor.rights.has(right))) throw new Problem('grant-exceeds-own')
  return [...new Set(wanted)]
}

async function keyRows(tx: Tx, { id = null, userId = null }: { id?: string | null; userId?: string | null }): Promise<ApiKey[]> {
  const rows = await tx<KeyRow[]>`
    select k.id, k.name, k.hint, jsonb_build_object('id', u.id, 'name', u.name) as owner, k.rights,
           case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as state,
           k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.created_at as "createdAt"
      from api_key k
      join users u on u.id = k.user_id
     where (${id}::uuid is null or k.id = ${id}) and (${userId}::uuid is null or k.user_id = ${userId})
     order by k.created_at desc, k.id desc
     limit 500`
  return rows.map((row) => ({
    ...row,
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }))
}
