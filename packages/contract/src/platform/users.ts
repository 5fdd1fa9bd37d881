import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery, queryIds } from '../paging.ts'
import { Locale } from '../texts/locale.ts'
import { byId, done, Email, Named, PersonName } from './people.ts'

export const UserState = z.enum(['invited', 'active', 'disabled'])
export type UserState = z.infer<typeof UserState>

export const User = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  locale: Locale,
  state: UserState,
  secondFactor: z.boolean(),
  roles: z.array(Named),
  teams: z.array(Named),
  lastSignInAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  version: z.int(),
})
export type User = z.infer<typeof User>

/** A link that an administrator hands over; it is shown once. */
export const Link = z.object({ url: z.string(), expiresAt: z.iso.datetime() })
export type Link = z.infer<typeof Link>

const memberships = { roleIds: z.array(z.uuid()).max(20), teamIds: z.array(z.uuid()).max(100) }

export const list = endpoint({
  method: 'GET',
  path: '/users',
  access: 'user.manage',
  summary: 'People, by name',
  query: z.strictObject({
    ...pageQuery,
    search: z.string().trim().min(1).max(100).optional(),
    state: UserState.optional(),
    roleId: z.uuid().optional(),
    teamId: z.uuid().optional(),
  }),
  reply: page(User),
})

/** For pickers: everybody who is signed in may see the names beside records. */
export const names = endpoint({
  method: 'GET',
  path: '/users/names',
  access: 'signed-in',
  summary: 'Names of the people who can own a customer, at most 200; with `ids`, of exactly these, who have left included',
  query: z.strictObject({ search: z.string().trim().min(1).max(100).optional(), ids: queryIds(100).optional() }),
  reply: z.object({ items: z.array(Named) }),
})

export const get = endpoint({
  method: 'GET',
  path: '/users/:id',
  access: 'user.manage',
  summary: 'One person',
  params: byId,
  reply: User,
  problems: ['user-not-found'],
})

/** To check what somebody's roles come to. It tells a number and no customer. */
export const customersSeen = endpoint({
  method: 'GET',
  path: '/users/:id/customers-seen',
  access: 'user.manage',
  summary: 'How many customers somebody sees with their roles and teams as they are now; above 10,000 estimated',
  params: byId,
  reply: z.object({ count: z.int(), exact: z.boolean() }),
  problems: ['user-not-found'],
})

export const invite = endpoint({
  method: 'POST',
  path: '/users',
  access: 'user.manage',
  summary: 'Invites somebody; the link in the answer lets them choose a password within 72 hours, once',
  body: z.strictObject({ name: PersonName, email: Email, locale: Locale.optional(), ...memberships }),
  reply: z.object({ user: User, invitation: Link }),
  status: 201,
  problems: ['email-taken', 'role-not-found', 'team-not-found', 'grant-exceeds-own'],
})

export const edit = endpoint({
  method: 'PATCH',
  path: '/users/:id',
  access: 'user.manage',
  summary: 'Changes name, e-mail, roles, teams, or whether somebody may sign in (If-Match)',
  params: byId,
  body: z.strictObject({
    name: PersonName.optional(),
    email: Email.optional(),
    locale: Locale.optional(),
    roleIds: memberships.roleIds.optional(),
    teamIds: memberships.teamIds.optional(),
    /** False ends all their sessions and keys stop at once. */
    enabled: z.boolean().optional(),
  }),
  reply: User,
  problems: [
    'user-not-found',
    'email-taken',
    'role-not-found',
    'team-not-found',
    'grant-exceeds-own',
    'last-administrator',
    'version-required',
    'edit-conflict',
  ],
})

export const link = endpoint({
  method: 'POST',
  path: '/users/:id/link',
  access: 'user.manage',
  summary: 'A new link: an invitation for somebody who has not joined (72 hours), else a password reset (24 hours); older ones stop',
  params: byId,
  reply: Link,
  status: 201,
  problems: ['user-not-found', 'grant-exceeds-own'],
})

export const resetSecondFactor = endpoint({
  method: 'DELETE',
  path: '/users/:id/second-factor',
  access: 'user.manage',
  summary: 'Turns somebody’s second factor off, for who has lost the device',
  params: byId,
  reply: done,
  status: 204,
  problems: ['user-not-found', 'second-factor-off', 'grant-exceeds-own'],
})
