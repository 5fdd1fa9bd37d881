import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { CardValues } from './card-values.ts'
import { goldenColumns } from './refresh.ts'

/** What is known of a customer before an edit. */
export interface CardFacts {
  golden: ProfileValues
  /** What every profile but the manual card says. */
  others: readonly ProfileValues[]
  /** Fields locked now. */
  locks: ReadonlySet<ProfileField>
}

/** What an edit does: new words of the manual card (undefined takes one away) and changes of locks. */
export interface CardPlan {
  values: { [F in ProfileField]?: ProfileValues[F] | undefined }
  /** Those of the values that the person entered and so stands for. */
  confirmed: { [F in ProfileField]?: unknown }
  /** Field and the value that it is locked to; null locks it empty. */
  lock: Map<ProfileField, unknown>
  unlock: Set<ProfileField>
}

const addressParts = ['country', 'province', 'city', 'district', 'address'] as const satisfies readonly ProfileField[]

/**
 * How an edit becomes true whatever the sources say. A value taken away that another source has is locked empty, so that it
 * stays away. A locked field that gets a value stays locked, to the new one. Parts of an address come from one profile together, so
 * changing one takes the others along. Tags of all profiles are joined, so a tag that another source has goes only by a lock.
 */
export function planEdit(
  facts: CardFacts,
  values: CardValues,
  wish: { lock?: readonly ProfileField[] | undefined; unlock?: readonly ProfileField[] | undefined },
): CardPlan {
  const plan: CardPlan = { values: {}, confirmed: {}, lock: new Map(), unlock: new Set() }
  const address = addressOf(facts, values)
  const said = { ...values, ...address }
  const addressStays = Object.values(address).some((part) => part !== null)
  for (const [field, value] of Object.entries(said) as [ProfileField, ProfileValues[ProfileField] | null][]) {
    ;(plan.values as Record<string, unknown>)[field] = value ?? undefined
    if (value !== null) plan.confirmed[field] = value
    // The address of the manual card replaces that of the other sources whole: a part left out needs no lock.
    const replaced = addressStays && isAddressPart(field) && !facts.locks.has(field)
    if (field in goldenColumns && !replaced) settleLock(plan, facts, field, value)
  }
  for (const field of wish.unlock ?? []) {
    plan.lock.delete(field)
    plan.unlock.add(field)
  }
  for (const field of wish.lock ?? []) {
    plan.unlock.delete(field)
    plan.lock.set(field, field in said ? (said[field] ?? null) : (facts.golden[field] ?? null))
  }
  return plan
}

/** All parts of the address as they will be, when the edit touches one of them. */
function addressOf({ golden }: CardFacts, values: CardValues): CardValues {
  if (!addressParts.some((part) => part in values)) return {}
  const whole = Object.fromEntries(addressParts.map((part) => [part, part in values ? values[part] : (golden[part] ?? null)]))
  return whole as CardValues
}

const isAddressPart = (field: ProfileField): boolean => (addressParts as readonly ProfileField[]).includes(field)

function settleLock(plan: CardPlan, { others, locks }: CardFacts, field: ProfileField, value: unknown): void {
  const elsewhere = others.filter((profile) => profile[field] !== undefined)
  if (field === 'tags' && Array.isArray(value) && elsewhere.some(({ tags }) => tags?.some((tag) => !value.includes(tag)))) {
    plan.lock.set(field, value)
  } else if (value === null) {
    if (elsewhere.length > 0) plan.lock.set(field, null)
    else if (locks.has(field)) plan.unlock.add(field)
  } else if (locks.has(field)) plan.lock.set(field, value)
}
