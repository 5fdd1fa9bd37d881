import type { Tx } from './database.ts'

/**
 * From here to the end of the transaction a statement is planned once per connection and not for its values: right for look-ups by
 * key and for writing, where planning costs as much as the work and a plan for thousands of values reads whole tables. Never before
 * a list or a search. Sent ahead of the next statement without waiting for it.
 */
export function planOnce(tx: Tx): void {
  const set = tx`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute()
  // Whatever ends the transaction fails the next statement as well.
  set.catch(() => {})
}
