import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Sql, Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { newToken, tokenHash } from './token.ts'

const day = 24 * 60 * 60 * 1000

export interface ApiKeyDraft {
  userId: string
  name: string
  /** Null: all rights of its owner, as they are at each use. */
  rights: readonly Right[] | null
  expiresAt: Date
  /** A key that the operator chose; made here otherwise. */
  key?: string
}

/** Keeps a new key's hash. The key itself is in the answer and nowhere else. */
export async function createApiKey(tx: Tx, draft: ApiKeyDraft): Promise<{ id: string; key: string; hint: string }> {
  const id = newId()
  const key = draft.key ?? newToken('zk_')
  const hint = `${key.slice(0, 6)}…${key.slice(-4)}`
  await tx`insert into api_key (id, user_id, name, hash, hint, rights, expires_at)
    values (${id}, ${draft.userId}, ${draft.name}, ${tokenHash(key)}, ${hint}, ${draft.rights as string[] | null}, ${draft.expiresAt})`
  return { id, key, hint }
}

/** The end of a key that is to live `days` days from `now`. */
export const keyExpiry = (now: Date, days: number): Date => new Date(now.getTime() + days * day)

export interface FoundKey {
  id: string
  userId: string
  rights: string[] | null
  expiresAt: Date
}

/** The key with this hash, unless it has been revoked or has expired. */
export async function findApiKey(system: Sql, hash: Buffer): Promise<FoundKey | undefined> {
  const [found] = await system<FoundKey[]>`
    select id, user_id as "userId", rights, expires_at as "expiresAt"
      from api_key
     where hash = ${hash} and revoked_at is null and expires_at > now()`
  return found
}

/** Whether a key was taken back; one that has merely expired was right while it lived. */
export async function isKeyRevoked(system: Sql, id: string): Promise<boolean> {
  const [revoked] = await system`select 1 from api_key where id = ${id} and revoked_at is not null`
  return revoked !== undefined
}

/** Notes that a key is in use; a busy key is written once a minute. */
export async function touchApiKey(system: Sql, id: string): Promise<void> {
  await system`update api_key set last_used_at = now()
    where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`
}
