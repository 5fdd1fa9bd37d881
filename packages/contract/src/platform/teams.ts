import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { byId, done } from './people.ts'

export const TeamDraft = z.strictObject({ name: z.string().trim().min(1).max(80), parentId: z.uuid().nullable() })
export type TeamDraft = z.infer<typeof TeamDraft>

export const Team = z.object({
  id: z.uuid(),
  name: z.string(),
  parentId: z.uuid().nullable(),
  /** People in this very team. */
  members: z.int(),
  version: z.int(),
})
export type Team = z.infer<typeof Team>

export const list = endpoint({
  method: 'GET',
  path: '/teams',
  access: 'signed-in',
  summary: 'All teams; `parentId` makes them a tree',
  reply: z.object({ items: z.array(Team) }),
})

export const create = endpoint({
  method: 'POST',
  path: '/teams',
  access: 'user.manage',
  summary: 'Makes a team, at the top or below another',
  body: TeamDraft,
  reply: Team,
  status: 201,
  problems: ['team-not-found', 'team-name-taken', 'grant-exceeds-own'],
})

export const edit = endpoint({
  method: 'PATCH',
  path: '/teams/:id',
  access: 'user.manage',
  summary: 'Renames a team or moves it with everything below (If-Match)',
  params: byId,
  body: TeamDraft.partial(),
  reply: Team,
  problems: ['team-not-found', 'team-name-taken', 'team-circle', 'grant-exceeds-own', 'version-required', 'edit-conflict'],
})

export const remove = endpoint({
  method: 'DELETE',
  path: '/teams/:id',
  access: 'user.manage',
  summary: 'Removes a team that has no people, no teams below and no customers',
  params: byId,
  reply: done,
  status: 204,
  problems: ['team-not-found', 'team-in-use', 'grant-exceeds-own'],
})
