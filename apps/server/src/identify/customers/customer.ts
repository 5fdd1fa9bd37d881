import type { Customer, Provenance } from '@zhike/contract/identify/customers.ts'
import type { BirthDate, IdentityKind, ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { nameSyllables } from '../identity/normalise/name.ts'
import { nextBirthday } from './birthdays.ts'
import { computeGolden, type Golden, type Lock, type ProfileFacts, type ProvenanceEntry } from './golden.ts'
import { type CustomerRecord, labelColumns, rowFor } from './list.ts'
import { evidenceFor, hiddenFields, identityFor, valueFor, viewOf } from './masking.ts'
import { goldenColumns } from './refresh.ts'
import { covers, type Placement } from './row-scope.ts'

interface ProfileRow {
  id: string
  channel: { code: string; name: string }
  trust: number
  kind: 'person' | 'organization'
  sourceKey: string | null
  recordedAt: string
  version: number
  values: ProfileValues
  confirmed: ProfileFacts['confirmed']
  /** Names of the users who confirmed a value. */
  people: Record<string, string> | null
  link: { rule: string; at: string; by: string | null; matched: string[] | null } | null
  identities: { kind: IdentityKind; value: string }[] | null
}

/** A customer with all that its card shows. */
export interface CustomerWhole extends CustomerRecord {
  version: number
  updated_at: Date
  live: boolean
  merged_into: string | null
  /** By the company's calendar. */
  today: string | null
  locks_of: (Lock & { field: ProfileField; byName: string | null })[] | null
  profiles_of: ProfileRow[] | null
}

/** Which customer: by id, or by the number of its code. */
export type CustomerKey = { id: string } | { number: number }

const keyOf = (idOrCode: string): CustomerKey => (idOrCode.startsWith('C-') ? { number: Number(idOrCode.slice(2)) } : { id: idOrCode })

/** More merges than this in a row are a circle. */
const longestTrail = 20

/**
 * A customer, whole, in one statement; of one that was merged, whoever it is now.
 * @throws Problem `customer-not-found` when there is none that the actor may see
 */
export const findCustomer = (tx: Tx, actor: Actor, idOrCode: string): Promise<CustomerWhole> =>
  followed(actor, idOrCode, (key) => readCustomer(tx, key))

/** The same, with something that hangs on it: see `readOf`. */
export const findCustomerWith = <T>(
  tx: Tx,
  actor: Actor,
  idOrCode: string,
  read: (id: string) => Promise<T>,
): Promise<[CustomerWhole, T]> => together(actor, idOrCode, (key) => readCustomer(tx, key), read)

interface CustomerPlace {
  id: string
  live: boolean
  merged_into: string | null
  owner_id: string | null
  team_id: string | null
}

/**
 * What hangs on a customer, and where the customer itself belongs. Read together with the customer, for it is nearly always the one
 * that was asked for, and once more for whoever it was merged into.
 * @param read by the customer's id; row-level security must say itself what of it may be seen
 * @throws Problem `customer-not-found`
 */
export async function readOf<T>(tx: Tx, actor: Actor, idOrCode: string, read: (id: string) => Promise<T>): Promise<T> {
  const place = async (key: CustomerKey) => {
    const [row] = await tx<
      CustomerPlace[]
    >`select c.id, c.live, c.merged_into, c.owner_id, c.team_id from customer c where ${matches(tx, key)}`
    return row
  }
  const [, found] = await together(actor, idOrCode, place, read)
  return found
}

async function together<C extends CustomerPlace, T>(
  actor: Actor,
  idOrCode: string,
  find: (key: CustomerKey) => Promise<C | undefined>,
  read: (id: string) => Promise<T>,
): Promise<[C, T]> {
  const key = keyOf(idOrCode)
  const asked = 'id' in key ? read(key.id) : undefined
  // Of a customer who is not found, what was read of it counts for nothing, its failure included.
  asked?.catch(() => {})
  const customer = await followed(actor, idOrCode, find)
  return [customer, await (asked && 'id' in key && key.id.toLowerCase() === customer.id ? asked : read(customer.id))]
}

async function followed<T extends CustomerPlace>(
  actor: Actor,
  idOrCode: string,
  read: (key: CustomerKey) => Promise<T | undefined>,
): Promise<T> {
  let key = keyOf(idOrCode)
  for (let step = 0; step < longestTrail; step++) {
    const row = await read(key)
    if (!row || !covers(actor, 'customer.read', { ownerId: row.owner_id, teamId: row.team_id })) break
    if (row.live) return row
    if (!row.merged_into) break
    key = { id: row.merged_into }
  }
  throw new Problem('customer-not-found')
}

const matches = (tx: Tx, key: CustomerKey) => ('id' in key ? tx`c.id = ${key.id}` : tx`c.number = ${key.number}`)

async function readCustomer(tx: Tx, key: CustomerKey): Promise<CustomerWhole | undefined> {
  const [row] = await tx<CustomerWhole[]>`
    select c.*, u.name as owner_name, t.name as team_name, ${tx(labelColumns)},
           (select (now() at time zone y.time_zone)::date::text from company y) as today,
           (select json_agg(json_build_object('field', k.field, 'value', k.value, 'at', k.locked_at, 'by', k.locked_by,
                                              'byName', (select b.name from users b where b.id = k.locked_by)))
              from customer_lock k where k.customer_id = c.id) as locks_of,
           (select json_agg(json_build_object(
                     'id', p.id, 'channel', json_build_object('code', ch.code, 'name', ch.name), 'trust', ch.trust, 'kind', p.kind,
                     'sourceKey', p.source_key, 'values', p.values, 'confirmed', p.confirmed,
                     'people', case when p.confirmed <> '{}' then
                                 (select json_object_agg(b.id, b.name) from users b
                                   where b.id in (select (e.value ->> 'by')::uuid from jsonb_each(p.confirmed) e)) end,
                     -- to the microsecond, by which survivorship orders them
                     'recordedAt', to_char(p.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'version', p.version,
                     'link', (select json_build_object('rule', h.rule, 'at', h.at, 'by', (select b.name from users b where b.id = h.by_user),
                                                       'matched', h.evidence -> 'matched')
                                from link_history h
                               where h.profile_id = p.id and h.to_customer = c.id and h.undone_at is null
                               order by h.at desc, h.id desc limit 1),
                     'identities', (select json_agg(json_build_object('kind', i.kind, 'value', i.value))
                                      from identity i where i.profile_id = p.id))
                   order by p.id)
              from profile_customer l
              join profile p on p.id = l.profile_id
              join channel ch on ch.id = p.channel_id
             where l.customer_id = c.id and p.retracted_at is null) as profiles_of
      from customer c
      left join users u on u.id = c.owner_id
      left join team t on t.id = c.team_id
      left join customer_label lb on lb.customer_id = c.id
     where ${matches(tx, key)}`
  return row
}

/** A customer for the eye of its reader; personal fields in clear only `withPurpose` and by right. */
export function customerFor(actor: Actor, row: CustomerWhole, withPurpose: boolean): Customer {
  const values: Record<string, unknown> = {}
  const masked: ProfileField[] = []
  const provenance: Record<string, Provenance> = {}
  const origins = originsOf(row)
  for (const [field, column] of Object.entries(goldenColumns) as [ProfileField, string][]) {
    const view = viewOf(actor, field, withPurpose)
    if (view === 'hidden') continue
    const entry = origins[field]
    if (entry) provenance[field] = provenanceFor(row, field, entry)
    const value = row[column]
    if (value === null || value === undefined) continue
    values[field] = valueFor(actor, field, value, withPurpose)
    if (view === 'masked') masked.push(field)
  }
  const seen = (field: 'phone' | 'email') => (values[field] as string | undefined) ?? null
  return {
    ...rowFor(actor, row),
    phone: seen('phone'),
    email: seen('email'),
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
    values: values as Customer['values'],
    nextBirthday:
      row.today !== null && values['birthDate'] && !masked.includes('birthDate')
        ? nextBirthday(values['birthDate'] as BirthDate, row.today)
        : null,
    masked,
    hidden: hiddenFields(actor),
    provenance,
    identities: identitiesOf(row).flatMap((identity) => {
      const value = identityFor(actor, identity.kind, identity.value, withPurpose)
      return value === undefined ? [] : [{ ...identity, value }]
    }),
    profiles: (row.profiles_of ?? []).map(({ id, channel, kind, sourceKey, recordedAt, version, link }) => ({
      id,
      channel,
      kind,
      sourceKey: keyFor(actor, sourceKey, withPurpose),
      recordedAt: instantText(recordedAt),
      version,
      link: link && { ...link, at: instantText(link.at), matched: evidenceFor(actor, link.matched ?? []) },
    })),
    pinyin: row.name === null || row.kind === 'organization' ? null : nameSyllables(row.name).join(' '),
  }
}

/** By kind, value and profile. */
function identitiesOf({ profiles_of }: CustomerWhole): { kind: IdentityKind; value: string; channel: string; profileId: string }[] {
  const order = ({ kind, value, profileId }: { kind: string; value: string; profileId: string }) => `${kind} ${value} ${profileId}`
  return (profiles_of ?? [])
    .flatMap(({ id, channel, identities }) => (identities ?? []).map((each) => ({ ...each, channel: channel.code, profileId: id })))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** Numbers by which a source names its records are no secret; phones, mails and the like are, and are named in the values. */
function keyFor(actor: Actor, sourceKey: string | null, withPurpose: boolean): string | null {
  const [kind, ...rest] = (sourceKey ?? '').split(':')
  const key = rest.join(':')
  if (['id', 'member', 'credit', 'manual'].includes(kind ?? '')) return sourceKey
  const field = kind === 'phone' || kind === 'email' ? kind : undefined
  return field && viewOf(actor, field, withPurpose) === 'clear' ? (key.split('|')[0] ?? null) : null
}

/** Where each golden value comes from: computed as the values were, from the same profiles and locks. */
function originsOf(row: CustomerWhole): Golden['provenance'] {
  const profiles = (row.profiles_of ?? []).map(({ id, kind, channel, trust, values, recordedAt, confirmed }) => ({
    id,
    kind,
    channel: channel.code,
    trust,
    values,
    recordedAt,
    confirmed,
  }))
  return computeGolden(profiles, new Map((row.locks_of ?? []).map((lock) => [lock.field, lock]))).provenance
}

const instantText = (text: string): string => new Date(text).toISOString()

const provenanceFor = (row: CustomerWhole, field: ProfileField, entry: ProvenanceEntry): Provenance => ({
  profileId: entry.profile,
  channel: entry.channel,
  recordedAt: instantText(entry.recordedAt),
  confirmedAt: entry.confirmedAt && instantText(entry.confirmedAt),
  confirmedBy: entry.confirmedBy && nameIn(row, entry.confirmedBy),
  locked: row.locks_of?.some((lock) => lock.field === field) ?? false,
  rule: entry.rule,
  otherValues: entry.others,
})

/** Of a user who confirmed or locked a value. */
function nameIn({ profiles_of, locks_of }: CustomerWhole, user: string): string | null {
  for (const { people } of profiles_of ?? []) if (people?.[user] !== undefined) return people[user]
  return locks_of?.find(({ by }) => by === user)?.byName ?? null
}

/** Fields whose clear values this reader sees in this customer because of the purpose. */
export const shownInClear = (actor: Actor, row: CustomerWhole): ProfileField[] =>
  (Object.entries(goldenColumns) as [ProfileField, string][])
    .filter(([field, column]) => row[column] !== null && viewOf(actor, field, false) !== viewOf(actor, field, true))
    .map(([field]) => field)

/** Somebody may look at so many customers' personal fields in clear within an hour. */
const clearViewsPerHour = 50

/** @throws Problem `too-many-requests` when the actor has looked at enough for this hour */
export async function limitClearViews(tx: Tx): Promise<void> {
  const [row] = await tx<{ views: number }[]>`select clear_views_of_hour() as views`
  if ((row?.views ?? 0) >= clearViewsPerHour) throw new Problem('too-many-requests', { seconds: 3600 })
}

/** A customer about to be changed, locked against other changes, and its version. */
export interface HeldCustomer extends Placement {
  id: string
  number: number
  kind: 'person' | 'organization'
  version: number
  name: string | null
}

/**
 * Locks a customer that a right of the actor covers.
 * @throws Problem `customer-not-found`
 */
export async function holdCustomer(
  tx: Tx,
  actor: Actor,
  right: 'customer.edit' | 'customer.link' | 'order.edit',
  id: string,
): Promise<HeldCustomer> {
  const [row] = await tx<HeldCustomer[]>`
    select id, number, kind, version, name, owner_id as "ownerId", team_id as "teamId" from customer where id = ${id} and live for update`
  if (!row || !covers(actor, right, row)) throw new Problem('customer-not-found')
  return row
}
