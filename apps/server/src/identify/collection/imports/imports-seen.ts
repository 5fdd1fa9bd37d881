import type { Tx } from '../../../platform/database/database.ts'
import { fieldProblem } from '../../../platform/http/problem.ts'
import type { Actor } from '../../../platform/permissions/principal.ts'
import type { Fragment } from '../../customers/fragment.ts'

/**
 * Imports that a list is narrowed to, as an array: those among `ids` that the actor may see, by row-level security their own and,
 * for who manages imports, everybody's.
 * @throws Problem naming `field` for who may not import at all
 */
export function importsSeen(tx: Tx, actor: Actor, ids: readonly string[], field: string): Fragment {
  if (!actor.rights.has('import.run')) throw fieldProblem(field, 'not_readable')
  return tx`(array(select i.id from import i where i.id = any (${ids as string[]}::uuid[])))`
}
