import type { Sql } from '../database/database.ts'
import { idleSeconds } from './sessions.ts'

const hour = 60 * 60 * 1000
/** An address from which nobody has signed in for so many days is a stranger's again. */
const addressDays = 90

/** Removes what has ended: sessions, challenges, used links, counts of past hours. */
async function removeEnded(system: Sql): Promise<void> {
  await system`delete from auth_session where expires_at < now() or last_used_at < now() - make_interval(secs => ${idleSeconds})`
  await system`delete from auth_verification where expires_at < now()`
  await system`delete from auth_used_code where used_at < now() - interval '1 hour'`
  await system`delete from auth_throttle where expire < ${Date.now()}`
  await system`delete from auth_link where coalesce(used_at, expires_at) < now() - interval '30 days'`
  await system`delete from auth_known_address where last_used_at < now() - make_interval(days => ${addressDays})`
}

/** Does so every hour. @returns how to stop it */
export function keepHouse(system: Sql, onFailure: (error: unknown) => void): () => void {
  const timer = setInterval(() => void removeEnded(system).catch(onFailure), hour)
  timer.unref()
  return () => clearInterval(timer)
}
