import type { CustomerKind, IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import { asRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type IdentityValue, identityKey } from './identities.ts'

/** Somebody who carries an identity; without a customer, a profile that is about to get one. */
export interface Holder {
  kind: IdentityKind
  value: string
  namespace: number
  profileId: string
  customerId: string | null
  customerNumber: number | null
  customerKind: CustomerKind | null
  customerName: string | null
}

export interface Held {
  holders: Holder[]
  /** Keys of the identities that say nothing about who somebody is. */
  blocked: Set<string>
}

export type HolderRow = Omit<Holder, 'profileId'> & { profileId: string | null; blocked: boolean }

/**
 * Who carries these identities already, whatever the actor's scope: linking and the search for duplicates must know. At most 20 of
 * each value. Needs the system's transaction, and one that plans once: planned for thousands of values it would read whole tables.
 */
export async function identityHolders(tx: Tx, identities: readonly IdentityValue[]): Promise<Held> {
  if (identities.length === 0) return { holders: [], blocked: new Set() }
  return heldBy(await tx<HolderRow[]>`select * from identity_holders(${asRows(tx, identities)})`.execute())
}

/**
 * The same as a value of a statement, after everybody else who enters one of these identities at this moment. `joinsNobody`: whoever
 * makes new customers of them only. Read it with `heldBy`.
 */
export const heldIdentities = (tx: Tx, identities: readonly IdentityValue[], { joinsNobody }: { joinsNobody: boolean }) =>
  tx`(select coalesce(jsonb_agg(h), '[]') from hold_identities(${asRows(tx, identities)}, ${joinsNobody}) h)`

export const heldBy = (rows: readonly HolderRow[]): Held => ({
  holders: rows.filter((row): row is Holder & { blocked: boolean } => row.profileId !== null),
  blocked: new Set(rows.filter(({ blocked }) => blocked).map(identityKey)),
})

/** Of an edit, which may join customers: see `heldIdentities`. */
export async function holdIdentities(tx: Tx, identities: readonly IdentityValue[]): Promise<Held> {
  if (identities.length === 0) return { holders: [], blocked: new Set() }
  const [row] = await tx<{ held: HolderRow[] }[]>`select ${heldIdentities(tx, identities, { joinsNobody: false })} as held`
  return heldBy(row?.held ?? [])
}
