import type { CustomerKind, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { asRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/rows.ts'
import { type DomainEvent, publishing } from '../../platform/outbox/outbox.ts'
import type { Golden, ProfileFacts } from '../customers/golden.ts'
import { goldenRow, goldenRowColumns, searchEntry } from '../customers/refresh.ts'
import type { IdentityValue } from './identities.ts'
import type { Recording } from './record-profiles.ts'

/** A profile that a source has not spoken of before. */
export interface NewProfile {
  id: string
  kind: CustomerKind
  sourceKey: string
  values: ProfileValues
  confirmed?: ProfileFacts['confirmed']
}

type NewRow = Tables['customer'] & { kind: CustomerKind }

/** A new profile as survivorship sees it. */
export const newFacts = ({ id, kind, values, confirmed = {} }: NewProfile, { channel, now }: Recording): ProfileFacts => ({
  id,
  kind,
  channel: channel.code,
  trust: channel.trust,
  values,
  // With microseconds, as the refresh reads it back: the same profile gives the same provenance.
  recordedAt: now.toISOString().replace('Z', '000Z'),
  confirmed,
})

/** A customer made of new profiles only: its golden values need no look at the database. */
export interface NewCustomer {
  id: string
  golden: Golden
  profiles: number
  ownerId: string | null
  teamId: string | null
}

export interface Newcomers {
  profiles: readonly NewProfile[]
  /** What profiles, new or not, are recognised by from now on. */
  identities: readonly { profileId: string; identities: readonly IdentityValue[] }[]
  customers: readonly NewCustomer[]
  links: readonly { profileId: string; customerId: string }[]
  /** What is published of it. */
  events: readonly DomainEvent[]
}

const ofCustomer = ['id', 'owner_id', 'team_id', 'profiles', ...goldenRowColumns]

/**
 * Writes profiles that are new, with their identities and links, and customers that are new, with what search finds them by: one
 * statement, whatever their number, for each statement of a transaction costs as much as the rows of a customer.
 * @param answer whether the new customers' rows are returned
 */
export function addNewcomers(
  tx: Tx,
  { channel, now, by, importId }: Recording,
  newcomers: Newcomers,
  answer: 'rows' | 'nothing',
): Promise<NewRow[]> {
  const profiles = newcomers.profiles.map(({ id, kind, sourceKey, values, confirmed }) => ({ id, kind, sourceKey, values, confirmed }))
  const identities = newcomers.identities.flatMap(({ profileId, identities }) => identities.map((identity) => ({ profileId, ...identity })))
  const customers = newcomers.customers.map(({ id, golden, profiles, ownerId, teamId }) => ({
    id,
    owner_id: ownerId,
    team_id: teamId,
    profiles,
    ...goldenRow(golden),
  }))
  const searched = newcomers.customers.map(({ id, golden, ownerId, teamId }) => ({
    id,
    owner_id: ownerId,
    team_id: teamId,
    ...searchEntry(golden.values),
  }))
  const columns = tx`${tx(ofCustomer)}`
  return tx<NewRow[]>`
    with new_profile as (
      insert into profile (id, channel_id, kind, source_key, values, confirmed, recorded_at, recorded_by, import_id, created_at, created_by_import)
      select id, ${channel.id}, kind, "sourceKey", values, coalesce(confirmed, '{}'), ${now}, ${by}, ${importId}, ${now}, ${importId}
        from json_to_recordset(${asRows(tx, profiles)}) as p(id uuid, kind text, "sourceKey" text, values jsonb, confirmed jsonb)),
    new_identity as (
      insert into identity (profile_id, kind, namespace, value)
      select "profileId", kind, namespace, value
        from json_to_recordset(${asRows(tx, identities)}) as i("profileId" uuid, kind text, namespace int, value text)),
    new_customer as (
      insert into customer (${columns}, created_at, updated_at)
      select ${columns}, ${now}, ${now} from json_populate_recordset(null::customer, ${asRows(tx, customers)})
      returning *),
    new_link as (
      insert into profile_customer (profile_id, customer_id)
      select "profileId", "customerId" from json_to_recordset(${asRows(tx, newcomers.links)}) as l("profileId" uuid, "customerId" uuid)),
    new_search as (
      insert into customer_search (customer_id, grams, latin, contact, scope)
      select id, grams, latin, contact, search_scope(owner_id, team_id)
        from json_to_recordset(${asRows(tx, searched)}) as s(id uuid, owner_id uuid, team_id uuid, grams text[], latin text, contact text)),
    told as (${publishing(tx, newcomers.events)})
    select * from new_customer ${answer === 'rows' ? tx`` : tx`limit 0`}`.execute()
}
