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
  size(): number
  close(): Promise<void>
}

/** More people than a company has at work at once. */
const mostEntries = 10_000
/** How often the way of notifications is tried, and how long an answer may take, in ms. */
const heartbeat = 500
/** An entry not used for so long is forgotten, so that an idle server asks nothing of its database. */
const idleFor = 30_000
const channel = 'principal_changed'

/**
 * Remembers who a token stands for, and forgets it as soon as the database tells of a change of that person's rights. While
 * notifications do not arrive, which the cache tries out by sending itself one twice a second, nothing is remembered; so no right outlives its
 * loss by more than a second, even when a connection hangs.
 */
export async function createPrincipalCache(
  database: Database,
  secret: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<PrincipalCache> {
  const entries = new Map<string, { proof: Proof; usedAt: number }>()
  let generation = 0
  let listening = false
  let closed = false
  let heardAt = 0
  let listener: Sql | undefined

  const drop = (userId?: string) => {
    generation += 1
    if (userId === undefined) return entries.clear()
    for (const [hash, { proof }] of entries) if (proof.principal.userId === userId) entries.delete(hash)
  }

  const hear = (payload: string) => {
    heardAt = Date.now()
    if (payload === 'heartbeat') return
    drop(payload === 'all' ? undefined : payload)
  }

  const listen = async () => {
    const old = listener
    listener = connect(database.address, {
      user: 'zhike_system',
      password: rolePassword(secret)('zhike_system'),
      max: 1,
      name: 'zhike_principals',
    })
    await old?.end({ timeout: 0 }).catch(() => {})
    await listener.listen(channel, hear)
    drop()
    heardAt = Date.now()
    listening = true
  }

  const beat = async () => {
    forgetIdle()
    if (listening && Date.now() - heardAt > 2 * heartbeat && entries.size > 0) {
      listening = false
      drop()
    }
    if (!listening) return listen()
    if (entries.size > 0) await database.system.notify(channel, 'heartbeat')
    else heardAt = Date.now()
  }

  const forgetIdle = () => {
    const limit = Date.now() - idleFor
    for (const [hash, { usedAt }] of entries) if (usedAt < limit) entries.delete(hash)
  }

  let beating = false
  const timer = setInterval(() => {
    if (beating || closed) {
      // A heartbeat that hangs proves nothing: what is remembered may be stale.
      if (Date.now() - heardAt > 2 * heartbeat) {
        listening = false
        drop()
      }
      return
    }
    beating = true
    beat()
      .catch((error: unknown) => {
        listening = false
        drop()
        onFailure(error)
      })
      .finally(() => {
        beating = false
      })
  }, heartbeat)
  timer.unref()
  await listen()

  return {
    get: async (tokenHash, load) => {
      const known = entries.get(tokenHash)
      if (known && known.proof.expiresAt.getTime() > Date.now()) {
        // Taken out and put back: the map's order is that of the last use.
        entries.delete(tokenHash)
        entries.set(tokenHash, known)
        known.usedAt = Date.now()
        return known.proof
      }
      const before = generation
      const proof = await load()
      // A change that came while loading may not be in what was loaded: use it for this request and no other.
      if (proof && listening && !closed && before === generation) {
        if (entries.size === 0) heardAt = Date.now()
        if (entries.size >= mostEntries) entries.delete(entries.keys().next().value ?? '')
        entries.set(tokenHash, { proof, usedAt: Date.now() })
      }
      return proof
    },
    drop,
    size: () => entries.size,
    close: async () => {
      closed = true
      clearInterval(timer)
      entries.clear()
      await listener?.end({ timeout: 1 })
    },
  }
}
