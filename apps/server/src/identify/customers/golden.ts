import type { CustomerKind, ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'

/** What a person fixed for a customer, whatever the sources say; `value` undefined locks the field empty. */
export interface Lock {
  value: unknown
  at: string
  by: string | null
}

/** One profile as survivorship sees it. */
export interface ProfileFacts {
  id: string
  kind: CustomerKind
  channel: string
  /** 0–100 */
  trust: number
  values: ProfileValues
  /** Instant as ISO text. */
  recordedAt: string
  confirmed: Partial<Record<ProfileField, { at: string; by: string | null }>>
}

export type GoldenRule = 'only' | 'lock' | 'confirmed' | 'trust' | 'newest'

/** Where a golden value comes from, as it is kept. */
export interface ProvenanceEntry {
  profile: string | null
  channel: string
  recordedAt: string
  confirmedAt: string | null
  confirmedBy: string | null
  rule: GoldenRule
  others: number
}

export interface Golden {
  kind: CustomerKind
  values: ProfileValues
  provenance: Partial<Record<ProfileField, ProvenanceEntry>>
}

/** Numbers that mean something only inside their source: shown with the profile, never as the customer's own value. */
const ofTheSource: ReadonlySet<ProfileField> = new Set(['externalId', 'openid', 'unionid'])

/** Parts of one address come from one profile: the street of one source in the city of another would be nowhere. */
const addressParts = ['country', 'province', 'city', 'district', 'address'] as const satisfies readonly ProfileField[]

/**
 * The customer's values, computed from its profiles. For each field the first rule that decides: a lock; the value confirmed
 * last; the most trusted source; the newest record; the later profile id. Parts of an address are chosen together. Tags are
 * joined. Pure: the same profiles and locks always give the same values, in whatever order they come.
 */
export function computeGolden(profiles: readonly ProfileFacts[], locks: ReadonlyMap<ProfileField, Lock> = new Map()): Golden {
  const ranked = [...profiles].sort(byTrust)
  const golden: Golden = { kind: ranked[0]?.kind ?? 'person', values: {}, provenance: {} }
  const fields = new Set(ranked.flatMap((profile) => Object.keys(profile.values) as ProfileField[]))
  for (const field of fields) {
    if (ofTheSource.has(field) || isAddressPart(field) || field === 'tags') continue
    const chosen = choose(ranked, field, [field])
    if (chosen) take(golden, field, chosen, ranked)
  }
  takeAddress(golden, ranked)
  takeTags(golden, ranked)
  for (const [field, lock] of locks) applyLock(golden, field, lock, ranked)
  return golden
}

interface Chosen {
  profile: ProfileFacts
  rule: GoldenRule
}

const isAddressPart = (field: ProfileField): boolean => (addressParts as readonly ProfileField[]).includes(field)

const byTrust = (a: ProfileFacts, b: ProfileFacts): number =>
  b.trust - a.trust || compare(b.recordedAt, a.recordedAt) || compare(b.id, a.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The profile whose word counts for a field, among those (in order of trust) that say any of `fields`. */
function choose(ranked: readonly ProfileFacts[], field: ProfileField, fields: readonly ProfileField[]): Chosen | undefined {
  const speaking = ranked.filter((profile) => fields.some((each) => profile.values[each] !== undefined))
  const [first, second] = speaking
  if (!first) return undefined
  const confirmedAt = (profile: ProfileFacts) =>
    fields.map((each) => profile.confirmed[each]?.at ?? '').reduce((a, b) => (a > b ? a : b), '')
  const confirmed = speaking
    .filter((profile) => confirmedAt(profile) !== '')
    .sort((a, b) => compare(confirmedAt(b), confirmedAt(a)) || byTrust(a, b))[0]
  if (confirmed) return { profile: confirmed, rule: speaking.length === 1 ? 'only' : 'confirmed' }
  if (!second) return { profile: first, rule: 'only' }
  const same = speaking.every((profile) => sameValue(profile.values[field], first.values[field]))
  return { profile: first, rule: !same && first.trust === second.trust ? 'newest' : 'trust' }
}

function take(golden: Golden, field: ProfileField, { profile, rule }: Chosen, ranked: readonly ProfileFacts[]): void {
  const value = profile.values[field]
  if (value === undefined) return
  ;(golden.values as Record<string, unknown>)[field] = value
  golden.provenance[field] = {
    profile: profile.id,
    channel: profile.channel,
    recordedAt: profile.recordedAt,
    confirmedAt: profile.confirmed[field]?.at ?? null,
    confirmedBy: profile.confirmed[field]?.by ?? null,
    rule,
    others: otherValues(ranked, field, value),
  }
}

function takeAddress(golden: Golden, ranked: readonly ProfileFacts[]): void {
  const chosen = choose(ranked, 'address', addressParts)
  if (!chosen) return
  for (const part of addressParts) take(golden, part, chosen, ranked)
}

function takeTags(golden: Golden, ranked: readonly ProfileFacts[]): void {
  const tagged = ranked.filter((profile) => profile.values.tags !== undefined)
  const [first] = tagged
  if (!first) return
  golden.values.tags = [...new Set(tagged.flatMap((profile) => profile.values.tags ?? []))].sort()
  take({ ...golden, values: {} }, 'tags', { profile: first, rule: tagged.length === 1 ? 'only' : 'trust' }, ranked)
}

function applyLock(golden: Golden, field: ProfileField, lock: Lock, ranked: readonly ProfileFacts[]): void {
  if (lock.value === undefined || lock.value === null) delete golden.values[field]
  else (golden.values as Record<string, unknown>)[field] = lock.value
  golden.provenance[field] = {
    profile: null,
    channel: 'manual',
    recordedAt: lock.at,
    confirmedAt: lock.at,
    confirmedBy: lock.by,
    rule: 'lock',
    others: otherValues(ranked, field, lock.value),
  }
}

const otherValues = (ranked: readonly ProfileFacts[], field: ProfileField, value: unknown): number =>
  ranked.filter((profile) => profile.values[field] !== undefined && !sameValue(profile.values[field], value)).length

const sameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
