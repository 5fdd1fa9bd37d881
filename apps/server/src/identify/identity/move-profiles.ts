import { insertRows, json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'

/** All profiles of one customer go to another. */
export interface Merge {
  from: string
  into: string
  evidence: readonly string[]
}

interface Move {
  rule: string
  by: string | null
  importId: string | null
  now: Date
}

/**
 * Moves all profiles of the `from` customers into the `into` customers and remembers each move. History stays with the
 * profiles, so nothing else is rewritten; the emptied customer keeps its code and says where it went.
 * @returns the profiles that moved and every customer concerned, to be refreshed by the caller
 */
export async function moveProfiles(tx: Tx, merges: readonly Merge[], move: Move): Promise<{ profiles: string[]; customers: string[] }> {
  if (merges.length === 0) return { profiles: [], customers: [] }
  const pairs = json(
    tx,
    merges.map(({ from, into }) => ({ f: from, t: into })),
  )
  const moved = await tx<{ profileId: string; from: string; into: string }[]>`
    update profile_customer l set customer_id = m.t
      from jsonb_to_recordset(${pairs}) as m(f uuid, t uuid)
     where l.customer_id = m.f
    returning l.profile_id as "profileId", m.f as "from", m.t as "into"`
  const evidenceOf = new Map(merges.map((merge) => [merge.from, merge.evidence]))
  await insertRows(
    tx,
    'link_history',
    moved.map(({ profileId, from, into }) => ({
      id: newId(),
      profile_id: profileId,
      from_customer: from,
      to_customer: into,
      rule: move.rule,
      evidence: { matched: evidenceOf.get(from) ?? [] },
      by_user: move.by,
      import_id: move.importId,
      at: move.now,
    })),
  )
  await tx`update customer c set merged_into = m.t from jsonb_to_recordset(${pairs}) as m(f uuid, t uuid) where c.id = m.f`
  return { profiles: moved.map(({ profileId }) => profileId), customers: merges.flatMap(({ from, into }) => [from, into]) }
}
