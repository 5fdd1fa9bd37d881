import type { FastifyReply } from 'fastify'

/** How often it is asked, in ms; what is remembered of people is never older than 0.9 s. */
const askEvery = 100

/**
 * Watches over an answer that takes long: whoever loses the right meanwhile gets no more of it within a second, however slowly they
 * read.
 * @returns aborted when it is broken off, for whatever still makes the answer
 */
export function whileAllowed({ raw }: FastifyReply, recheck: () => Promise<void>): AbortSignal {
  const abort = new AbortController()
  const breakOff = (reason: unknown) => {
    abort.abort(reason)
    raw.destroy()
  }
  const timer = setInterval(() => void recheck().catch(breakOff), askEvery)
  raw.once('close', () => clearInterval(timer))
  return abort.signal
}
