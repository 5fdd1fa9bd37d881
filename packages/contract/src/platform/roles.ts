import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { byId, done } from './people.ts'
import { FieldAccess, Grant } from './rights.ts'

export const RoleDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  grants: z.array(Grant).max(100),
  personal: FieldAccess,
  sensitive: FieldAccess,
})
export type RoleDraft = z.infer<typeof RoleDraft>

export const Role = z.object({
  id: z.uuid(),
  /** Of a built-in role: administrator, manager, … */
  code: z.string().nullable(),
  /** A built-in role’s name is in the reader’s language. */
  name: z.string(),
  grants: z.array(Grant),
  personal: FieldAccess,
  sensitive: FieldAccess,
  builtIn: z.boolean(),
  /** People who have it. */
  members: z.int(),
  version: z.int(),
})
export type Role = z.infer<typeof Role>

export const list = endpoint({
  method: 'GET',
  path: '/roles',
  access: 'user.manage',
  summary: 'All roles, built-in ones first',
  reply: z.object({ items: z.array(Role) }),
})

export const create = endpoint({
  method: 'POST',
  path: '/roles',
  access: 'user.manage',
  summary: 'Makes a role; nobody grants more than they have',
  body: RoleDraft,
  reply: Role,
  status: 201,
  problems: ['role-name-taken', 'grant-exceeds-own'],
})

export const edit = endpoint({
  method: 'PATCH',
  path: '/roles/:id',
  access: 'user.manage',
  summary: 'Changes a role of one’s own making (If-Match); it acts on everybody who has it within a second',
  params: byId,
  body: RoleDraft.partial(),
  reply: Role,
  problems: ['role-not-found', 'role-name-taken', 'role-built-in', 'grant-exceeds-own', 'version-required', 'edit-conflict'],
})

export const remove = endpoint({
  method: 'DELETE',
  path: '/roles/:id',
  access: 'user.manage',
  summary: 'Removes a role that nobody has',
  params: byId,
  reply: done,
  status: 204,
  problems: ['role-not-found', 'role-built-in', 'role-in-use', 'grant-exceeds-own'],
})
