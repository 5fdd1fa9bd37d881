import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { connect, type Database, type Sql } from '../database/database.ts'
import { rolePassword } from '../database/migrate.ts'
import { Problem } from '../http/problem.ts'

const hour = 60 * 60

/** Wrong tries in an hour that begins with the first of them; across its end, twice as many fit in sixty minutes. */
const budgets = {
  /** Against one account, by everybody whose browser and address it does not know, together: ten in any sixty minutes. */
  stranger: 5,
  /** Against one account, by one browser in which its owner has signed in before. */
  device: 20,
  /** Against one account, from one address where its owner has signed in before; as many as for strangers, to tell them nothing. */
  usual: 5,
  /** From one address, against any accounts. A browser known to the account is not counted here. */
  address: 100,
} as const

type Budget = keyof typeof budgets

/** A try that has been counted; given back when it turns out to be right. */
export interface Try {
  giveBack(): Promise<void>
}

export interface Throttle {
  /**
   * Counts a try before it is looked at, so that tries at the same moment cannot share one place.
   * @throws Problem `too-many-requests` with the seconds until the next hour begins
   */
  take(budget: Budget, ...subject: readonly string[]): Promise<Try>
  close(): Promise<void>
}

/**
 * Counts in PostgreSQL: a restart forgets nothing and several web processes count together. What is counted is kept under a
 * keyed hash, so that the table tells nobody which e-mails were tried.
 */
export function createThrottle(database: Database, secret: string): Throttle {
  // Connections of its own: a request that waits here may hold one of the others, and a count stays when its transaction does not.
  const user = 'zhike_system'
  const pool = connect(database.address, { user, password: rolePassword(secret)(user), max: 2, name: 'zhike_throttle' })
  const store = { query: ({ text, values }: { text: string; values: unknown[] }) => rowsOf(pool, text, values) }
  const limiters = new Map(
    Object.entries(budgets).map(([name, points]) => [
      name,
      new RateLimiterPostgres({
        storeClient: store,
        storeType: 'client',
        tableName: 'auth_throttle',
        keyPrefix: name,
        tableCreated: true,
        points,
        duration: hour,
        clearExpiredByTimeout: false,
      }),
    ]),
  )
  const keyOf = (subject: readonly string[]) => createHmac('sha256', secret).update(JSON.stringify(subject)).digest('base64url')

  return {
    take: async (budget, ...subject) => {
      const limiter = limiters.get(budget)
      if (!limiter) throw new Error(`no such budget: ${budget}`)
      const key = keyOf(subject)
      await limiter.consume(key).catch((refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw new Problem('too-many-requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
      })
      return {
        giveBack: async () => {
          await limiter.reward(key)
        },
      }
    },
    close: () => pool.end({ timeout: 1 }),
  }
}

async function rowsOf(pool: Sql, text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
  const rows = await pool.unsafe(text, values as never[])
  return { rows: [...rows] }
}

/** What counts as one address: an IPv4 address, or the 64-bit network that one IPv6 connection is given. */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = (ip.split('%')[0] ?? ip).split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const filled =
    tail === undefined ? groups : [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0'), ...after]
  return filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
