import { asRows } from '../database/bulk.ts'
import type { Sql, Tx } from '../database/database.ts'

/** At most this many ids in one event: a bulk change publishes several. */
const idsPerEvent = 1000

/** Something that happened. Thin: readers look the record up and see it as it is now. */
export interface DomainEvent {
  type: string
  ids: readonly string[]
  /** Names of the fields that changed, where a reader may want to skip the rest. */
  fields?: readonly string[]
}

/** Publishes events with the transaction: they exist if and only if it commits. */
export async function publish(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.some(({ ids }) => ids.length > 0)) await publishing(tx, events)
}

/** The same as a statement, for one that does more at once. */
export function publishing(tx: Tx, events: readonly DomainEvent[]) {
  const rows = events.flatMap(({ type, ids, fields }) =>
    chunks(ids, idsPerEvent).map((some) => ({ type, payload: { ids: some, ...(fields ? { fields } : {}) } })),
  )
  return tx`insert into outbox (type, payload)
    select type, payload from json_to_recordset(${asRows(tx, rows)}) as e(type text, payload jsonb)`
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size))
  return parts
}

/** A published event, with its place in the order of commits. */
export interface OutboxRow {
  xid: string
  position: number
  at: Date
  type: string
  payload: { ids: string[]; fields?: string[] }
}

export interface OutboxBatch {
  rows: OutboxRow[]
  /** The same for every delivery of the same batch, for readers that must recognise a repetition. */
  token: string
  /** It was taken before and not finished: its effect may be there already, in part or wholly. */
  repeated: boolean
  /** It holds as much as was asked for: more may be waiting. */
  full: boolean
}

/**
 * Takes the next events behind a reader's cursor, in commit order: only of transactions older than every running one, so
 * that nothing can appear behind the cursor later. The bounds are kept before the batch is delivered, so that after a crash
 * the very same batch comes again under the same token. Call `finishBatch` when its effect is durable.
 * @param most events, and the ids in them, above which no further event is taken
 */
export async function takeBatch(sql: Sql, reader: string, most: { events: number; ids: number }): Promise<OutboxBatch | undefined> {
  return sql.begin(async (tx) => {
    await tx`insert into outbox_cursor (reader, xid, position) values (${reader}, '0', 0) on conflict do nothing`
    const [cursor] = await tx<{ xid: string; position: number; pendingXid: string | null; pendingPosition: number | null }[]>`
      select xid::text, position, pending_xid::text as "pendingXid", pending_position as "pendingPosition"
        from outbox_cursor where reader = ${reader} for update`
    if (!cursor) return undefined
    const repeated = cursor.pendingXid !== null
    const rows = await tx<OutboxRow[]>`
      with next as (
        select * from outbox
         where (xid, position) > (${cursor.xid}::xid8, ${cursor.position})
           and ${repeated ? tx`(xid, position) <= (${cursor.pendingXid}::xid8, ${cursor.pendingPosition})` : tx`xid < pg_snapshot_xmin(pg_current_snapshot())`}
         order by xid, position
         ${repeated ? tx`` : tx`limit ${most.events}`}),
      measured as (
        select *, sum(jsonb_array_length(payload -> 'ids')) over (order by xid, position rows between unbounded preceding and 1 preceding) as before
          from next)
      select xid::text, position, at, type, payload
        from measured
       where ${repeated ? tx`true` : tx`coalesce(before, 0) < ${most.ids}`}
       order by measured.xid, measured.position -- the column, not the text of the same name in the result`
    const last = rows.at(-1)
    if (!last) return undefined
    if (!repeated) {
      await tx`update outbox_cursor set pending_xid = ${last.xid}::xid8, pending_position = ${last.position}, updated_at = now()
        where reader = ${reader}`
    }
    const ids = rows.reduce((sum, { payload }) => sum + payload.ids.length, 0)
    const full = rows.length >= most.events || ids >= most.ids
    return { rows: [...rows], full, token: `${reader}:${cursor.xid}:${cursor.position}:${last.xid}:${last.position}`, repeated }
  }) as Promise<OutboxBatch | undefined>
}

/** Moves a reader's cursor behind the batch that it took; does nothing if another process finished that batch meanwhile. */
export async function finishBatch(sql: Sql, reader: string, batch: OutboxBatch): Promise<void> {
  const last = batch.rows.at(-1)
  if (!last) return
  await sql`update outbox_cursor
    set xid = pending_xid, position = pending_position, pending_xid = null, pending_position = null, updated_at = now()
    where reader = ${reader} and pending_xid = ${last.xid}::xid8 and pending_position = ${last.position}`
}

/** How far a reader is behind: events, and seconds since the oldest of them was committed. */
export async function outboxLag(sql: Sql, reader: string): Promise<{ events: number; seconds: number }> {
  const [lag] = await sql<{ events: number; seconds: number }[]>`
    select count(*)::int as events, coalesce(extract(epoch from now() - min(o.at)), 0)::float8 as seconds
      from (select o.at from outbox o
             where (o.xid, o.position) > (coalesce((select xid from outbox_cursor where reader = ${reader}), '0'::xid8),
                                          coalesce((select position from outbox_cursor where reader = ${reader}), 0))
             limit 100000) o`
  return lag ?? { events: 0, seconds: 0 }
}
