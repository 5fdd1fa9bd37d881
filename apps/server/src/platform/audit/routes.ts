import type { AuditEvent } from '@zhike/contract/platform/audit-log.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { type Route, route } from '../http/route.ts'

interface EventRow extends Omit<AuditEvent, 'at'> {
  at: Date
}

const Cursor = z.tuple([z.int()])

/** The audit log, newest first; row-level security shows it to who may read it. */
export const auditRoutes: Route[] = [
  route(auditLog.list, async ({ tx, query }) => {
    const limit = query.limit ?? 50
    const rows = await eventRows(tx, { ...query, before: readCursor(query.after, Cursor)?.[0], limit: limit + 1 })
    const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? writeCursor([last.id]) : null }
  }),
]

interface EventFilter {
  userId?: string | undefined
  action?: string | undefined
  object?: string | undefined
  objectId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: number | undefined
  limit: number
}

function eventRows(tx: Tx, { userId, action, object, objectId, from, to, before, limit }: EventFilter) {
  return tx<EventRow[]>`
    select e.id, e.at, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as "user", e.via,
           e.request_id as "requestId", e.action, e.object, e.object_id as "objectId", e.details
      from audit_event e
      left join users u on u.id = e.user_id
     where ${before === undefined ? tx`true` : tx`e.id < ${before}`}
       and ${userId === undefined ? tx`true` : tx`e.user_id = ${userId}`}
       and ${actionIs(tx, action)}
       and ${object === undefined ? tx`true` : tx`e.object = ${object}`}
       and ${objectId === undefined ? tx`true` : tx`e.object_id = ${objectId}`}
       and ${from === undefined ? tx`true` : tx`e.at >= ${new Date(from)}`}
       and ${to === undefined ? tx`true` : tx`e.at < ${new Date(to)}`}
     order by e.id desc
     limit ${limit}`
}

function actionIs(tx: Tx, action: string | undefined) {
  if (action === undefined) return tx`true`
  return action.endsWith('.') ? tx`starts_with(e.action, ${action})` : tx`e.action = ${action}`
}
