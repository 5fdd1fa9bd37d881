import type { AuditEvent } from '@zhike/contract/platform/audit-log.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { z } from 'zod'
import type { Database, Tx } from '../database/database.ts'
import { type ExportColumn, exportTable } from '../files/export-table.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { type Context, type Route, route } from '../http/route.ts'

interface EventRow extends Omit<AuditEvent, 'at'> {
  at: Date
}

const Cursor = z.tuple([z.int()])

/** The audit log, newest first; row-level security shows it to who may read it. */
export const createAuditRoutes = (database: Database): Route[] => [
  route(auditLog.list, async ({ tx, query }) => {
    const limit = query.limit ?? 50
    const rows = await eventRows(tx, { ...query, before: readCursor(query.after, Cursor)?.[0], limit: limit + 1 })
    const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? writeCursor([last.id]) : null }
  }),
  route(auditLog.exportFile, (context) => exportEvents(database, context), { transaction: 'own' }),
]

const rowsPerBatch = 1000

async function exportEvents(database: Database, context: Context<typeof auditLog.exportFile>): Promise<undefined> {
  const { purpose, locale = context.actor.locale, ...filter } = context.query
  await exportTable(database, {
    context,
    right: 'audit.read',
    format: 'csv',
    event: { action: 'audit.export', object: 'audit-events', details: { purpose, filter } },
    read: async (tx) => ({ name: 'audit-log', columns: columnsIn(locale), batches: eventRows(tx, filter).cursor(rowsPerBatch) }),
  })
}

/** Codes stay codes, so that a file can be compared with another; times are in UTC. */
function columnsIn(locale: Locale): ExportColumn<EventRow>[] {
  const titles = exportTitles[locale]
  return [
    { header: titles.id, cell: ({ id }) => id },
    { header: titles.at, cell: ({ at }) => at.toISOString() },
    { header: titles.user, cell: ({ user }) => user?.name ?? null },
    { header: titles.userId, cell: ({ user }) => user?.id ?? null },
    { header: titles.via, cell: ({ via }) => via },
    { header: titles.action, cell: ({ action }) => action },
    { header: titles.object, cell: ({ object }) => object },
    { header: titles.objectId, cell: ({ objectId }) => objectId },
    { header: titles.details, cell: ({ details }) => JSON.stringify(details) },
    { header: titles.requestId, cell: ({ requestId }) => requestId },
  ]
}

const exportTitles: Record<
  Locale,
  Record<'id' | 'at' | 'user' | 'userId' | 'via' | 'action' | 'object' | 'objectId' | 'details' | 'requestId', string>
> = {
  zh: {
    id: '编号',
    at: '时间（UTC）',
    user: '由谁',
    userId: '人员编号',
    via: '经由',
    action: '做了什么',
    object: '对象',
    objectId: '对象编号',
    details: '细节',
    requestId: '请求编号',
  },
  en: {
    id: 'Number',
    at: 'Time (UTC)',
    user: 'Who',
    userId: 'User ID',
    via: 'Via',
    action: 'Action',
    object: 'Object',
    objectId: 'Object ID',
    details: 'Details',
    requestId: 'Request ID',
  },
}

interface EventFilter {
  userId?: string | undefined
  action?: string | undefined
  object?: string | undefined
  objectId?: string | undefined
  via?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: number | undefined
  limit?: number
}

function eventRows(tx: Tx, { userId, action, object, objectId, via, from, to, before, limit }: EventFilter) {
  return tx<EventRow[]>`
    select e.id, e.at, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as "user", e.via,
           e.request_id as "requestId", e.action, e.object, e.object_id as "objectId", e.details
      from audit_event e
      left join users u on u.id = e.user_id
     where ${before === undefined ? tx`true` : tx`e.id < ${before}`}
       and ${via === undefined ? tx`true` : tx`e.via = ${via}`}
       and ${userId === undefined ? tx`true` : tx`e.user_id = ${userId}`}
       and ${actionIs(tx, action)}
       and ${object === undefined ? tx`true` : tx`e.object = ${object}`}
       and ${objectId === undefined ? tx`true` : tx`e.object_id = ${objectId}`}
       and ${from === undefined ? tx`true` : tx`e.at >= ${new Date(from)}`}
       and ${to === undefined ? tx`true` : tx`e.at < ${new Date(to)}`}
     order by e.id desc
     limit ${limit ?? null}`
}

function actionIs(tx: Tx, action: string | undefined) {
  if (action === undefined) return tx`true`
  return action.endsWith('.') ? tx`starts_with(e.action, ${action})` : tx`e.action = ${action}`
}
