import type { OpenSession } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../permissions/principal.ts'
import { type CookieNames, isSecure } from './cookies.ts'
import { meOf } from './me.ts'
import { isPasswordOf, refuseWeak, setPassword } from './passwords.ts'
import { idleSeconds, sessionToken } from './sessions.ts'
import { giveSecondFactor, type SignInParts, signIn } from './sign-in.ts'
import { tokenHash } from './token.ts'

export interface SessionParts extends SignInParts {
  forget(userId?: string): void
}

/** Signing in and out, and what everybody may change about themselves. */
export function sessionRoutes(parts: SessionParts): Route[] {
  const { throttle, forget, cookies } = parts
  return [
    route(session.signIn, ({ request, reply, body }) => signIn(parts, { request, reply }, body), { transaction: 'own' }),
    route(session.secondFactor, ({ request, reply, body }) => giveSecondFactor(parts, { request, reply }, body), { transaction: 'own' }),
    route(session.get, ({ tx, actor }) => meOf(tx, actor, actor.via === 'session' ? 'session' : 'api-key')),
    route(
      session.signOut,
      async ({ tx, actor, request, reply, afterCommit }) => {
        await tx`delete from auth_session where token = ${currentToken(actor, request, cookies)}`
        clearSession(reply, parts)
        afterCommit(() => forget(actor.userId))
        return null
      },
      { as: 'system', action: 'session.sign-out' },
    ),
    route(session.list, async ({ tx, actor, request }) => ({ items: await openSessions(tx, actor, request.cookies[cookies.session]) }), {
      as: 'system',
    }),
    route(
      session.revoke,
      async ({ tx, actor, params, afterCommit }) => {
        const [ended] = await tx`delete from auth_session where id = ${params.id} and user_id = ${actor.userId} returning 1`
        if (!ended) throw new Problem('session-not-found')
        afterCommit(() => forget(actor.userId))
        return null
      },
      { as: 'system', action: 'session.revoke' },
    ),
    route(
      session.changePassword,
      async ({ tx, actor, request, body, afterCommit }) => {
        const current = currentToken(actor, request, cookies)
        const attempt = await throttle.take('device', 'own password', actor.userId)
        if (!(await isPasswordOf(tx, actor.userId, body.current))) throw new Problem('password-wrong')
        await attempt.giveBack()
        const [user] = await tx<{ email: string }[]>`select email from users where id = ${actor.userId}`
        refuseWeak(body.next, [user?.email ?? '', actor.name])
        await setPassword(tx, actor.userId, body.next)
        await tx`delete from auth_session where user_id = ${actor.userId} and token <> ${current}`
        afterCommit(() => forget(actor.userId))
        return null
      },
      { as: 'system', action: 'session.password-change' },
    ),
    route(
      session.editProfile,
      async ({ tx, actor, body, note, afterCommit }) => {
        await tx`update users set name = coalesce(${body.name ?? null}, name), locale = coalesce(${body.locale ?? null}, locale), version = version + 1
          where id = ${actor.userId}`
        note({ objectId: actor.userId, details: { fields: Object.keys(body) } })
        afterCommit(() => forget(actor.userId))
        return meOf(tx, actor, actor.via === 'session' ? 'session' : 'api-key')
      },
      { as: 'system', action: 'session.profile' },
    ),
  ]
}

/** How the session that carries this request is kept. @throws Problem `session-needed` when it is carried by a key */
export function currentToken(actor: Actor, request: FastifyRequest, cookies: CookieNames): string {
  const token = sessionToken(request.cookies[cookies.session])
  if (actor.via !== 'session' || token === undefined) throw new Problem('session-needed')
  return tokenHash(token).toString('hex')
}

const clearSession = (reply: FastifyReply, { cookies, publicUrl }: SessionParts) =>
  reply.clearCookie(cookies.session, { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(publicUrl) })

async function openSessions(tx: Tx, actor: Actor, cookie: string | undefined): Promise<OpenSession[]> {
  const token = sessionToken(cookie)
  const current = actor.via === 'session' && token ? tokenHash(token).toString('hex') : ''
  const rows = await tx<
    (Omit<OpenSession, 'createdAt' | 'lastUsedAt' | 'expiresAt'> & Record<'createdAt' | 'lastUsedAt' | 'expiresAt', Date>)[]
  >`
    select id, token = ${current} as current, nullif(ip_address, '') as address, nullif(user_agent, '') as "userAgent",
           created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"
      from auth_session
     where user_id = ${actor.userId} and expires_at > now() and last_used_at > now() - make_interval(secs => ${idleSeconds})
     order by created_at desc, id desc`
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }))
}
