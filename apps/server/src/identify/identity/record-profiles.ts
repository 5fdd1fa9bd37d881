import { setImmediate } from 'node:timers/promises'
import type { CustomerKind, ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { asRows, insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { planOnce } from '../../platform/database/plan-once.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import { computeGolden } from '../customers/golden.ts'
import { refreshCustomers } from '../customers/refresh.ts'
import { refreshTotals } from '../customers/totals.ts'
import { inWaves } from '../waves.ts'
import { identityHolders } from './holders.ts'
import { type IdentityValue, identitiesOf, identityKey } from './identities.ts'
import { type Arrival, type LinkPlan, planLinks } from './link-plan.ts'
import { moveProfiles } from './move-profiles.ts'
import { addNewcomers, type NewCustomer, newFacts } from './newcomers.ts'

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
  customerId: string | undefined
  sourceKey: string
  kind: CustomerKind
  values: ProfileValues
}

type Fresh = ProfileRecord & { id: string }

interface Changed {
  before: Existing
  record: ProfileRecord
  values: ProfileValues
}

/**
 * Records what one channel says about any number of people: new profiles, new versions of known ones (what a record does not
 * mention stays as it was), their identities, links and golden values; a fixed number of statements per call.
 * Two records with the same key in one call count as two words of the source, the later one last. Needs the system's transaction.
 * @returns one outcome per record, in the same order
 */
export async function recordProfiles(tx: Tx, recording: Recording, records: readonly ProfileRecord[]): Promise<Recorded[]> {
  planOnce(tx)
  await lockLinking(tx)
  return inWaves(
    records,
    ({ sourceKey }) => sourceKey,
    (wave) => recordWave(tx, recording, wave),
  )
}

async function recordWave(tx: Tx, recording: Recording, records: readonly ProfileRecord[]): Promise<Recorded[]> {
  const known = await findExisting(tx, recording, records)
  const results: Recorded[] = []
  const fresh: Fresh[] = []
  const changed: Changed[] = []
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
  if (fresh.length + changed.length > 0) await link(tx, recording, fresh, changed)
  return results
}

async function link(tx: Tx, recording: Recording, fresh: readonly Fresh[], changed: readonly Changed[]): Promise<void> {
  const said = [
    ...fresh.map(({ id, kind, values }) => ({ profileId: id, customerId: undefined, kind, values })),
    ...changed.map(({ before, record, values }) => ({ profileId: before.id, customerId: before.customerId, kind: record.kind, values })),
  ].map(({ values, ...rest }) => ({ ...rest, name: values.name, identities: identitiesOf(values, recording.channel.id) }))
  const wanted = new Map(said.flatMap(({ identities }) => identities.map((identity) => [identityKey(identity), identity])))
  const { holders, blocked } = await identityHolders(tx, [...wanted.values()])
  const arrivals = said.map((each): Arrival => ({ ...each, identities: unblocked(each.identities, blocked) }))
  const plan = await planLinks(tx, arrivals, holders)
  await reviseProfiles(tx, recording, changed)
  await carryOut(tx, recording, plan, arrivals, fresh)
}

const unblocked = (identities: readonly IdentityValue[], blocked: ReadonlySet<string>): readonly IdentityValue[] =>
  blocked.size === 0 ? identities : identities.filter((identity) => !blocked.has(identityKey(identity)))

/**
 * Whoever links waits for whoever links already: two transactions that bring the same phone at once must not both believe that
 * nobody has it. Who holds the locks of all identities concerned and joins no customer that exists, holds this one beside others: see
 * `heldIdentities`. Always after the locks of identities.
 */
export async function lockLinking(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('zhike.linking'))`.execute()
}

async function findExisting(tx: Tx, { channel }: Recording, records: readonly ProfileRecord[]): Promise<Map<string, Existing>> {
  const rows = await tx<(Omit<Existing, 'customerId'> & { customerId: string | null })[]>`
    select p.id, l.customer_id as "customerId", p.source_key as "sourceKey", p.kind, p.values
      from profile p left join profile_customer l on l.profile_id = p.id
     where p.channel_id = ${channel.id} and p.source_key = any (${records.map(({ sourceKey }) => sourceKey)}::text[]) and p.retracted_at is null`
  return new Map(rows.map((row) => [row.sourceKey, { ...row, customerId: row.customerId ?? undefined }]))
}

const sameValues = (a: ProfileValues, b: ProfileValues): boolean =>
  (Object.keys(b) as ProfileField[]).every((field) => a[field] === b[field] || JSON.stringify(a[field]) === JSON.stringify(b[field]))

/** Keeps the old versions, writes the new ones, and forgets what the profiles were recognised by. */
async function reviseProfiles(tx: Tx, { now, by, importId }: Recording, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return
  const ids = changed.map(({ before }) => before.id)
  const words = changed.map(({ before, record, values }) => ({
    id: before.id,
    values,
    said: record.values,
    confirmed: record.confirmed ?? {},
  }))
  await tx`insert into profile_version (profile_id, version, values, said, recorded_at, recorded_by, import_id)
    select id, version, values, said, recorded_at, recorded_by, import_id from profile where id = any (${ids}::uuid[])`
  await tx`
    update profile p
       set version = p.version + 1, values = r.values, said = r.said, confirmed = p.confirmed || r.confirmed, recorded_at = ${now}, recorded_by = ${by}, import_id = ${importId}
      from json_to_recordset(${asRows(tx, words)}) as r(id uuid, values jsonb, said jsonb, confirmed jsonb)
     where p.id = r.id`
  await tx`delete from identity where profile_id = any (${ids}::uuid[])`
}

async function carryOut(
  tx: Tx,
  recording: Recording,
  plan: LinkPlan,
  arrivals: readonly Arrival[],
  fresh: readonly Fresh[],
): Promise<void> {
  const { now, by, importId } = recording
  await addInParts(tx, recording, plan, arrivals, fresh)
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
  const { newCustomers } = plan
  const joined = plan.joins.map(({ customerId }) => customerId).filter((id) => !newCustomers.has(id))
  const touched = arrivals.flatMap(({ customerId }) => customerId ?? [])
  const refreshed = new Set([...touched, ...joined, ...merged.customers])
  await refreshCustomers(tx, [...refreshed], now)
  await refreshTotals(tx, merged.customers)
  await publish(tx, [
    { type: 'customer.created', ids: [...newCustomers.keys()] },
    { type: 'customer.changed', ids: [...refreshed].filter((id) => !newCustomers.has(id)) },
    { type: 'profile.linked', ids: [...plan.joins.map(({ profileId }) => profileId), ...merged.profiles] },
  ])
}

/** Profiles that are made ready and sent at once. */
const atOnce = 500

/** Writes what is new, in parts: while the database writes one, the next is made ready here. */
async function addInParts(
  tx: Tx,
  recording: Recording,
  plan: LinkPlan,
  arrivals: readonly Arrival[],
  fresh: readonly Fresh[],
): Promise<void> {
  const records = new Map(fresh.map((record) => [record.id, record]))
  const targets = new Map(plan.joins.map(({ profileId, customerId }) => [profileId, customerId]))
  const made = new Set<string>()
  const sent: Promise<unknown>[] = []
  for (let start = 0; start < arrivals.length; start += atOnce) {
    const identities = arrivals.slice(start, start + atOnce)
    const links = identities.flatMap(({ profileId }) => {
      const customerId = targets.get(profileId)
      return customerId === undefined ? [] : [{ profileId, customerId }]
    })
    const first = [...new Set(links.map(({ customerId }) => customerId))].filter((id) => plan.newCustomers.has(id) && !made.has(id))
    for (const id of first) made.add(id)
    const writing = addNewcomers(
      tx,
      recording,
      {
        profiles: identities.flatMap(({ profileId }) => records.get(profileId) ?? []),
        identities,
        customers: first.map((id) => newCustomer(id, plan.newCustomers.get(id) ?? [], records, recording)),
        links,
        events: [],
      },
      'nothing',
    )
    // Awaited below; until then its failure is not unhandled.
    writing.catch(() => {})
    sent.push(writing)
    if (start + atOnce < arrivals.length) await setImmediate()
  }
  await Promise.all(sent)
}

function newCustomer(id: string, profileIds: readonly string[], fresh: ReadonlyMap<string, Fresh>, recording: Recording): NewCustomer {
  const records = profileIds.flatMap((profileId) => fresh.get(profileId) ?? [])
  return {
    id,
    golden: computeGolden(records.map((record) => newFacts(record, recording))),
    profiles: records.length,
    ownerId: records[0]?.ownerId ?? null,
    teamId: records[0]?.teamId ?? null,
  }
}
