export interface Sent {
  method: string
  /** Below `/api/v1`, written as it goes over the wire. */
  path: string
  query?: string
  /** A value is sent as JSON; text, bytes and forms as they are. */
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  /** Name of the problem; empty when there is none. */
  problem: string
  text: string
  headers: Headers
  /** Until the whole answer was there. */
  ms: number
}

/** Sends a request as it is, with no client between that would refuse to; of an event stream only the beginning is read. */
export async function send(url: string, { method, path, query, body, headers = {} }: Sent, apiKey?: string): Promise<Answer> {
  const began = performance.now()
  const raw = typeof body === 'string' || body instanceof FormData ? body : undefined
  const abort = new AbortController()
  const response = await fetch(`${url}/api/v1${path}${query ? `?${query}` : ''}`, {
    method,
    signal: abort.signal,
    headers: {
      'accept-language': 'en',
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
  })
  const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  const text = stream ? await beginning(response, abort) : await response.text()
  const ms = performance.now() - began
  return { status: response.status, problem: problemOf(response, text), text, headers: response.headers, ms }
}

function problemOf(response: Response, text: string): string {
  if (text === '') return ''
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return ''
  return (JSON.parse(text) as { type: string }).type.replace('/problems/', '')
}

async function beginning(response: Response, abort: AbortController): Promise<string> {
  const timer = setTimeout(() => abort.abort(), 100)
  let text = ''
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk
  } catch {
    // Cut by ourselves.
  }
  clearTimeout(timer)
  return text
}

/** What an answer must never hold: places in the program, statements, the words of the database's own errors. */
export const leakOf = (text: string): string | undefined =>
  /\n\s+at |node:internal|\/src\/[\w/.-]+\.ts|PostgresError|violates \w+ constraint|syntax error at|select .{1,200} from |insert into |DB::Exception/i.exec(
    text,
  )?.[0]
