import type { Tx } from './database.ts'

/**
 * From here to the end of the transaction a statement is planned once per connection and not for its values: right for look-ups by
 * key, where planning under the row policies took 1 to 2 ms and the work 0.5. Never before a list or a search: those must be
 * planned for what is asked. Sent ahead of the next statement without waiting for it.
 */
export function planOnce(tx: Tx): void {
  const set = tx`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute()
  // Whatever ends the transaction fails the next statement as well.
  set.catch(() => {})
}
