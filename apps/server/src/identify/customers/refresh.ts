import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { asRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { nameSortKey } from '../identity/normalise/name.ts'
import { dialledPhone } from '../identity/normalise/phone.ts'
import { searchGrams } from '../identity/normalise/search-grams.ts'
import { computeGolden, type Golden, type Lock, type ProfileFacts } from './golden.ts'

/** Golden fields that are columns of `customer`, and the column. */
export const goldenColumns = {
  name: 'name',
  sex: 'sex',
  birthDate: 'birth_date',
  phone: 'phone',
  email: 'email',
  memberNumber: 'member_number',
  creditCode: 'credit_code',
  idNumber: 'id_number',
  country: 'country',
  province: 'province',
  city: 'city',
  district: 'district',
  address: 'address',
  employer: 'employer',
  jobTitle: 'job_title',
  industry: 'industry',
  contactName: 'contact_name',
  memberLevel: 'member_level',
  registeredOn: 'registered_on',
  tags: 'tags',
  preference: 'preference',
  taboo: 'taboo',
  note: 'note',
} as const satisfies Partial<Record<ProfileField, string>>

const goldenFields = Object.entries(goldenColumns) as [keyof typeof goldenColumns, string][]

/** The columns of a customer's row that follow from its golden values. */
export const goldenRowColumns = ['kind', 'name_sort', ...Object.values(goldenColumns)] as const

/** What stands in them; what is not there is null. */
export function goldenRow({ kind, values }: Golden): Record<string, unknown> {
  const row: Record<string, unknown> = { kind, name_sort: values.name && nameSortKey(values.name) }
  for (const [field, column] of goldenFields) row[column] = values[field]
  return row
}

/** A profile of a customer, as `refreshCustomers` knows it. */
export interface CustomerProfile extends ProfileFacts {
  customerId: string
}

/**
 * Computes the golden values and the search index of customers again from their profiles, in a handful of statements
 * whatever their number. A customer without profiles is no longer live.
 * @returns ids of the customers that are live
 */
export async function refreshCustomers(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return []
  const { golden, profiles } = await computeAgain(tx, ids)
  const empty = ids.filter((id) => !golden.has(id))
  await writeGolden(tx, golden, profiles, now)
  if (empty.length > 0) {
    await tx`update customer set live = false, profiles = 0, version = version + 1, updated_at = ${now} where id = any (${empty}::uuid[])`
  }
  return [...golden.keys()]
}

/**
 * The same for live customers of whom nothing new was said, only the rules have changed: whose values remain what they are is not
 * touched.
 * @returns ids of the customers whose values are others now
 */
export async function refreshChanged(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return []
  const { golden, profiles } = await computeAgain(tx, ids)
  return writeGolden(tx, golden, profiles, now, 'changed')
}

async function computeAgain(
  tx: Tx,
  ids: readonly string[],
): Promise<{ golden: ReadonlyMap<string, Golden>; profiles: ReadonlyMap<string, number> }> {
  const [profiles, locks] = await Promise.all([readProfiles(tx, ids), readLocks(tx, ids)])
  const byCustomer = Map.groupBy(profiles, (profile) => profile.customerId)
  return {
    golden: new Map([...byCustomer].map(([id, some]) => [id, computeGolden(some, locks.get(id))])),
    profiles: new Map([...byCustomer].map(([id, some]) => [id, some.length])),
  }
}

async function readProfiles(tx: Tx, ids: readonly string[]): Promise<CustomerProfile[]> {
  return tx<CustomerProfile[]>`
    select p.id, p.kind, ch.code as channel, ch.trust, p.values, to_char(p.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt",
           p.confirmed, l.customer_id as "customerId"
      from profile_customer l
      join profile p on p.id = l.profile_id
      join channel ch on ch.id = p.channel_id
     where l.customer_id = any (${ids}::uuid[]) and p.retracted_at is null`
}

async function readLocks(tx: Tx, ids: readonly string[]): Promise<Map<string, Map<ProfileField, Lock>>> {
  const rows = await tx<{ customerId: string; field: ProfileField; value: unknown; at: Date; by: string | null }[]>`
    select customer_id as "customerId", field, value, locked_at as at, locked_by as by
      from customer_lock where customer_id = any (${ids}::uuid[])`
  const locks = new Map<string, Map<ProfileField, Lock>>()
  for (const { customerId, field, value, at, by } of rows) {
    const own = locks.get(customerId) ?? new Map<ProfileField, Lock>()
    own.set(field, { value, at: at.toISOString(), by })
    locks.set(customerId, own)
  }
  return locks
}

async function writeGolden(
  tx: Tx,
  golden: ReadonlyMap<string, Golden>,
  profiles: ReadonlyMap<string, number>,
  now: Date,
  which: 'all' | 'changed' = 'all',
): Promise<string[]> {
  const rows = [...golden].map(([id, values]) => ({ id, profiles: profiles.get(id) ?? 0, ...goldenRow(values) }))
  if (rows.length === 0) return []
  const columns = ['profiles', ...goldenRowColumns]
  const assignments = columns.map((column) => tx`${tx(column)} = r.${tx(column)}`)
  const differences = columns.map((column) => tx`c.${tx(column)} is distinct from r.${tx(column)}`)
  const placed = await tx<Placed[]>`
    update customer c set live = true, merged_into = null, version = c.version + 1, updated_at = ${now},
           ${assignments.flatMap((assignment, i) => (i === 0 ? [assignment] : [tx`, `, assignment]))}
      from json_populate_recordset(null::customer, ${asRows(tx, rows)}) r
     where c.id = r.id
       and ${which === 'all' ? tx`true` : tx`(${differences.flatMap((difference, i) => (i === 0 ? [difference] : [tx` or `, difference]))})`}
    returning c.id, c.owner_id, c.team_id`
  await indexForSearch(tx, golden, placed)
  return placed.map(({ id }) => id)
}

/** Who looks after a customer, as its row says. */
export interface Placed {
  id: string
  owner_id: string | null
  team_id: string | null
}

/** Keeps what search finds customers by. */
export async function indexForSearch(tx: Tx, golden: ReadonlyMap<string, Golden>, placed: readonly Placed[]): Promise<void> {
  const entries = placed.map((place) => ({ ...place, ...searchEntry(golden.get(place.id)?.values ?? {}) }))
  await tx`
    insert into customer_search (customer_id, grams, latin, contact, scope)
    select id, grams, latin, contact, search_scope(owner_id, team_id)
      from json_to_recordset(${asRows(tx, entries)}) as s(id uuid, owner_id uuid, team_id uuid, grams text[], latin text, contact text)
    on conflict (customer_id) do update set grams = excluded.grams, latin = excluded.latin, contact = excluded.contact, scope = excluded.scope
     where (customer_search.grams, customer_search.latin, customer_search.contact, customer_search.scope)
           is distinct from (excluded.grams, excluded.latin, excluded.contact, excluded.scope)`
}

/** What search finds a customer by. `=` + whole value and `#` + last four digits are what somebody may search by who sees only the mask. */
export function searchEntry(values: ProfileValues): { grams: string[]; latin: string; contact: string } {
  const { grams, latin } = searchGrams({
    name: values.name,
    others: [values.memberNumber, values.contactName, values.creditCode].filter((word) => word !== undefined),
  })
  const contacts: string[] = []
  if (values.phone) {
    const digits = dialledPhone(values.phone)
    contacts.push(digits)
    grams.push(`=${values.phone}`, `#${digits.slice(-4)}`)
  }
  if (values.email) {
    contacts.push(values.email)
    grams.push(`=${values.email}`)
  }
  return { grams, latin, contact: contacts.join(' ') }
}
