import type { TimelineEntry } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { readOf } from '../customers/customer.ts'
import { combine, type Fragment } from '../customers/fragment.ts'
import { queryMark } from '../customers/query-mark.ts'
import { scopeCondition } from '../customers/row-scope.ts'

type Kind = TimelineEntry['kind']

interface EntryRow extends Omit<TimelineEntry, 'at'> {
  at: Date
  key: string
}

interface TimelineQuery {
  kind?: Kind | undefined
  /** By its code. */
  channel?: string | undefined
  /** Half-open: from `from` on, before `to`. */
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
  limit?: number | undefined
}

const Cursor = z.tuple([z.string(), z.string().max(60), z.uuid()])

/**
 * What happened with a customer through all profiles, newest first. Each kind of fact gives at most a page per profile by its
 * index, however long its history is; orders and what hangs on them only to whom may read this customer's orders.
 * @throws Problem `customer-not-found`
 */
export async function readTimeline(
  tx: Tx,
  actor: Actor,
  idOrCode: string,
  query: TimelineQuery,
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  return readOf(tx, actor, idOrCode, (id) => readEntries(tx, actor, id, query))
}

/** The same of a customer that is known to be there for the actor. */
export async function readEntries(
  tx: Tx,
  actor: Actor,
  id: string,
  query: TimelineQuery,
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  const limit = query.limit ?? 50
  const mark = queryMark([id, query.kind, query.channel, query.from, query.to])
  const place = readCursor(query.after, Cursor, mark)
  const behind: Behind = (at, entry, channel) => {
    const conditions = [
      ...(place ? [tx`(${at}, ${entry}) < (${place[1]}::text::timestamptz, ${place[2]}::uuid)`] : []),
      ...(query.from ? [tx`${at} >= ${query.from}::text::timestamptz`] : []),
      ...(query.to ? [tx`${at} < ${query.to}::text::timestamptz`] : []),
      ...(query.channel ? [tx`${channel} = (select wanted.id from channel wanted where wanted.code = ${query.channel})`] : []),
    ]
    return combine(tx, conditions, 'and')
  }
  const wanted = (kind: Kind) => (query.kind ?? kind) === kind && (kind === 'contact' || actor.rights.has('order.read'))
  const sources: Record<Kind, () => Fragment> = {
    order: () => orders(tx, behind, limit + 1),
    return: () => returns(tx, behind, limit + 1),
    payment: () => payments(tx, behind, limit + 1),
    contact: () => contacts(tx, behind, limit + 1),
  }
  const parts = (Object.keys(sources) as Kind[]).filter(wanted).map((kind) => sources[kind]())
  const [first, ...rest] = parts
  if (!first) return { items: [], next: null }
  const rows = await tx<EntryRow[]>`
    with mine as (select profile_id from profile_customer where customer_id = ${id}),
         buying as (select l.profile_id from customer c join profile_customer l on l.customer_id = c.id
                     where c.id = ${id} and ${scopeCondition(tx, actor, 'order.read')})
    select id, kind, at, channel, title, text, amount, currency, "orderId", at::text as key
      from (${rest.reduce((all, part) => tx`${all} union all ${part}`, first)}) e
     order by at desc, id desc limit ${limit + 1}`
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(entryOf),
    next: rows.length > limit && last ? writeCursor([mark, last.key, last.id]) : null,
  }
}

const entryOf = ({ id, kind, at, channel, title, text, amount, currency, orderId }: EntryRow): TimelineEntry => ({
  id,
  kind,
  at: at.toISOString(),
  channel,
  title,
  text,
  amount,
  currency,
  orderId,
})

/** Conditions on the instant, the id and the channel of a kind of fact. */
type Behind = (at: Fragment, id: Fragment, channel: Fragment) => Fragment

const orders = (tx: Tx, behind: Behind, limit: number): Fragment => tx`
  (select o.id, 'order' as kind, o.placed_at as at, ch.name as channel, o.number as title, o.shop as text, o.amount, o.currency::text as currency,
          o.id as "orderId"
     from buying m
     cross join lateral (
       select * from orders o where o.profile_id = m.profile_id and o.retracted_at is null and ${behind(tx`o.placed_at`, tx`o.id`, tx`o.channel_id`)}
        order by o.placed_at desc, o.id desc limit ${limit}) o
     join channel ch on ch.id = o.channel_id
    order by o.placed_at desc, o.id desc limit ${limit})`

const returns = (tx: Tx, behind: Behind, limit: number): Fragment => tx`
  (select r.id, 'return' as kind, r.returned_at as at, ch.name as channel, o.number as title, r.reason as text, r.amount, r.currency::text as currency,
          o.id as "orderId"
     from buying m
     join orders o on o.profile_id = m.profile_id and o.retracted_at is null
     join channel ch on ch.id = o.channel_id
     join order_return r on r.order_id = o.id and r.retracted_at is null
    where ${behind(tx`r.returned_at`, tx`r.id`, tx`o.channel_id`)}
    order by r.returned_at desc, r.id desc limit ${limit})`

const payments = (tx: Tx, behind: Behind, limit: number): Fragment => tx`
  (select p.id, 'payment' as kind, p.paid_at as at, ch.name as channel, o.number as title, p.means as text, p.amount, p.currency::text as currency,
          o.id as "orderId"
     from buying m
     join orders o on o.profile_id = m.profile_id and o.retracted_at is null
     join channel ch on ch.id = o.channel_id
     join payment p on p.order_id = o.id and p.retracted_at is null
    where ${behind(tx`p.paid_at`, tx`p.id`, tx`o.channel_id`)}
    order by p.paid_at desc, p.id desc limit ${limit})`

const contacts = (tx: Tx, behind: Behind, limit: number): Fragment => tx`
  (select t.id, 'contact' as kind, t.happened_at as at, ch.name as channel, t.medium as title, coalesce(t.content, t.purpose) as text,
          null::bigint as amount, null::text as currency, null::uuid as "orderId"
     from mine m
     cross join lateral (
       select * from contact t where t.profile_id = m.profile_id and t.retracted_at is null and ${behind(tx`t.happened_at`, tx`t.id`, tx`t.channel_id`)}
        order by t.happened_at desc, t.id desc limit ${limit}) t
     join channel ch on ch.id = t.channel_id
    order by t.happened_at desc, t.id desc limit ${limit})`
