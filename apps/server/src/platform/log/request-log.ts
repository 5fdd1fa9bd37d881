import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../permissions/principal.ts'

export interface RequestLog {
  /** Remembers who asked, for the line about their request. */
  noting(authenticate: Authenticate): Authenticate
  /** Writes one line for each answered request: its id, route, status, time and person; never what was sent or answered. */
  watch(app: FastifyInstance): void
}

type Authenticate = (request: FastifyRequest) => Promise<Actor | undefined>

/** Asked by machines every few seconds. */
const quiet = new Set(['/healthz', '/readyz', '/metrics'])

export function createRequestLog(): RequestLog {
  const callers = new WeakMap<FastifyRequest, string>()
  return {
    noting: (authenticate) => async (request) => {
      const actor = await authenticate(request)
      if (actor) callers.set(request, actor.userId)
      return actor
    },
    watch: (app) => {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? '(none)'
        if (quiet.has(route)) return
        const line = {
          requestId: request.id,
          method: request.method,
          route,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          userId: callers.get(request),
        }
        if (reply.statusCode >= 500) request.log.warn(line, 'request failed')
        else request.log.info(line, 'request')
      })
    },
  }
}
