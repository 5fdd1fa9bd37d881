import { audit } from '../audit/audit.ts'
import type { Database } from '../database/database.ts'
import { administratorCode } from '../permissions/built-in-roles.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { createApiKey, keyExpiry } from './api-keys.ts'

/**
 * Lends `work` an API key of the first administrator, for what the program does to itself through its own interface, and
 * revokes it afterwards whatever happens.
 */
export async function withTemporaryKey<T>(database: Database, work: (key: string) => Promise<T>): Promise<T> {
  const { id, key } = await systemTransaction(database, undefined, async (tx) => {
    const [administrator] = await tx<{ id: string }[]>`
      select u.id from users u join user_role ur on ur.user_id = u.id join role r on r.id = ur.role_id
       where r.code = ${administratorCode} and u.disabled_at is null
       order by u.created_at limit 1`
    if (!administrator) throw new Error('There is no administrator whose key could be used')
    const made = await createApiKey(tx, { userId: administrator.id, name: 'temporary', rights: null, expiresAt: keyExpiry(new Date(), 1) })
    await audit(tx, { action: 'api-key.create', object: 'api-keys', objectId: made.id, details: { temporary: true } })
    return made
  })
  try {
    return await work(key)
  } finally {
    await systemTransaction(database, undefined, async (tx) => {
      await tx`update api_key set revoked_at = now() where id = ${id}`
      await audit(tx, { action: 'api-key.revoke', object: 'api-keys', objectId: id, details: { temporary: true } })
    })
  }
}
