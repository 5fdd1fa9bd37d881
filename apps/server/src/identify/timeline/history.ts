import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { history } from '@zhike/contract/identify/customers.ts'
import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { readOf } from '../customers/customer.ts'
import { accessTo, evidenceFor, valueFor } from '../customers/masking.ts'

type Item = ReplyOf<typeof history>['items'][number]

interface VersionRow {
  profileId: string
  version: number
  values: ProfileValues
  at: Date
  by: string | null
  channel: string
}

interface MoveRow {
  at: Date
  by: string | null
  channel: string
  rule: string
  profileId: string
  arrived: boolean
  other: string | null
  matched: string[] | null
}

interface EventRow {
  at: Date
  by: string | null
  details: { locked?: string[]; unlocked?: string[]; ownerId?: string | null; teamId?: string | null }
}

/**
 * Every change of a customer's fields, links, locks and owner, newest first: who, when, from which source. Values are as the
 * reader may see them; fields hidden from them are not even named.
 * @throws Problem `customer-not-found`
 */
export async function readHistory(tx: Tx, actor: Actor, idOrCode: string, limit: number): Promise<{ items: Item[] }> {
  const [versions, moves, events] = await readOf(tx, actor, idOrCode, (id) =>
    Promise.all([readVersions(tx, id, limit), readMoves(tx, id, limit), readEvents(tx, id, limit)]),
  )
  const items = [
    ...versions.flatMap((version) => changeOf(actor, version, versions)),
    ...moves.map((move) => moveItem(actor, move)),
    ...events.flatMap((event) => eventItem(actor, event)),
  ]
  return { items: items.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, limit) }
}

/** Versions of the customer's profiles, one more per page than shown, so that each has the one before it. */
const readVersions = (tx: Tx, id: string, limit: number) => tx<VersionRow[]>`
  select v.profile_id as "profileId", v.version, v.values, v.recorded_at as at, u.name as by, ch.code as channel
    from profile_customer l
    join profile p on p.id = l.profile_id and p.retracted_at is null
    join channel ch on ch.id = p.channel_id
    cross join lateral (
      (select p.id as profile_id, p.version, p.values, p.recorded_at, p.recorded_by)
      union all
      (select o.profile_id, o.version, o.values, o.recorded_at, o.recorded_by from profile_version o
        where o.profile_id = p.id order by o.version desc limit ${limit + 1})) v
    left join users u on u.id = v.recorded_by
   where l.customer_id = ${id}
   order by v.recorded_at desc, v.version desc
   limit ${4 * limit + 4}`

const readMoves = (tx: Tx, id: string, limit: number) => tx<MoveRow[]>`
  select h.at, u.name as by, ch.code as channel, h.rule, h.profile_id as "profileId", h.to_customer = ${id} as arrived,
         case when h.to_customer = ${id} then h.from_customer else h.to_customer end as other, h.evidence -> 'matched' as matched
    from link_history h
    join profile p on p.id = h.profile_id
    join channel ch on ch.id = p.channel_id
    left join users u on u.id = h.by_user
   where h.from_customer = ${id} or h.to_customer = ${id}
   order by h.at desc, h.id desc limit ${limit}`

const readEvents = (tx: Tx, id: string, limit: number) => tx<EventRow[]>`
  select e.at, u.name as by, e.details from customer_events(${id}, ${limit}) e left join users u on u.id = e.user_id where e.action = 'customer.edit'`

function changeOf(actor: Actor, version: VersionRow, versions: readonly VersionRow[]): Item[] {
  const before = versions.find(({ profileId, version: number }) => profileId === version.profileId && number === version.version - 1)
  if (!before && version.version > 1) return []
  const fields = ([...new Set([...Object.keys(before?.values ?? {}), ...Object.keys(version.values)])] as ProfileField[]).filter(
    (field) => accessTo(actor, field) !== 'hidden' && JSON.stringify(before?.values[field]) !== JSON.stringify(version.values[field]),
  )
  if (before && fields.length === 0) return []
  const seen = (values: ProfileValues | undefined) =>
    Object.fromEntries(
      fields.flatMap((field) => (values?.[field] === undefined ? [] : [[field, valueFor(actor, field, values[field], false)]])),
    )
  return [
    {
      at: version.at.toISOString(),
      by: version.by,
      channel: version.channel,
      what: before ? 'profile.changed' : 'profile.created',
      fields,
      details: { profileId: version.profileId, ...(before ? { before: seen(before.values) } : {}), after: seen(version.values) },
    },
  ]
}

const moveItem = (actor: Actor, move: MoveRow): Item => ({
  at: move.at.toISOString(),
  by: move.by,
  channel: move.channel,
  what: move.arrived ? 'profile.linked' : 'profile.left',
  fields: [],
  details: { profileId: move.profileId, rule: move.rule, other: move.other, matched: evidenceFor(actor, move.matched ?? []) },
})

function eventItem(actor: Actor, { at, by, details }: EventRow): Item[] {
  const seen = (fields: readonly string[] = []) => fields.filter((field) => accessTo(actor, field as ProfileField) !== 'hidden')
  const [locked, unlocked] = [seen(details.locked), seen(details.unlocked)]
  const item = (what: string, fields: string[], more: Record<string, unknown>): Item => ({
    at: at.toISOString(),
    by,
    channel: null,
    what,
    fields,
    details: more,
  })
  return [
    ...(locked.length > 0 ? [item('field.locked', locked, {})] : []),
    ...(unlocked.length > 0 ? [item('field.unlocked', unlocked, {})] : []),
    ...(details.ownerId !== undefined
      ? [item('customer.handed-over', [], { ownerId: details.ownerId, teamId: details.teamId ?? null })]
      : []),
  ]
}
