import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { queryFlag } from '../paging.ts'
import { byId, done, Named } from './people.ts'
import { Right } from './rights.ts'

/** The longest life of a key, in days. */
export const longestKeyDays = 365

export const ApiKeyDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** The rights it is limited to; null: all that its owner has at each use. It never does more than its owner could. */
  rights: z.array(Right).max(100).nullable(),
  expiresInDays: z.int().min(1).max(longestKeyDays),
})
export type ApiKeyDraft = z.infer<typeof ApiKeyDraft>

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its beginning and end, to be recognised by. */
  hint: z.string(),
  owner: Named,
  rights: z.array(z.string()).nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const list = endpoint({
  method: 'GET',
  path: '/api-keys',
  access: 'signed-in',
  summary: 'One’s own keys; those of somebody else or of everybody for who manages people; newest first',
  query: z.strictObject({ userId: z.uuid().optional(), everybody: queryFlag.optional() }),
  reply: z.object({ items: z.array(ApiKey) }),
  problems: ['right-missing'],
})

export const create = endpoint({
  method: 'POST',
  path: '/api-keys',
  access: 'signed-in',
  summary: 'Makes a key for oneself; the key is in this answer and never shown again',
  body: ApiKeyDraft,
  reply: z.object({ ...ApiKey.shape, key: z.string() }),
  status: 201,
  problems: ['grant-exceeds-own'],
})

export const revoke = endpoint({
  method: 'DELETE',
  path: '/api-keys/:id',
  access: 'signed-in',
  summary: 'Revokes a key at once: one’s own, or anybody’s for who manages people',
  params: byId,
  reply: done,
  status: 204,
  problems: ['api-key-not-found'],
})
