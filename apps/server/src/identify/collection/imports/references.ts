import type { CustomerKind, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { looksLikeOrganization } from '../../identity/normalise/kind.ts'
import { type ProfileRecord, type Recording, recordProfiles } from '../../identity/record-profiles.ts'

/** How a record names its customer. Values are normalised. */
export interface CustomerReference {
  customerExternalId?: string
  customerMemberNumber?: string
  customerPhone?: string
  customerEmail?: string
  customerName?: string
  country?: string
}

/** A profile's key in its source: the strongest thing the source calls it by. Undefined when there is nothing but a name. */
export function sourceKeyOf(values: ProfileValues): string | undefined {
  if (values.externalId) return `id:${values.externalId}`
  if (values.memberNumber) return `member:${values.memberNumber}`
  if (values.unionid) return `unionid:${values.unionid}`
  if (values.openid) return `openid:${values.openid}`
  if (values.creditCode) return `credit:${values.creditCode}`
  // A phone or mail may be shared by a family: with another name it is another record.
  if (values.phone) return `phone:${values.phone}|${values.name ?? ''}`
  if (values.email) return `email:${values.email}|${values.name ?? ''}`
  return undefined
}

function valuesOf(reference: CustomerReference): ProfileValues {
  const { customerExternalId, customerMemberNumber, customerPhone, customerEmail, customerName, country } = reference
  return {
    ...(customerExternalId ? { externalId: customerExternalId } : {}),
    ...(customerMemberNumber ? { memberNumber: customerMemberNumber } : {}),
    ...(customerPhone ? { phone: customerPhone } : {}),
    ...(customerEmail ? { email: customerEmail } : {}),
    ...(customerName ? { name: customerName } : {}),
    ...(country ? { country } : {}),
  }
}

/**
 * The profiles that records of a channel refer to: the channel's own record by its number, else the one that carries the member
 * number, phone or e-mail there; who is not known yet is recorded.
 * @returns a profile id per reference, null where it names nobody (an anonymous order)
 */
export async function resolveReferences(
  tx: Tx,
  recording: Recording,
  references: readonly CustomerReference[],
): Promise<(string | null)[]> {
  const keyed = references.map((reference) => {
    const values = valuesOf(reference)
    return { values, key: sourceKeyOf(values) }
  })
  const wanted = new Map<string, ProfileValues>()
  for (const { key, values } of keyed) if (key) wanted.set(key, { ...wanted.get(key), ...values })
  const found = await findProfiles(tx, recording.channel.id, wanted)
  const missing = [...wanted].filter(([key]) => !found.has(key))
  const recorded = await recordProfiles(
    tx,
    recording,
    missing.map(([sourceKey, values]): ProfileRecord => ({ kind: kindOf(values), sourceKey, values })),
  )
  missing.forEach(([key], i) => {
    const profile = recorded[i]
    if (profile) found.set(key, profile.profileId)
  })
  return keyed.map(({ key }) => (key ? (found.get(key) ?? null) : null))
}

/** A company is known by its name, for a reference does not say. */
const kindOf = ({ name }: ProfileValues): CustomerKind => (name !== undefined && looksLikeOrganization(name) ? 'organization' : 'person')

/** What a key other than the record's number is looked up by among the channel's identities. */
function identityOf(values: ProfileValues): { kind: string; value: string } | undefined {
  if (values.externalId) return undefined
  if (values.memberNumber) return { kind: 'member', value: values.memberNumber }
  if (values.phone) return { kind: 'phone', value: values.phone }
  return values.email ? { kind: 'email', value: values.email } : undefined
}

async function findProfiles(tx: Tx, channelId: number, wanted: ReadonlyMap<string, ProfileValues>): Promise<Map<string, string>> {
  const keys = [...wanted.keys()]
  if (keys.length === 0) return new Map()
  const byKey = tx<{ key: string; id: string }[]>`
    select source_key as key, id from profile
     where channel_id = ${channelId} and source_key = any (${keys}::text[]) and retracted_at is null`
  const identities = [...wanted].flatMap(([key, values]) => {
    const identity = identityOf(values)
    return identity ? [{ key, ...identity }] : []
  })
  // Several records of the channel may carry a phone (a family's): then it names nobody in particular.
  const byIdentity = tx<{ key: string; id: string }[]>`
    select w.key, min(i.profile_id::text) as id
      from unnest(${identities.map(({ key }) => key)}::text[], ${identities.map(({ kind }) => kind)}::text[],
                  ${identities.map(({ value }) => value)}::text[]) as w(key, kind, value)
      join identity i on i.kind = w.kind and i.value = w.value and i.namespace = 0
      join profile p on p.id = i.profile_id and p.channel_id = ${channelId} and p.retracted_at is null
     group by w.key
    having count(*) = 1`
  const [keyRows, identityRows] = await Promise.all([byKey, byIdentity])
  return new Map([...identityRows, ...keyRows].map(({ key, id }) => [key, id]))
}
