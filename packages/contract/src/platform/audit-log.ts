import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery } from '../paging.ts'
import { Named } from './people.ts'

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

export const list = endpoint({
  method: 'GET',
  path: '/audit-events',
  access: 'audit.read',
  summary: 'The audit log, newest first',
  query: z.strictObject({
    ...pageQuery,
    userId: z.uuid().optional(),
    /** A whole action, `session.sign-in`, or all of an object: `session.`. */
    action: z.string().max(80).optional(),
    object: z.string().max(80).optional(),
    objectId: z.string().max(80).optional(),
    /** From this instant … */
    from: z.iso.datetime().optional(),
    /** … to before this one. */
    to: z.iso.datetime().optional(),
  }),
  reply: page(AuditEvent),
})
