import type { z } from 'zod'
import type { Call, Endpoint, ReplyOf } from './endpoint.ts'
import type { ProblemBody } from './problems.ts'

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:8080`; empty in a page that it served itself. */
  baseUrl: string
  /** Sent with every request: authorization, language. */
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

export interface CallOptions {
  signal?: AbortSignal
  headers?: Record<string, string>
  /** The version being edited, for If-Match. */
  version?: number
}

/** The server refused; `body` says what and why. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly body: ProblemBody

  constructor(body: ProblemBody) {
    super(body.title)
    this.body = body
  }

  /** The problem's own name: `customer-not-found`. */
  get problem(): string {
    return this.body.type.replace('/problems/', '')
  }
}

export interface Client {
  /** Calls an endpoint. @throws RequestProblem when refused, TypeError when the server cannot be reached. */
  <E extends Endpoint>(endpoint: E, input: Call<E>, options?: CallOptions): Promise<ReplyOf<E>>
  /** The same for endpoints that answer with a file or a stream: the raw response, known to be good. */
  raw<E extends Endpoint>(endpoint: E, input: Call<E>, options?: CallOptions): Promise<Response>
}

/** A typed client over fetch: the web app, the command line and tests speak to the server through it alone. */
export function createClient({ baseUrl, headers = () => ({}), fetch: fetcher = fetch }: ClientOptions): Client {
  const raw = async <E extends Endpoint>(endpoint: E, input: Call<E>, options: CallOptions = {}): Promise<Response> => {
    const { params, query, body } = input as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
    const upload = body instanceof FormData
    const response = await fetcher(baseUrl + urlOf(endpoint, params, query), {
      method: endpoint.method,
      headers: {
        ...headers(),
        ...(body !== undefined && !upload ? { 'content-type': 'application/json' } : {}),
        ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: upload ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    if (!response.ok) throw new RequestProblem(await problemOf(response))
    return response
  }
  const call = async <E extends Endpoint>(endpoint: E, input: Call<E>, options?: CallOptions): Promise<ReplyOf<E>> => {
    const response = await raw(endpoint, input, options)
    return (response.status === 204 ? null : await response.json()) as ReplyOf<E>
  }
  return Object.assign(call, { raw })
}

/** The address of a call, its query encoded by the endpoint's own codecs. */
export function urlOf(endpoint: Endpoint, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  const encoded = endpoint.query ? (endpoint.query as z.ZodType).encode(given as never) : given
  const written = Object.entries(encoded as Record<string, unknown>).map(([key, value]): [string, string] => [key, String(value)])
  const search = new URLSearchParams(written).toString()
  return `/api/v1${path}${search ? `?${search}` : ''}`
}

async function problemOf(response: Response): Promise<ProblemBody> {
  const text = await response.text()
  try {
    return JSON.parse(text) as ProblemBody
  } catch {
    return { type: '/problems/internal-error', title: `HTTP ${response.status}`, status: response.status }
  }
}
