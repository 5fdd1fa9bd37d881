import type { Readable } from 'node:stream'
import type { Endpoint, Parsed, ReplyOf } from '@zhike/contract/endpoint.ts'
import type { Purpose, Right } from '@zhike/contract/platform/rights.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AuditEntry } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import type { Actor } from '../permissions/principal.ts'
import type { TransactionOptions } from '../permissions/transaction.ts'

/** What a handler is given. */
export interface Context<E extends Endpoint> extends Parsed<E> {
  /** Transaction under the actor's row scope (the system's policies for public endpoints). Committed after the handler. */
  tx: Tx
  actor: Actor
  /** Why the caller looks at personal data, from the `Zhike-Purpose` header. */
  purpose: Purpose | undefined
  now: Date
  requestId: string
  /** The version that the caller edits, from If-Match. */
  expectedVersion: number | undefined
  /**
   * Says what the audit log keeps of this request: exactly one event is written per changing request, in its transaction,
   * and for each reading request that calls this.
   */
  note(entry: Partial<AuditEntry>): void
  /** The same of a handler that has asked for all that it will ask: its event and the end of the transaction are sent behind that. */
  lastNote(entry: Partial<AuditEntry>): void
  /** Runs after the commit, before the answer: enqueued work that must not start on uncommitted data. */
  afterCommit(work: () => void | Promise<void>): void
  /**
   * For a handler with its own transaction: does `work` in `tx` once for the request's Idempotency-Key, and gives a repetition the
   * first one's reply. `content` stands for the body that was streamed.
   */
  once<T>(tx: Tx, content: unknown, work: () => Promise<T>): Promise<T>
  /**
   * For a handler whose answer takes long: whether the caller still is who they were and may do what they could when it began.
   * @throws Problem `not-signed-in`, `right-missing`
   */
  recheck(): Promise<void>
  request: FastifyRequest
  reply: FastifyReply
}

/** The reply of an endpoint whose `replyType` is `file`: sent after the transaction has committed. */
export class FileReply {
  readonly name: string
  readonly mediaType: string
  readonly content: string | Buffer | Readable

  constructor(name: string, mediaType: string, content: string | Buffer | Readable) {
    this.name = name
    this.mediaType = mediaType
    this.content = content
  }
}

export interface RouteOptions extends TransactionOptions {
  /** Run in the system's transaction: intake that must see every identity. The right is checked all the same. */
  as?: 'system'
  /** The handler opens its own transactions: uploads, streams, downloads. `tx` must not be used. */
  transaction?: 'own'
  /** The audit event's action, when it is not the default `<object>.<verb>` made from the path. */
  action?: string
  /** A changing request that changes nothing worth an event: a dry run, a look-up by POST. */
  quiet?: true
}

export interface Route {
  endpoint: Endpoint
  handler: (context: Context<Endpoint>) => Promise<unknown>
  options: RouteOptions
}

/** Binds a handler to an endpoint of the contract. */
export function route<const E extends Endpoint>(
  endpoint: E,
  handler: (context: Context<E>) => Promise<ReplyOf<E>> | ReplyOf<E>,
  options: RouteOptions = {},
): Route {
  return { endpoint, handler: handler as unknown as Route['handler'], options }
}

/** The right that an endpoint declares, if it declares one. */
export const rightOf = (endpoint: Endpoint): Right | undefined =>
  endpoint.access === 'public' || endpoint.access === 'signed-in' ? undefined : endpoint.access
