import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { isGuessable } from './password-policy.ts'

/** @throws Problem `password-too-weak` for what is tried first by whoever guesses */
export function refuseWeak(password: string, about: readonly string[]): void {
  if (isGuessable(password, about)) throw new Problem('password-too-weak')
}

/** Gives somebody a password, in place of the one before. */
export async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password)
  await tx`insert into auth_account (id, user_id, provider_id, account_id, password)
    values (${newId()}, ${userId}, 'credential', ${userId}, ${hash})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`
}

/** Whether this is somebody's password. Takes as long for who has none. */
export async function isPasswordOf(tx: Tx, userId: string, password: string): Promise<boolean> {
  const [account] = await tx<{ password: string | null }[]>`
    select password from auth_account where user_id = ${userId} and provider_id = 'credential'`
  if (account?.password) return verifyPassword(account.password, password)
  await hashPassword(password)
  return false
}
