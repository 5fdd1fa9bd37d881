import type { Tx } from '../database/database.ts'

/** From here on the transaction's audit events name this person: somebody who has just proved who they are. */
export async function signsFor(tx: Tx, userId: string, via: 'session' | 'system'): Promise<void> {
  await tx`select set_config('zhike.user_id', ${userId}, true), set_config('zhike.via', ${via}, true)`
}
