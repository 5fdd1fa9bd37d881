import { PgBoss } from 'pg-boss'
import { connect } from '../database/database.ts'
import { rolePassword } from '../database/migrate.ts'
import type { DatabaseAddress } from '../engines/engines.ts'

/** The queue that brings jobs to workers. */
export const workQueue = 'work'
/** The queue whose entries are due schedules; whoever takes one starts its job. */
export const scheduleQueue = 'schedule'

/** Longer than any job may take: whether a worker is alive is seen from its connection, not from the clock. */
const longestSeconds = 24 * 60 * 60

type QueueRole = { migrate?: boolean; schedule?: boolean; supervise?: boolean }

/** A client of the queue's tables, not yet started. */
export function openQueue(
  address: DatabaseAddress,
  password: string,
  { migrate = false, schedule = false, supervise = false }: QueueRole,
): PgBoss {
  return new PgBoss({
    host: address.host,
    port: address.port,
    database: address.database,
    user: 'zhike_system',
    password,
    ssl: address.ssl ?? false,
    application_name: 'zhike_queue',
    max: 3,
    schema: 'pgboss',
    createSchema: false,
    migrate,
    schedule,
    supervise,
    cronMonitorIntervalSeconds: 10,
    cronWorkerIntervalSeconds: 5,
  })
}

/** Makes or upgrades the queue's tables. To be called after the migrations, before anything starts a job. */
export async function prepareQueue(address: DatabaseAddress, secret: string): Promise<void> {
  const password = rolePassword(secret)('zhike_system')
  const queue = openQueue(address, password, { migrate: true })
  // A failure of the start is thrown; this only keeps an event without a listener from ending the process.
  queue.on('error', () => {})
  await queue.start()
  const known = new Set((await queue.getQueues()).map(({ name }) => name))
  for (const name of [workQueue, scheduleQueue]) {
    if (!known.has(name)) await queue.createQueue(name, { expireInSeconds: longestSeconds, deleteAfterSeconds: 3600, retryLimit: 2 })
  }
  await queue.stop({ graceful: false })
  const sql = connect(address, { user: 'zhike_system', password, max: 1, name: 'zhike_queue' })
  await sql`grant insert on pgboss.job to zhike_app`
  await sql.end()
}
