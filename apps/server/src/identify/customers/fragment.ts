import type postgres from 'postgres'
import type { Tx } from '../../platform/database/database.ts'

/** A piece of a statement with its values bound. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>

/** Joins conditions by `and` or `or`; without any, `true`. */
export function combine(tx: Tx, conditions: readonly Fragment[], by: 'and' | 'or'): Fragment {
  const [first, ...rest] = conditions
  if (!first) return tx`true`
  return tx`(${rest.reduce((all, next) => (by === 'and' ? tx`${all} and ${next}` : tx`${all} or ${next}`), first)})`
}

const prepared = new Set<string>()
/** A connection keeps what it has prepared for good: no more shapes of lists than this may stay. */
const mostShapes = 300

/** Lets a statement of one of endlessly many shapes be prepared only while few shapes have been seen. */
export function boundedPrepare<T extends object>(query: T, shape: string): T {
  if (prepared.size < mostShapes) prepared.add(shape)
  if (!prepared.has(shape)) (query as unknown as { options: { prepare?: boolean } }).options.prepare = false
  return query
}
