import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Locale } from '../texts/locale.ts'
import { byId, done, Email, GivenPassword, Named, NewPassword, PersonName } from './people.ts'
import { FieldAccess, Grant } from './rights.ts'
import { Company } from './settings.ts'

/** Who is signed in and what they may do now. */
export const Me = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), locale: Locale, secondFactor: z.boolean() }),
  via: z.enum(['session', 'api-key']),
  rights: z.array(Grant),
  personal: FieldAccess,
  sensitive: FieldAccess,
  teams: z.array(Named),
  company: Company.nullable(),
})
export type Me = z.infer<typeof Me>

/** The cookie is set once the state is `signed-in`. */
export const SignedIn = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed-in'), me: Me }),
  z.object({ state: z.literal('second-factor-needed') }),
])
export type SignedIn = z.infer<typeof SignedIn>

/** Six digits from the authenticator, or one of the backup codes. */
export const SecondFactorCode = z.union([
  z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ backupCode: z.string().min(1).max(40) }),
])

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  access: 'public',
  summary: 'Signs in with e-mail and password; sets the session cookie',
  body: z.strictObject({ email: Email, password: GivenPassword }),
  reply: SignedIn,
  problems: ['sign-in-failed', 'too-many-requests', 'cross-site-request'],
})

export const secondFactor = endpoint({
  method: 'POST',
  path: '/session/second-factor',
  access: 'public',
  summary: 'Second step of signing in; a code works once',
  body: SecondFactorCode,
  reply: SignedIn,
  problems: ['second-factor-failed', 'sign-in-failed', 'too-many-requests', 'cross-site-request'],
})

export const get = endpoint({
  method: 'GET',
  path: '/session',
  access: 'signed-in',
  summary: 'Who is signed in, their rights, field access and company',
  reply: Me,
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  access: 'signed-in',
  summary: 'Ends this session',
  reply: done,
  status: 204,
  problems: ['session-needed'],
})

export const OpenSession = z.object({
  id: z.uuid(),
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type OpenSession = z.infer<typeof OpenSession>

export const list = endpoint({
  method: 'GET',
  path: '/sessions',
  access: 'signed-in',
  summary: 'One’s own open sessions, newest first',
  reply: z.object({ items: z.array(OpenSession) }),
})

export const revoke = endpoint({
  method: 'DELETE',
  path: '/sessions/:id',
  access: 'signed-in',
  summary: 'Ends one of one’s own sessions at once',
  params: byId,
  reply: done,
  status: 204,
  problems: ['session-not-found'],
})

export const changePassword = endpoint({
  method: 'POST',
  path: '/session/password',
  access: 'signed-in',
  summary: 'Changes one’s own password and ends all other sessions',
  body: z.strictObject({ current: GivenPassword, next: NewPassword }),
  reply: done,
  status: 204,
  problems: ['session-needed', 'password-wrong', 'password-too-weak', 'too-many-requests'],
})

export const editProfile = endpoint({
  method: 'PATCH',
  path: '/session/profile',
  access: 'signed-in',
  summary: 'Changes one’s own name or language',
  body: z.strictObject({ name: PersonName.optional(), locale: Locale.optional() }),
  reply: Me,
})

export const enrolSecondFactor = endpoint({
  method: 'POST',
  path: '/session/second-factor/enrol',
  access: 'signed-in',
  summary: 'Makes a secret for an authenticator and ten backup codes, shown once; nothing changes until it is confirmed',
  body: z.strictObject({ password: GivenPassword }),
  reply: z.object({
    /** `otpauth://` address, to be shown as a QR code. */
    uri: z.string(),
    /** The same secret to type, in base32. */
    secret: z.string(),
    backupCodes: z.array(z.string()),
  }),
  problems: ['session-needed', 'password-wrong', 'second-factor-on', 'too-many-requests'],
})

export const confirmSecondFactor = endpoint({
  method: 'POST',
  path: '/session/second-factor/confirm',
  access: 'signed-in',
  summary: 'Turns the second factor on with a code of the new authenticator; renews the session cookie',
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  reply: Me,
  problems: ['session-needed', 'second-factor-failed', 'second-factor-off', 'second-factor-on', 'too-many-requests'],
})

export const disableSecondFactor = endpoint({
  method: 'POST',
  path: '/session/second-factor/disable',
  access: 'signed-in',
  summary: 'Turns one’s own second factor off; renews the session cookie',
  body: z.strictObject({ password: GivenPassword }),
  reply: Me,
  problems: ['session-needed', 'password-wrong', 'second-factor-off', 'too-many-requests'],
})

/** Whom a link is for, before they choose a password. */
export const readLink = endpoint({
  method: 'POST',
  path: '/links/read',
  access: 'public',
  summary: 'Whom an invitation or reset link is for',
  body: z.strictObject({ token: z.string().min(20).max(200) }),
  reply: z.object({ kind: z.enum(['invitation', 'reset']), name: z.string(), email: z.string(), expiresAt: z.iso.datetime() }),
  problems: ['link-expired', 'too-many-requests'],
})

export const useLink = endpoint({
  method: 'POST',
  path: '/links/use',
  access: 'public',
  summary: 'Chooses a password with an invitation or reset link, once; an invited person may correct the name; sign in afterwards',
  body: z.strictObject({ token: z.string().min(20).max(200), password: NewPassword, name: PersonName.optional() }),
  reply: z.object({ email: z.string() }),
  problems: ['link-expired', 'password-too-weak', 'too-many-requests', 'cross-site-request'],
})
