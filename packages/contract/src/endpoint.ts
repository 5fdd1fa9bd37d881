import type { z } from 'zod'
import type { Right } from './platform/rights.ts'
import type { ProblemName } from './problems.ts'

/** How a request proves who is asking, besides holding the right. */
export type Access =
  /** Anyone, signed in or not: sign-in, first run, health. */
  | 'public'
  /** Any signed-in person, about themselves. */
  | 'signed-in'
  | Right

/**
 * One operation of the API as a value. The server binds a handler to it, the web app, the command line and assistants call
 * it, and the OpenAPI page is derived from it, so that none of them can disagree.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: `/${string}`
  readonly access: Access
  /** One sentence for the API reference. */
  readonly summary: string
  readonly params?: Params
  /** Decoded from the query string by its own codecs; nothing else is coerced. */
  readonly query?: Query
  readonly body?: Body
  readonly reply: Reply
  /** The expected failures, besides those that every endpoint may answer with. */
  readonly problems?: readonly ProblemName[]
  /** 200 unless said otherwise. */
  readonly status?: 200 | 201 | 202 | 204
  /** `json` unless the reply is a file, an event stream or the body is an upload. */
  readonly replyType?: 'json' | 'file' | 'events'
  readonly bodyType?: 'json' | 'upload'
}

type Input<T> = T extends z.ZodType ? z.input<T> : undefined
type Output<T> = T extends z.ZodType ? z.output<T> : undefined

/** What a caller passes. Queries are passed decoded; the endpoint's codecs write them. */
export type Call<E extends Endpoint> = (E['params'] extends z.ZodType ? { params: Input<E['params']> } : unknown) &
  (E['query'] extends z.ZodType ? { query?: Output<E['query']> } : unknown) &
  (E['body'] extends z.ZodType ? { body: Input<E['body']> } : E['bodyType'] extends 'upload' ? { body: FormData } : unknown)

/** What a handler sees: parsed values. */
export interface Parsed<E extends Endpoint> {
  params: Output<E['params']>
  query: Output<E['query']>
  body: Output<E['body']>
}

export type ReplyOf<E extends Endpoint> = z.output<E['reply']>

/** Declares an endpoint and keeps its exact types. */
export const endpoint = <const E extends Endpoint>(value: E): E => value
