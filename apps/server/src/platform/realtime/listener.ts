import { connect, type Database, type Sql } from '../database/database.ts'

export interface Listener {
  stop(): Promise<void>
}

const checkEveryMs = 1000

/**
 * Listens to PostgreSQL notifications on a connection of its own, and comes back after the database was away.
 * @param name of the connection; others see from it whether this process is alive
 * @param onListening called each time listening begins: what was notified before is to be looked up
 */
export async function listenTo(
  database: Database,
  name: string,
  channels: Readonly<Record<string, (payload: string) => void>>,
  onListening: () => void = () => {},
): Promise<Listener> {
  let sql = await listenOnce(database, name, channels)
  onListening()
  let stopped = false
  let checking = false
  const check = async () => {
    if (checking || stopped) return
    checking = true
    try {
      if (!(await isListening(database.system, name)) && !stopped) {
        const former = sql
        sql = await listenOnce(database, name, channels)
        void former.end({ timeout: 0 })
        onListening()
      }
    } catch {
      // The database is away: the next check tries again.
    } finally {
      checking = false
    }
  }
  const timer = setInterval(() => void check(), checkEveryMs)
  timer.unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await sql.end({ timeout: 1 })
    },
  }
}

async function listenOnce(database: Database, name: string, channels: Readonly<Record<string, (payload: string) => void>>): Promise<Sql> {
  const sql = connect(database.address, { user: 'zhike_system', password: database.passwordOf('zhike_system'), max: 1, name })
  try {
    for (const [channel, heard] of Object.entries(channels)) await sql.listen(channel, heard)
    return sql
  } catch (error) {
    await sql.end({ timeout: 0 }).catch(() => {})
    throw error
  }
}

/** The client library listens again by itself only if the database is back at once: so we look. */
async function isListening(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql`select 1 from pg_stat_activity where application_name = ${name} and usename = 'zhike_system' limit 1`
  return rows.length > 0
}
