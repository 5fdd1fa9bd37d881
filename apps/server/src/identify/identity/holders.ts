import type { CustomerKind, IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import { json } from '../../platform/database/bulk.ts'
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

/**
 * Who carries these identities already, whatever the actor's scope: linking and the search for duplicates must know. At most 20 of
 * each value. Needs the system's transaction, and one that plans once: planned for thousands of values it would read whole tables.
 */
export async function identityHolders(tx: Tx, identities: readonly IdentityValue[]): Promise<Held> {
  if (identities.length === 0) return { holders: [], blocked: new Set() }
  const rows = await tx<(Omit<Holder, 'profileId'> & { profileId: string | null; blocked: boolean })[]>`
    select w.kind, w.value, w.namespace, b.kind is not null as blocked, h.*
      from jsonb_to_recordset(${json(tx, identities)}) as w(kind text, value text, namespace int)
      left join blocked_identity b on b.kind = w.kind and b.value = w.value
      left join lateral (
        select i.profile_id as "profileId", c.id as "customerId", c.number as "customerNumber", c.kind as "customerKind", c.name as "customerName"
          from (select profile_id from identity where kind = w.kind and value = w.value and namespace = w.namespace limit 20) i
          join profile_customer l on l.profile_id = i.profile_id
          join customer c on c.id = l.customer_id) h on b.kind is null
     where b.kind is not null or h."profileId" is not null`.execute()
  return {
    holders: rows.filter((row): row is Holder & { blocked: boolean } => row.profileId !== null),
    blocked: new Set(rows.filter(({ blocked }) => blocked).map(identityKey)),
  }
}
