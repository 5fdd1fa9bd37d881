import { APIError } from 'better-auth/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CookieNames } from './cookies.ts'

/**
 * The headers that the library is shown: the one cookie, by its name, that the step is about (with both it would take a session of
 * somebody else for the one that is being opened), and what stands beside a session in its list.
 */
export function libraryHeaders(request: FastifyRequest, cookie?: string): Headers {
  const value = cookie && request.cookies[cookie]
  return new Headers({
    ...(value ? { cookie: `${cookie}=${encodeURIComponent(value)}` } : {}),
    'user-agent': (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 300),
    'x-zhike-address': request.ip,
  })
}

/** Hands the library's cookies on to the browser; of the others that it knows, we use none. */
export function passCookies(reply: FastifyReply, headers: Headers, { session, secondFactor }: CookieNames): void {
  for (const cookie of headers.getSetCookie()) {
    if (cookie.startsWith(`${session}=`) || cookie.startsWith(`${secondFactor}=`)) reply.header('set-cookie', cookie)
  }
}

/** What the library says no to, as its code: INVALID_PASSWORD. Anything else that went wrong is thrown on. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof APIError)) throw error
  return error.body?.code ?? error.message
}
