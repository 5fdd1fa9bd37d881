/** What a request waits for when the way to the server is closed. */
export interface Patience {
  fetch: typeof fetch
  /** Resolves when the server answers again. */
  connectionLost: () => Promise<void>
  /** Whether somebody is signed in as far as this page knows. */
  isSignedIn: () => boolean
  /** Resolves when the same person has signed in again (true), or the page is left (false). */
  signedInAgain: () => Promise<boolean>
  pause: (milliseconds: number) => Promise<void>
  newKey: () => string
}

const mostTriesWhileStarting = 10
const pauseWhileStarting = 2000

/**
 * fetch that loses nothing somebody has typed: a request which the server never got, or got without a session, waits and is
 * made again. A POST carries a key, so the server does it once however often it comes.
 */
export function createPatientFetch({ fetch, connectionLost, isSignedIn, signedInAgain, pause, newKey }: Patience): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const headers = new Headers(init.headers)
    if (init.method === 'POST' && !headers.has('idempotency-key')) headers.set('idempotency-key', newKey())
    const request = { ...init, headers }
    for (let starting = 0; ; ) {
      let response: Response
      try {
        response = await fetch(input, request)
      } catch (error) {
        if (init.signal?.aborted) throw error
        await unlessAborted(connectionLost(), init.signal)
        continue
      }
      const problem = response.ok ? undefined : await problemOf(response)
      if (problem === 'engine-away' && starting < mostTriesWhileStarting) {
        starting += 1
        await unlessAborted(pause(pauseWhileStarting), init.signal)
        continue
      }
      if (problem === 'not-signed-in' && isSignedIn() && (await unlessAborted(signedInAgain(), init.signal))) continue
      return response
    }
  }
}

async function problemOf(response: Response): Promise<string | undefined> {
  try {
    const { type } = (await response.clone().json()) as { type?: unknown }
    return typeof type === 'string' ? type.replace('/problems/', '') : undefined
  } catch {
    return undefined
  }
}

/** What is waited for, or the signal's reason once nobody wants the answer any more. */
function unlessAborted<T>(waited: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return waited
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([waited, promise]).finally(() => signal.removeEventListener('abort', stop))
}
