import * as session from '@zhike/contract/platform/session.ts'
import type { FastifyRequest } from 'fastify'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../permissions/principal.ts'
import type { CookieNames } from './cookies.ts'
import { inLibraryTransaction } from './library-adapter.ts'
import { libraryHeaders, passCookies, refusalOf } from './library-call.ts'
import { meOf } from './me.ts'
import { currentToken, type SessionParts } from './session-routes.ts'
import { sessionToken } from './sessions.ts'
import { tokenHash } from './token.ts'
import { useCode } from './used-codes.ts'

/** One's own second factor: enrol, confirm, turn off. The library renews the session when it goes on or off. */
export function secondFactorRoutes({ library, throttle, secret, cookies, forget }: SessionParts): Route[] {
  const ownHeaders = (actor: Actor, request: FastifyRequest) => {
    currentToken(actor, request, cookies)
    return libraryHeaders(request, cookies.session)
  }
  return [
    route(
      session.enrolSecondFactor,
      async ({ tx, actor, request, body }) => {
        const headers = ownHeaders(actor, request)
        if (await isOn(tx, actor.userId)) throw new Problem('second-factor-on')
        const attempt = await throttle.take('device', 'own password', actor.userId)
        const made = await inLibraryTransaction(tx, () =>
          library.api.enableTwoFactor({ body: { ...body, method: 'totp' }, headers }),
        ).catch(refusalOf)
        if (typeof made === 'string') throw new Problem('password-wrong')
        if (made.method !== 'totp') throw new Error('the library made another kind of second factor')
        await attempt.giveBack()
        return { uri: made.totpURI, secret: new URL(made.totpURI).searchParams.get('secret') ?? '', backupCodes: made.backupCodes }
      },
      { as: 'system', action: 'session.second-factor-enrol' },
    ),
    route(
      session.confirmSecondFactor,
      async ({ tx, actor, request, reply, body, afterCommit }) => {
        const headers = ownHeaders(actor, request)
        if (await isOn(tx, actor.userId)) throw new Problem('second-factor-on')
        const attempt = await throttle.take('device', 'own code', actor.userId)
        const verify = async () => {
          const result = await inLibraryTransaction(tx, () => library.api.verifyTOTP({ body, headers, returnHeaders: true })).catch(
            refusalOf,
          )
          if (result === 'TOTP_NOT_ENABLED') throw new Problem('second-factor-off')
          return typeof result === 'string' ? undefined : result.headers
        }
        const renewed = await useCode(tx, secret, actor.userId, body.code, verify)
        if (!renewed) throw new Problem('second-factor-failed')
        await attempt.giveBack()
        // Sessions that were opened with the password alone end; the one that asks has been renewed.
        await tx`delete from auth_session where user_id = ${actor.userId} and token <> ${renewedToken(renewed, cookies)}`
        passCookies(reply, renewed, cookies)
        afterCommit(() => forget(actor.userId))
        return meOf(tx, actor, 'session')
      },
      { as: 'system', action: 'session.second-factor-on' },
    ),
    route(
      session.disableSecondFactor,
      async ({ tx, actor, request, reply, body, afterCommit }) => {
        const headers = ownHeaders(actor, request)
        if (!(await isOn(tx, actor.userId))) throw new Problem('second-factor-off')
        const attempt = await throttle.take('device', 'own password', actor.userId)
        const result = await inLibraryTransaction(tx, () => library.api.disableTwoFactor({ body, headers, returnHeaders: true })).catch(
          refusalOf,
        )
        if (typeof result === 'string') throw new Problem('password-wrong')
        await attempt.giveBack()
        passCookies(reply, result.headers, cookies)
        afterCommit(() => forget(actor.userId))
        return meOf(tx, actor, 'session')
      },
      { as: 'system', action: 'session.second-factor-off' },
    ),
  ]
}

async function isOn(tx: Tx, userId: string): Promise<boolean> {
  const [user] = await tx<{ on: boolean }[]>`select two_factor_enabled as "on" from users where id = ${userId} for update`
  return user?.on ?? false
}

/** How the session is kept that the library has just opened. */
function renewedToken(headers: Headers, { session: name }: CookieNames): string {
  const cookie = headers.getSetCookie().find((each) => each.startsWith(`${name}=`))
  const value = cookie?.slice(name.length + 1).split(';')[0] ?? ''
  return tokenHash(sessionToken(decodeURIComponent(value)) ?? '').toString('hex')
}
