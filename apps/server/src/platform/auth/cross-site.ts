import type { FastifyRequest } from 'fastify'
import { Problem } from '../http/problem.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a changing request that a foreign page made this browser send. Every browser says where a request comes from: by
 * Sec-Fetch-Site, or, where that is left out because the page is not secure, by Origin. Without both it is no browser.
 * A browser that says it is elsewhere is believed although its host is ours: its page then came over a line that others have a
 * hand in. The rule is that of Go's net/http CrossOriginProtection.
 * @throws Problem `cross-site-request`
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  if (reading.has(request.method)) return
  const { origin, host, 'sec-fetch-site': site } = request.headers
  const isPublic = origin === new URL(publicUrl).origin
  const isOurs =
    site === undefined
      ? origin === undefined || isPublic || (URL.canParse(origin) && new URL(origin).host === host)
      : site === 'same-origin' || site === 'none' || isPublic
  if (!isOurs) throw new Problem('cross-site-request')
}
