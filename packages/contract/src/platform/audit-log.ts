import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery } from '../paging.ts'
import { Locale } from '../texts/locale.ts'
import { Named } from './people.ts'
import { Purpose } from './rights.ts'

/** Who did what to which record. Values of personal fields never stand in it; names of fields do. */
export const AuditEvent = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  user: Named.nullable(),
  via: z.string(),
  requestId: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  objectId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

const auditFilter = {
  userId: z.uuid().optional(),
  /** A whole action, `session.sign-in`, or all of an object: `session.`. */
  action: z.string().max(80).optional(),
  object: z.string().max(80).optional(),
  objectId: z.string().max(80).optional(),
  /** session, api-key, job, system */
  via: z.string().max(20).optional(),
  /** From this instant … */
  from: z.iso.datetime().optional(),
  /** … to before this one. */
  to: z.iso.datetime().optional(),
}

/** Why the log is taken away: a check of one's own, or somebody who may ask for it by law. */
export const AuditPurpose = Purpose.extract(['verification', 'legal-request'])

export const list = endpoint({
  method: 'GET',
  path: '/audit-events',
  access: 'audit.read',
  summary: 'The audit log, newest first',
  query: z.strictObject({ ...pageQuery, ...auditFilter }),
  reply: page(AuditEvent),
})

/** Taking events away is an event itself. */
export const exportFile = endpoint({
  method: 'GET',
  path: '/audit-events/export',
  access: 'audit.read',
  summary: 'The audit log as a CSV file, newest first, under the same filters',
  query: z.strictObject({ ...auditFilter, purpose: AuditPurpose, locale: Locale.optional() }),
  reply: z.unknown(),
  replyType: 'file',
})
