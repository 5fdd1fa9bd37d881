import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { Problem } from '../http/problem.ts'
import type { Actor } from '../permissions/principal.ts'

/**
 * What is in a file nobody can mask: it is for who brought it, and of the others who find it for those alone who see everything in
 * clear and say why.
 * @throws Problem `file-not-found`, `purpose-needed`
 */
export function requireContent(actor: Actor, { ownerId }: { ownerId: string }, purpose: Purpose | undefined): void {
  if (ownerId === actor.userId) return
  if (actor.personal !== 'clear' || actor.sensitive !== 'clear') throw new Problem('file-not-found')
  if (purpose === undefined) throw new Problem('purpose-needed')
}
