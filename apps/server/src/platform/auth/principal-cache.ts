import { randomUUID } from 'node:crypto'
import { connect, type Database, type Sql } from '../database/database.ts'
import { rolePassword } from '../database/migrate.ts'
import type { Principal } from '../permissions/principal.ts'

/** What is remembered for one token. */
export interface Proof {
  principal: Principal
  via: 'session' | 'api-key'
  /** The session or key. */
  id: string
  expiresAt: Date
  /** When the use of the session or key was last written down, in ms. */
  touchedAt: number
}

export interface PrincipalCache {
  /** The remembered proof of a token, or what `load` finds. */
  get(tokenHash: string, load: () => Promise<Proof | undefined>): Promise<Proof | undefined>
  /** Forgets somebody, or everybody. */
  drop(userId?: string): void
  close(): Promise<void>
}

/** More people than a company has at work at once. */
const mostEntries = 10_000
/** How often the way of notifications is tried, in ms, while anything is remembered. */
const heartbeat = 300
/** What is remembered counts for so long after the last proof that notifications arrive, in ms. */
const lease = 900
/** A way of notifications that has been dead for so long is laid anew, in ms. */
const deadAfter = 3000
/** An entry not used for so long is forgotten, so that an idle server asks nothing of its database. */
const idleFor = 30_000
const channel = 'principal_changed'

/**
 * Remembers who a token stands for, and forgets it when the database tells of a change of that person's rights. The cache
 * sends itself a notification several times a second: hearing one that was sent at t proves that every change before t has been heard
 * too. Without such a proof from the last 900 ms everybody is looked up; so no right outlives its loss by a second, whatever hangs.
 */
export async function createPrincipalCache(
  database: Database,
  secret: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<PrincipalCache> {
  const entries = new Map<string, { proof: Proof; usedAt: number }>()
  const own = `heartbeat:${randomUUID()}:`
  let generation = 0
  /** When the last heartbeat that has been heard was sent; on the clock that is never set. */
  let provenAt = Number.NEGATIVE_INFINITY
  /** When the first one was sent that has not. */
  let unheardSince: number | undefined
  let relaying = false
  let listener: Sql | undefined

  const drop = (userId?: string) => {
    generation += 1
    if (userId === undefined) return entries.clear()
    for (const [hash, { proof }] of entries) if (proof.principal.userId === userId) entries.delete(hash)
  }

  const hear = (payload: string) => {
    if (payload.startsWith(own)) {
      provenAt = Math.max(provenAt, Number(payload.slice(own.length)))
      unheardSince = undefined
    } else if (!payload.startsWith('heartbeat:')) drop(payload === 'all' ? undefined : payload)
  }

  const listen = async () => {
    const user = 'zhike_system'
    const next = connect(database.address, { user, password: rolePassword(secret)(user), max: 1, name: 'zhike_principals' })
    const old = listener
    listener = next
    await old?.end({ timeout: 0 }).catch(() => {})
    // Said again after each connection that was lost: what was told in between has not been heard.
    await next.listen(channel, hear, () => drop())
  }

  const beat = async () => {
    const now = performance.now()
    for (const [hash, { usedAt }] of entries) if (now - usedAt > idleFor) entries.delete(hash)
    if (entries.size === 0 || relaying) return
    if (unheardSince !== undefined && now - unheardSince > deadAfter) {
      relaying = true
      await listen().finally(() => {
        relaying = false
      })
    }
    unheardSince ??= now
    await listener?.notify(channel, `${own}${now}`)
  }

  const timer = setInterval(() => void beat().catch(onFailure), heartbeat)
  timer.unref()
  await listen()

  return {
    get: async (tokenHash, load) => {
      const now = performance.now()
      const known = entries.get(tokenHash)
      if (known && now - provenAt < lease && known.proof.expiresAt.getTime() > Date.now()) {
        // Taken out and put back: the map's order is that of the last use.
        entries.delete(tokenHash)
        entries.set(tokenHash, known)
        known.usedAt = now
        return known.proof
      }
      const before = generation
      const proof = await load()
      if (!proof) entries.delete(tokenHash)
      // A change that came while loading may not be in what was loaded: use it for this request and no other.
      else if (before === generation) {
        if (entries.size >= mostEntries) entries.delete(entries.keys().next().value ?? '')
        if (known) proof.touchedAt = known.proof.touchedAt
        entries.set(tokenHash, { proof, usedAt: now })
      }
      return proof
    },
    drop,
    close: async () => {
      clearInterval(timer)
      entries.clear()
      await listener?.end({ timeout: 1 })
    },
  }
}
