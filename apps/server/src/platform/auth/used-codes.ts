import { createHmac } from 'node:crypto'
import type { Tx } from '../database/database.ts'

/**
 * Lets a code of an authenticator be used once, though the library would take it again while its window lasts (90 s). The
 * code is written down before it is looked at, so that of two uses at the same moment the second waits and is refused.
 * @returns what `verify` found, undefined when it was wrong or used before
 */
export async function useCode<T>(
  tx: Tx,
  secret: string,
  userId: string,
  code: string,
  verify: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const kept = createHmac('sha256', secret).update(`code:${userId}:${code}`).digest('base64url')
  await tx`delete from auth_used_code where user_id = ${userId} and used_at < now() - interval '5 minutes'`
  const [fresh] = await tx`insert into auth_used_code (user_id, code) values (${userId}, ${kept}) on conflict do nothing returning 1`
  if (!fresh) return undefined
  const found = await verify()
  if (found === undefined) await tx`delete from auth_used_code where user_id = ${userId} and code = ${kept}`
  return found
}
