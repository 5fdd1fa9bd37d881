import type { Sql } from '../database/database.ts'

/** A session ends after so many seconds without use … */
export const idleSeconds = 12 * 60 * 60
/** … and after so many in any case. */
export const absoluteSeconds = 7 * 24 * 60 * 60

/** The token in the session cookie's value: the library signs it, `<token>.<signature>`. The hash of a random token is proof enough. */
export function sessionToken(cookie: string | undefined): string | undefined {
  const token = cookie?.split('.')[0]
  return token ? token : undefined
}

export interface FoundSession {
  id: string
  userId: string
  expiresAt: Date
}

/** The session with this token hash (hex), unless it has ended. */
export async function findSession(system: Sql, hash: string): Promise<FoundSession | undefined> {
  const [found] = await system<FoundSession[]>`
    select id, user_id as "userId", expires_at as "expiresAt"
      from auth_session
     where token = ${hash} and expires_at > now() and last_used_at > now() - make_interval(secs => ${idleSeconds})`
  return found
}

/** Notes that a session is in use; a busy one is written once a minute. */
export async function touchSession(system: Sql, id: string): Promise<void> {
  await system`update auth_session set last_used_at = now() where id = ${id} and last_used_at < now() - interval '1 minute'`
}
