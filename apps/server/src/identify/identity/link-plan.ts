import type { CustomerKind, IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import type { Holder } from './holders.ts'
import { type IdentityValue, identityKey } from './identities.ts'
import { judge, type Known, sharedAbove } from './linking-rules.ts'
import { maskedIdentity } from './masked-identity.ts'
import type { Merge } from './move-profiles.ts'

/** A profile that is new or has changed. */
export interface Arrival {
  profileId: string
  /** Where it is; undefined for a new one. */
  customerId: string | undefined
  kind: CustomerKind
  name: string | undefined
  identities: readonly IdentityValue[]
}

/** What linking will do. `evidence` names identities with their values masked. */
export interface LinkPlan {
  /** New customers with their profiles. */
  newCustomers: Map<string, string[]>
  /** New profiles and where they go; rule `new` when nothing was matched. */
  joins: { profileId: string; customerId: string; rule: string; evidence: string[] }[]
  merges: Merge[]
  candidates: { profileId: string; customerId: string; reason: string; evidence: string[] }[]
}

/** Kinds that say who somebody is across profiles; `external` names a record of its source and nothing more. */
const linking: ReadonlySet<IdentityKind> = new Set(['phone', 'email', 'member', 'unionid', 'openid', 'credit_code', 'id_number'])

/** Decides for all arrivals at once which customers they belong to. `holders`: who of those that were there before carries their identities. */
export async function planLinks(tx: Tx, arrivals: readonly Arrival[], holders: readonly Holder[]): Promise<LinkPlan> {
  const linkable = arrivals.map((arrival) => ({ ...arrival, identities: arrival.identities.filter(({ kind }) => linking.has(kind)) }))
  const arriving = new Set(arrivals.map(({ profileId }) => profileId))
  // Of a profile that has changed the table may still hold what it does not carry any more.
  const before = holders.filter(({ profileId }) => !arriving.has(profileId))
  const refused = await refusedLinks(tx, [...arrivals.filter(({ customerId }) => customerId !== undefined), ...before])
  return decideLinks(linkable, [...before, ...linkable.flatMap(asHolders)], refused)
}

const asHolders = ({ profileId, identities }: Arrival): Holder[] =>
  identities.map(
    (identity): Holder => ({ ...identity, profileId, customerId: null, customerNumber: null, customerKind: null, customerName: null }),
  )

/** Profile and customer, joined by a blank, that a person has said are not one: after a split no rule joins them again. */
async function refusedLinks(tx: Tx, profiles: readonly { profileId: string }[]): Promise<Set<string>> {
  if (profiles.length === 0) return new Set()
  const rows = await tx<{ pair: string }[]>`
    select profile_id || ' ' || customer_id as pair from link_candidate
     where state = 'refused' and profile_id = any (${[...new Set(profiles.map(({ profileId }) => profileId))]}::uuid[])`
  return new Set(rows.map(({ pair }) => pair))
}

/** A set of profiles that are, or become, one customer. */
interface Group {
  parent: Group | undefined
  /** Customers in it that exist, with their numbers. */
  customers: Map<string, number>
  /** New profiles in it. */
  profiles: string[]
  /** All profiles known to be in it, new or not. */
  members: string[]
  known: Known[]
  rules: Map<string, { rule: string; evidence: string[] }>
}

const rootOf = (group: Group): Group => {
  let root = group
  while (root.parent) root = root.parent
  return root
}

/** The pure part of `planLinks`. */
export function decideLinks(arrivals: readonly Arrival[], holders: readonly Holder[], refused: ReadonlySet<string> = new Set()): LinkPlan {
  const groups = startingGroups(arrivals, holders)
  const byIdentity = Map.groupBy(holders, (holder) => identityKey(holder))
  const candidates: { arrival: Arrival; other: Group; reason: string; evidence: string }[] = []
  for (const arrival of arrivals) {
    const own = groups.get(arrival.profileId) as Group
    for (const identity of arrival.identities) {
      const others = (byIdentity.get(identityKey(identity)) ?? []).filter(({ profileId }) => profileId !== arrival.profileId)
      const distinct = new Set(others.map((holder) => rootOf(groups.get(holder.profileId) as Group)))
      if (distinct.size > (sharedAbove[identity.kind] ?? Number.POSITIVE_INFINITY)) continue
      const evidence = maskedIdentity(identity.kind, identity.value)
      for (const other of distinct) {
        const [a, b] = [rootOf(own), rootOf(other)]
        if (a === b) continue
        if (isRefused(a, b, refused) || isRefused(b, a, refused)) continue
        const verdict = judgeGroups(identity, a, b)
        if (verdict === 'link') join(a, b, arrival.profileId, identity.kind, evidence)
        else if (verdict === 'candidate') candidates.push({ arrival, other, reason: identity.kind, evidence })
      }
    }
  }
  return planOf(arrivals, groups, candidates)
}

function startingGroups(arrivals: readonly Arrival[], holders: readonly Holder[]): Map<string, Group> {
  const ofCustomer = new Map<string, Group>()
  const groups = new Map<string, Group>()
  const group = (): Group => ({ parent: undefined, customers: new Map(), profiles: [], members: [], known: [], rules: new Map() })
  const customerGroup = (id: string, number: number, known?: Known): Group => {
    const found = ofCustomer.get(id) ?? group()
    ofCustomer.set(id, found)
    if (!found.customers.has(id) || number < Number.POSITIVE_INFINITY) found.customers.set(id, number)
    if (known) found.known.push(known)
    return found
  }
  for (const holder of holders) {
    if (!holder.customerId || groups.has(holder.profileId)) continue
    const fresh = !ofCustomer.has(holder.customerId)
    const known = { kind: holder.customerKind ?? 'person', name: holder.customerName ?? undefined }
    const own = customerGroup(holder.customerId, holder.customerNumber ?? Number.POSITIVE_INFINITY, fresh ? known : undefined)
    own.members.push(holder.profileId)
    groups.set(holder.profileId, own)
  }
  for (const { profileId, customerId, kind, name } of arrivals) {
    const own = customerId ? customerGroup(customerId, Number.POSITIVE_INFINITY) : group()
    own.known.push({ kind, name })
    if (!customerId) own.profiles.push(profileId)
    own.members.push(profileId)
    groups.set(profileId, own)
  }
  return groups
}

const isRefused = (a: Group, b: Group, refused: ReadonlySet<string>): boolean =>
  refused.size > 0 && a.members.some((profile) => [...b.customers.keys()].some((customer) => refused.has(`${profile} ${customer}`)))

/** Two groups are one only if nobody in the one contradicts anybody in the other. */
function judgeGroups({ kind, value }: IdentityValue, a: Group, b: Group): 'link' | 'candidate' | 'ignore' {
  const verdicts = new Set(a.known.flatMap((x) => b.known.map((y) => judge(kind, value, x, y))))
  if (verdicts.has('ignore')) return 'ignore'
  return verdicts.has('candidate') ? 'candidate' : 'link'
}

function join(a: Group, b: Group, profileId: string, rule: string, evidence: string): void {
  b.parent = a
  for (const [id, number] of b.customers) a.customers.set(id, number)
  a.profiles.push(...b.profiles)
  a.members.push(...b.members)
  a.known.push(...b.known)
  for (const [id, reason] of b.rules) a.rules.set(id, reason)
  for (const id of [profileId, ...b.profiles]) {
    const reason = a.rules.get(id) ?? { rule, evidence: [] }
    if (!reason.evidence.includes(evidence)) reason.evidence.push(evidence)
    a.rules.set(id, reason)
  }
}

function planOf(
  arrivals: readonly Arrival[],
  groups: ReadonlyMap<string, Group>,
  candidates: readonly { arrival: Arrival; other: Group; reason: string; evidence: string }[],
): LinkPlan {
  const plan: LinkPlan = { newCustomers: new Map(), joins: [], merges: [], candidates: [] }
  const target = new Map<Group, string>()
  for (const root of new Set(arrivals.map(({ profileId }) => rootOf(groups.get(profileId) as Group)))) {
    // The oldest customer stays: its code is the one that people know.
    const [first, ...rest] = [...root.customers].sort((a, b) => a[1] - b[1]).map(([id]) => id)
    const id = first ?? newId()
    target.set(root, id)
    if (first === undefined) plan.newCustomers.set(id, root.profiles)
    const evidence = [...new Set([...root.rules.values()].flatMap((reason) => reason.evidence))]
    plan.merges.push(...rest.map((from) => ({ from, into: id, evidence })))
    for (const profileId of root.profiles) {
      const reason = root.rules.get(profileId)
      plan.joins.push({ profileId, customerId: id, rule: reason?.rule ?? 'new', evidence: reason?.evidence ?? [] })
    }
  }
  for (const { arrival, other, reason, evidence } of candidates) {
    const root = rootOf(other)
    const customerId = target.get(root) ?? [...root.customers.keys()][0]
    if (customerId && target.get(rootOf(groups.get(arrival.profileId) as Group)) !== customerId) {
      plan.candidates.push({ profileId: arrival.profileId, customerId, reason, evidence: [evidence] })
    }
  }
  return plan
}
