import type { FastifyRequest } from 'fastify'
import { Problem } from '../http/problem.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a changing request that a foreign page made this browser send. Every browser says where a request comes from: by
 * Sec-Fetch-Site, or, where that is left out because the page is not secure, by Origin. Without both it is no browser.
 * The rule is that of Go's net/http CrossOriginProtection.
 * @throws Problem `cross-site-request`
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  if (reading.has(request.method)) return
  const { origin, 'sec-fetch-site': site } = request.headers
  if (typeof site === 'string') {
    if (site === 'same-origin' || site === 'none') return
  } else if (origin === undefined) return
  if (origin !== undefined && isOurs(origin, request.headers.host, publicUrl)) return
  throw new Problem('cross-site-request')
}

function isOurs(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const { host: from } = new URL(origin)
  return from === host || origin === new URL(publicUrl).origin
}
