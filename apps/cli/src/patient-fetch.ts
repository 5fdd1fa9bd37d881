import { setTimeout as sleep } from 'node:timers/promises'

const longestWaitMs = 30_000
const pauseMs = 500

/**
 * A fetch that gives a server on this machine time to start: refused connections are tried again until the first answer, on
 * loopback only. Elsewhere a refused connection is most likely a wrong address.
 * @param onWait called once, when the waiting begins
 */
export function patientFetch(baseUrl: string, onWait: () => void, waitMs = longestWaitMs): typeof fetch {
  let answered = false
  let waiting = false
  const local = isLoopback(new URL(baseUrl).hostname)
  return async (input, init) => {
    for (const startedAt = performance.now(); ; await sleep(pauseMs)) {
      try {
        const response = await fetch(input, init)
        answered = true
        return response
      } catch (error) {
        if (answered || !local || !isRefused(error) || performance.now() - startedAt > waitMs) throw error
        if (!waiting) onWait()
        waiting = true
      }
    }
  }
}

/** Whether a host as URLs have it is this machine: `localhost`, 127.0.0.0/8, `[::1]`. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

function isRefused(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false
  const cause = error.cause as { code?: string } | undefined
  return cause?.code === 'ECONNREFUSED'
}
