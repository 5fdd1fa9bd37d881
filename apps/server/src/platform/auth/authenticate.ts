import type { FastifyRequest } from 'fastify'
import type { Database } from '../database/database.ts'
import { type Actor, limitedTo, loadPrincipal } from '../permissions/principal.ts'
import { findApiKey, touchApiKey } from './api-keys.ts'
import { cookieNames } from './cookies.ts'
import { refuseCrossSite } from './cross-site.ts'
import type { PrincipalCache, Proof } from './principal-cache.ts'
import { findSession, sessionToken, touchSession } from './sessions.ts'
import { tokenHash } from './token.ts'

export type Authenticate = (request: FastifyRequest) => Promise<Actor | undefined>

/** The use of a session or key is written down at most so often, in ms. */
const touchEvery = 60_000

/**
 * Says who is asking: by `Authorization: Bearer <API key>`, else by the session cookie. Undefined for nobody. A request that
 * changes something and rides on the cookie must come from our own pages.
 */
export function createAuthenticate(
  database: Database,
  cache: PrincipalCache,
  publicUrl: string,
  onFailure: (error: unknown) => void,
): Authenticate {
  const { system } = database
  const cookies = cookieNames(publicUrl)
  return async (request) => {
    const authorization = request.headers.authorization
    const proof =
      authorization === undefined
        ? await bySession(system, cache, request.cookies[cookies.session])
        : await byApiKey(system, cache, authorization)
    if (!proof) return undefined
    if (proof.via === 'session') refuseCrossSite(request, publicUrl)
    touch(system, proof, onFailure)
    return { ...proof.principal, via: proof.via, requestId: request.id, ...(proof.via === 'api-key' ? { apiKeyId: proof.id } : {}) }
  }
}

async function byApiKey(system: Database['system'], cache: PrincipalCache, authorization: string): Promise<Proof | undefined> {
  const key = /^bearer +(\S{16,500})$/i.exec(authorization)?.[1]
  if (key === undefined) return undefined
  const hash = tokenHash(key)
  return cache.get(`key:${hash.toString('hex')}`, async () => {
    const found = await findApiKey(system, hash)
    const principal = found && (await loadPrincipal(system, found.userId))
    if (!found || !principal) return undefined
    return { principal: limitedTo(principal, found.rights), via: 'api-key', id: found.id, expiresAt: found.expiresAt, touchedAt: 0 }
  })
}

async function bySession(system: Database['system'], cache: PrincipalCache, cookie: string | undefined): Promise<Proof | undefined> {
  const token = sessionToken(cookie)
  if (token === undefined) return undefined
  const hash = tokenHash(token).toString('hex')
  return cache.get(`session:${hash}`, async () => {
    const found = await findSession(system, hash)
    const principal = found && (await loadPrincipal(system, found.userId))
    if (!found || !principal) return undefined
    return { principal, via: 'session', id: found.id, expiresAt: found.expiresAt, touchedAt: 0 }
  })
}

/** In the background: an answer does not wait for it, and a failure of it does not spoil the request. */
function touch(system: Database['system'], proof: Proof, onFailure: (error: unknown) => void): void {
  if (Date.now() - proof.touchedAt < touchEvery) return
  proof.touchedAt = Date.now()
  const written = proof.via === 'session' ? touchSession(system, proof.id) : touchApiKey(system, proof.id)
  written.catch(onFailure)
}
