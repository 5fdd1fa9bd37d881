import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import { localeFrom } from '@zhike/contract/texts/locale.ts'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Database } from '../database/database.ts'
import { isDiskFull } from '../engines/engine-problems.ts'
import type { Actor } from '../permissions/principal.ts'
import { bindRoute } from './bind.ts'
import { isEngineAway } from './engine-away.ts'
import { guardHeaders } from './guard-headers.ts'
import { Problem, problemBody } from './problem.ts'
import type { Route } from './route.ts'

export interface HttpOptions {
  database: Database
  /** Who is asking; undefined when nobody has signed in. */
  authenticate: (request: FastifyRequest) => Promise<Actor | undefined>
  routes: readonly Route[]
  logger?: FastifyBaseLogger
  /** The installation's own: seals what is kept for repeated requests. */
  secret: string
  uploadLimit: number
  trustedProxies: readonly string[]
  /** Whether both engines answer; while not, requests get 503 at once. */
  enginesUp: () => boolean
  /** Checks replies against the contract: on in tests, off in production, where it would cost a third of a list's time. */
  checkReplies: boolean
}

/** The HTTP server with every route bound, not yet listening. Throws when a route declares no access. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : {}),
    genReqId: () => randomUUID(),
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { maxParamLength: 200 },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    // What is refused before any route is looked for, such as an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => answerProblem(error, request, guarded(request, reply)),
  })

  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fields: 10, fileSize: options.uploadLimit, parts: 11 } })

  // Only JSON is read; a body of another type is refused before it is parsed.
  app.removeContentTypeParser(['text/plain'])
  app.addHook('onRequest', async (request, reply) => {
    guarded(request, reply)
    if (request.url.startsWith('/api/') && !options.enginesUp()) throw new Problem('engine-away', { seconds: 2 })
  })
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => answerProblem(new Problem('page-not-found'), request, reply))
  for (const each of options.routes) bindRoute(app, each, options)
  return app
}

const guarded = (request: FastifyRequest, reply: FastifyReply) => reply.headers(guardHeaders).header('x-request-id', request.id)

/** Turns whatever was thrown into a problem, in one place. What nobody expected is logged and tells the client nothing. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error)
  if (problem.problem === 'internal-error') request.log.error({ err: error, requestId: request.id }, 'unexpected failure')
  const seconds = problem.values['seconds']
  if (problem.status === 503 || problem.status === 429) reply.header('retry-after', String(Math.ceil(Number(seconds ?? 2))))
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, localeFrom(request.headers['accept-language']), request.id)))
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number }
  if (isDiskFull(error)) return new Problem('storage-full')
  if (isEngineAway(error)) return new Problem('engine-away', { seconds: 2 })
  // A value that the database cannot read, such as a date in a cursor somebody made up.
  if (code && /^22(P02|007|008|003|021)$/.test(code)) return new Problem('invalid-request', {}, [{ field: 'request', code: 'invalid' }])
  if (code === '57014') return new Problem('overloaded', { seconds: 5 })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('media-type-unsupported')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return new Problem('body-too-large', { limit: '2 MiB' })
  if (code === 'FST_ERR_BAD_URL' || statusCode === 404) return new Problem('page-not-found')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('invalid-request', {}, [{ field: 'body', code: 'invalid' }])
  return new Problem('internal-error')
}
