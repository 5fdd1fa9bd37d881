import type { CustomerKind, ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { insertRows, json } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { computeGolden, type ProfileFacts } from '../customers/golden.ts'
import { insertCustomers, refreshCustomers } from '../customers/refresh.ts'
import { refreshTotals } from '../customers/totals.ts'
import { inWaves } from '../waves.ts'
import { identitiesOf } from './identities.ts'
import { type Arrival, type LinkPlan, planLinks } from './link-plan.ts'
import { moveProfiles } from './move-profiles.ts'

/** What a source says about somebody. Values are normalised. */
export interface ProfileRecord {
  kind: CustomerKind
  /** How the source will name the same record again; the next word with this key is a new version of the same profile. */
  sourceKey: string
  values: ProfileValues
  /** For the customer, when it is a new one. */
  ownerId?: string | null
  teamId?: string | null
  confirmed?: Partial<Record<ProfileField, { at: string; by: string | null }>>
}

export interface Recording {
  channel: { id: number; code: string; trust: number }
  now: Date
  /** Who stands behind it. */
  by: string | null
  importId: string | null
}

export interface Recorded {
  profileId: string
  outcome: 'created' | 'updated' | 'unchanged'
}

interface Existing {
  id: string
  sourceKey: string
  kind: CustomerKind
  version: number
  values: ProfileValues
}

/**
 * Records what one channel says about any number of people: new profiles, new versions of known ones (what a record does not
 * mention stays as it was), their identities, links and golden values; a fixed number of statements per call.
 * Two records with the same key in one call count as two words of the source, the later one last.
 * @param linking `locked` when the caller holds the lock of linking already
 * @returns one outcome per record, in the same order
 */
export async function recordProfiles(
  tx: Tx,
  recording: Recording,
  records: readonly ProfileRecord[],
  linking: 'lock' | 'locked' = 'lock',
): Promise<Recorded[]> {
  if (linking === 'lock') await lockLinking(tx)
  return inWaves(
    records,
    ({ sourceKey }) => sourceKey,
    (wave) => recordWave(tx, recording, wave),
  )
}

async function recordWave(tx: Tx, recording: Recording, records: readonly ProfileRecord[]): Promise<Recorded[]> {
  const known = await findExisting(tx, recording, records)
  const results: Recorded[] = []
  const fresh: (ProfileRecord & { id: string })[] = []
  const changed: { before: Existing; record: ProfileRecord; values: ProfileValues }[] = []
  for (const record of records) {
    const before = known.get(record.sourceKey)
    if (!before) {
      const id = newId()
      fresh.push({ ...record, id })
      results.push({ profileId: id, outcome: 'created' })
      continue
    }
    const values = { ...before.values, ...record.values }
    const same = sameValues(before.values, values)
    if (!same) changed.push({ before, record, values })
    results.push({ profileId: before.id, outcome: same ? 'unchanged' : 'updated' })
  }
  const touched = await reviseProfiles(tx, recording, changed)
  await addProfiles(tx, recording, fresh)
  const arrivals = [
    ...fresh.map(
      (record): Arrival => ({
        profileId: record.id,
        customerId: undefined,
        kind: record.kind,
        name: record.values.name,
        identities: identitiesOf(record.values, recording.channel.id),
      }),
    ),
    ...changed.map(
      ({ before, record, values }): Arrival => ({
        profileId: before.id,
        customerId: touched.get(before.id),
        kind: record.kind,
        name: values.name,
        identities: identitiesOf(values, recording.channel.id),
      }),
    ),
  ]
  await addIdentities(tx, arrivals)
  const plan = await planLinks(tx, arrivals)
  await carryOut(tx, recording, plan, new Map(fresh.map((record) => [record.id, record])), [...touched.values()])
  return results
}

/**
 * Whoever links waits for whoever links already: two transactions that bring the same phone at once must not both believe that
 * nobody has it. `shared`: beside others who hold it so, for somebody who holds the locks of all identities concerned and joins no
 * customer that exists. Always after the locks of identities.
 */
export async function lockLinking(tx: Tx, how: 'alone' | 'shared' = 'alone'): Promise<void> {
  if (how === 'alone') await tx`select pg_advisory_xact_lock(hashtext('zhike.linking'))`
  else await tx`select pg_advisory_xact_lock_shared(hashtext('zhike.linking'))`
}

async function findExisting(tx: Tx, { channel }: Recording, records: readonly ProfileRecord[]): Promise<Map<string, Existing>> {
  const rows = await tx<Existing[]>`
    select id, source_key as "sourceKey", kind, version, values
      from profile
     where channel_id = ${channel.id} and source_key = any (${records.map(({ sourceKey }) => sourceKey)}::text[]) and retracted_at is null`
  return new Map(rows.map((row) => [row.sourceKey, row]))
}

const sameValues = (a: ProfileValues, b: ProfileValues): boolean =>
  (Object.keys(b) as ProfileField[]).every((field) => a[field] === b[field] || JSON.stringify(a[field]) === JSON.stringify(b[field]))

async function addProfiles(
  tx: Tx,
  { channel, now, by, importId }: Recording,
  fresh: readonly (ProfileRecord & { id: string })[],
): Promise<void> {
  await insertRows(
    tx,
    'profile',
    fresh.map((record) => ({
      id: record.id,
      channel_id: channel.id,
      kind: record.kind,
      source_key: record.sourceKey,
      version: 1,
      values: record.values,
      confirmed: record.confirmed ?? {},
      recorded_at: now,
      recorded_by: by,
      import_id: importId,
      created_at: now,
      created_by_import: importId,
    })),
  )
}

/** Keeps the old versions and writes the new ones. @returns customer of each changed profile */
async function reviseProfiles(
  tx: Tx,
  { now, by, importId }: Recording,
  changed: readonly { before: Existing; record: ProfileRecord; values: ProfileValues }[],
): Promise<Map<string, string>> {
  if (changed.length === 0) return new Map()
  const ids = changed.map(({ before }) => before.id)
  await tx`insert into profile_version (profile_id, version, values, said, recorded_at, recorded_by, import_id)
    select id, version, values, said, recorded_at, recorded_by, import_id from profile where id = any (${ids}::uuid[])`
  await tx`
    update profile p
       set version = p.version + 1, values = r.values, said = r.said, confirmed = p.confirmed || r.confirmed, recorded_at = ${now}, recorded_by = ${by}, import_id = ${importId}
      from jsonb_to_recordset(${json(
        tx,
        changed.map(({ before, record, values }) => ({ id: before.id, values, said: record.values, confirmed: record.confirmed ?? {} })),
      )})
           as r(id uuid, values jsonb, said jsonb, confirmed jsonb)
     where p.id = r.id`
  await tx`delete from identity where profile_id = any (${ids}::uuid[])`
  const links = await tx<{ profileId: string; customerId: string }[]>`
    select profile_id as "profileId", customer_id as "customerId" from profile_customer where profile_id = any (${ids}::uuid[])`
  return new Map(links.map(({ profileId, customerId }) => [profileId, customerId]))
}

async function addIdentities(tx: Tx, arrivals: readonly Arrival[]): Promise<void> {
  const rows = arrivals.flatMap(({ profileId, identities }) =>
    identities.map(({ kind, namespace, value }) => ({ profile_id: profileId, kind, namespace, value })),
  )
  if (rows.length === 0) return
  await tx`
    insert into identity (profile_id, kind, namespace, value)
    select r.profile_id, r.kind, r.namespace, r.value
      from jsonb_populate_recordset(null::identity, ${json(tx, rows)}) r
     where not exists (select 1 from blocked_identity b where b.kind = r.kind and b.value = r.value)
    on conflict do nothing`
}

async function carryOut(
  tx: Tx,
  recording: Recording,
  plan: LinkPlan,
  fresh: ReadonlyMap<string, ProfileRecord & { id: string }>,
  touched: readonly string[],
): Promise<void> {
  const { now, by, importId } = recording
  const created = [...plan.newCustomers].map(([id, profileIds]) => {
    const records = profileIds.map((profileId) => fresh.get(profileId)).filter((record) => record !== undefined)
    return {
      id,
      golden: computeGolden(records.map((record) => facts(record, recording))),
      profiles: records.length,
      ownerId: records[0]?.ownerId ?? null,
      teamId: records[0]?.teamId ?? null,
    }
  })
  await insertCustomers(tx, created, now)
  await insertRows(
    tx,
    'profile_customer',
    plan.joins.map(({ profileId, customerId }) => ({ profile_id: profileId, customer_id: customerId })),
  )
  await insertRows(
    tx,
    'link_history',
    plan.joins
      .filter(({ rule }) => rule !== 'new')
      .map(({ profileId, customerId, rule, evidence }) => ({
        id: newId(),
        profile_id: profileId,
        from_customer: null,
        to_customer: customerId,
        rule,
        evidence: { matched: evidence },
        by_user: by,
        import_id: importId,
        at: now,
      })),
  )
  await insertRows(
    tx,
    'link_candidate',
    plan.candidates.map(({ profileId, customerId, reason, evidence }) => ({
      id: newId(),
      profile_id: profileId,
      customer_id: customerId,
      reason,
      evidence: { matched: evidence },
      state: 'open',
      created_at: now,
    })),
    'skip',
  )
  const merged = await moveProfiles(tx, plan.merges, { rule: 'merge', by, importId, now })
  const newIds = new Set(created.map(({ id }) => id))
  const joined = plan.joins.map(({ customerId }) => customerId).filter((id) => !newIds.has(id))
  const refreshed = new Set([...touched, ...joined, ...merged.customers])
  await refreshCustomers(tx, [...refreshed], now)
  await refreshTotals(tx, merged.customers)
  await publish(tx, [
    { type: 'customer.created', ids: [...newIds] },
    { type: 'customer.changed', ids: [...refreshed].filter((id) => !newIds.has(id)) },
    { type: 'profile.linked', ids: [...plan.joins.map(({ profileId }) => profileId), ...merged.profiles] },
  ])
}

const facts = (record: ProfileRecord & { id: string }, { channel, now }: Recording): ProfileFacts => ({
  id: record.id,
  kind: record.kind,
  channel: channel.code,
  trust: channel.trust,
  values: record.values,
  // With microseconds, as the refresh reads it back: the same profile gives the same provenance.
  recordedAt: now.toISOString().replace('Z', '000Z'),
  confirmed: record.confirmed ?? {},
})
