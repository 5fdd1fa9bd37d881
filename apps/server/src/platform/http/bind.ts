import { isDeepStrictEqual } from 'node:util'
import type { Endpoint } from '@zhike/contract/endpoint.ts'
import { Purpose } from '@zhike/contract/platform/rights.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AuditEntry, audit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { type Actor, hasSameAccess } from '../permissions/principal.ts'
import { actorTransaction, endAhead, systemTransaction } from '../permissions/transaction.ts'
import { type Answer, type KeptAnswers, keptAnswers } from './kept-answers.ts'
import { parsePart } from './parse.ts'
import { Problem } from './problem.ts'
import { type Context, FileReply, type Route, rightOf } from './route.ts'
import type { HttpOptions } from './server.ts'

/** Registers a route: authenticate, check the right, parse, run in one transaction, audit, answer. */
export function bindRoute(app: FastifyInstance, route: Route, options: HttpOptions): void {
  const { endpoint } = route
  const answers = keptAnswers(options.secret)
  if (!endpoint.access) throw new Error(`${endpoint.method} ${endpoint.path} declares no access: refusing to start`)
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path}`,
    // Only what the contract says: a HEAD would run the whole operation for nobody.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const answer = await serve(route, request, reply, options, answers)
      if (reply.sent || reply.raw.headersSent || answer === undefined) return reply
      return send(endpoint, answer, reply, options)
    },
  })
}

async function serve(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  options: HttpOptions,
  answers: KeptAnswers,
): Promise<Answer | undefined> {
  const { endpoint } = route
  const actor = endpoint.access === 'public' ? undefined : await requireActor(endpoint, request, options)
  const parsed = {
    params: parsePart(endpoint.params, 'params', request.params),
    query: parsePart(endpoint.query, 'query', request.query),
    body:
      endpoint.bodyType === 'upload' ? undefined : parsePart(endpoint.body, 'body', endpoint.body ? request.body : (request.body ?? {})),
  }
  const notes: Partial<AuditEntry>[] = []
  const later: (() => void | Promise<void>)[] = []
  const once = async (tx: Tx, content: unknown, work: () => Promise<unknown>): Promise<Answer> => {
    const kept = actor ? await answers.take(tx, actor, request, endpoint, content) : undefined
    if (kept?.answer) return kept.answer
    const answer = { status: endpoint.status ?? 200, reply: await work() }
    if (kept && actor) await answers.keep(tx, actor, kept.key, answer)
    return answer
  }
  const events: Promise<void>[] = []
  // The commit is sent behind it at once: of a transaction whose event was refused it is a rollback, and that is awaited below.
  const writeEvent = (tx: Tx, result: unknown) => {
    const event = auditOnce(tx, route, request, result, notes)
    event.catch(() => {})
    events.push(event)
  }
  const repeatable = request.headers['idempotency-key'] !== undefined
  const context = (tx: Tx) =>
    ({
      ...parsed,
      tx,
      actor: actor as Actor,
      purpose: purposeOf(request),
      now: new Date(),
      requestId: request.id,
      expectedVersion: expectedVersion(request),
      note: (entry: Partial<AuditEntry>) => notes.push(entry),
      lastNote: (entry: Partial<AuditEntry>) => {
        notes.push(entry)
        // An answer that is kept is written after the work.
        if (repeatable) return
        writeEvent(tx, undefined)
        endAhead(tx)
      },
      afterCommit: (work: () => void | Promise<void>) => later.push(work),
      once: (own: Tx, content: unknown, work: () => Promise<unknown>) => once(own, content, work).then(({ reply: result }) => result),
      recheck: () => recheck(endpoint, request, options, actor),
      request,
      reply,
    }) as unknown as Context<Endpoint>

  if (route.options.transaction === 'own') {
    const result = await route.handler(context(undefined as never))
    return result === undefined && endpoint.replyType ? undefined : { status: endpoint.status ?? 200, reply: result }
  }

  const work = (tx: Tx): Promise<Answer> =>
    once(tx, request.body, async () => {
      // It may be run again: see TransactionOptions.
      notes.length = later.length = events.length = 0
      const result = await route.handler(context(tx))
      if (events.length === 0) writeEvent(tx, result)
      // Where the end has been sent already, an event asks for another run.
      if (route.options.asks === 'once') await Promise.all(events)
      return result
    })
  const answer =
    actor && route.options.as !== 'system'
      ? await actorTransaction(options.database, actor, rightOf(endpoint), work, route.options)
      : // The key of an answer that is kept is written first.
        await systemTransaction(options.database, actor, work, repeatable ? { ...route.options, begins: undefined } : route.options)
  await Promise.all(events)
  for (const each of later) await each()
  return answer
}

async function requireActor(endpoint: Endpoint, request: FastifyRequest, options: HttpOptions): Promise<Actor> {
  const actor = await options.authenticate(request)
  if (!actor) throw new Problem('not-signed-in')
  const right = rightOf(endpoint)
  if (right && !actor.rights.has(right)) throw new Problem('right-missing', { right })
  return actor
}

async function recheck(endpoint: Endpoint, request: FastifyRequest, options: HttpOptions, before: Actor | undefined): Promise<void> {
  const now = await requireActor(endpoint, request, options)
  if (!before || !hasSameAccess(now, before)) throw new Problem('right-missing', { right: rightOf(endpoint) })
}

function purposeOf(request: FastifyRequest): Purpose | undefined {
  const header = request.headers['zhike-purpose']
  if (header === undefined) return undefined
  const purpose = Purpose.safeParse(header)
  if (!purpose.success)
    throw new Problem('invalid-request', {}, [
      { field: 'header.zhike-purpose', code: 'not_one_of', values: { allowed: Purpose.options.join(', ') } },
    ])
  return purpose.data
}

function expectedVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())
  if (!version) throw new Problem('invalid-request', {}, [{ field: 'header.if-match', code: 'wrong_format', values: { format: 'ETag' } }])
  return Number(version[1])
}

/** Exactly one event for a changing request, and for a reading one that asked for it. */
async function auditOnce(
  tx: Tx,
  route: Route,
  request: FastifyRequest,
  result: unknown,
  notes: readonly Partial<AuditEntry>[],
): Promise<void> {
  const changing = request.method !== 'GET'
  if (notes.length === 0 && (!changing || route.options.quiet)) return
  const said = Object.assign({}, ...notes) as Partial<AuditEntry>
  const [object = 'system'] = route.endpoint.path.split('/').slice(1)
  const id = (result as { id?: unknown } | undefined)?.id ?? (request.params as { id?: string }).id
  await audit(tx, {
    action: said.action ?? route.options.action ?? `${object}.${request.method.toLowerCase()}`,
    object: said.object ?? object,
    ...(typeof (said.objectId ?? id) === 'string' ? { objectId: String(said.objectId ?? id) } : {}),
    details: Object.assign({}, ...notes.map((note) => note.details ?? {})),
  })
}

/** In tests: a reply holds what the contract says and nothing else, for in production nobody would strip the rest. */
function checkedReply(endpoint: Endpoint, reply: unknown): unknown {
  const written = JSON.parse(JSON.stringify(reply)) as unknown
  const parsed = JSON.parse(JSON.stringify(endpoint.reply.parse(written))) as unknown
  if (!isDeepStrictEqual(written, parsed)) {
    throw new Error(
      `The reply of ${endpoint.method} ${endpoint.path} holds more than its contract: ${JSON.stringify(written).slice(0, 2000)}`,
    )
  }
  return parsed
}

function send(endpoint: Endpoint, answer: Answer, reply: FastifyReply, options: HttpOptions): FastifyReply {
  reply.code(answer.status)
  if (answer.status === 204) return reply.send()
  if (answer.reply instanceof FileReply) {
    const { name, mediaType, content } = answer.reply
    return reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(content)
  }
  const body = options.checkReplies ? checkedReply(endpoint, answer.reply) : answer.reply
  const version = (body as { version?: unknown } | null)?.version
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body))
}
