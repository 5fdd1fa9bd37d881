import type postgres from 'postgres'
import type { DatabaseAddress } from '../engines/engines.ts'
import { openPostgres } from '../engines/postgres-client.ts'

/** A transaction, or a pool where none is needed. Statements are tagged templates: values are always bound. */
export type Tx = postgres.TransactionSql<PostgresTypes>
export type Sql = postgres.Sql<PostgresTypes>

interface PostgresTypes extends Record<string, unknown> {
  bigint: number
}

/**
 * The three ways in. `owner` migrates and nothing else; `app` serves people under row-level security; `system` serves
 * linking, sync and scheduled work through explicit policies.
 */
export interface Database {
  app: Sql
  system: Sql
  address: DatabaseAddress
  /** For what brings its own connections: the job queue, listeners. */
  passwordOf: (role: DatabaseRole) => string
  close(): Promise<void>
}

export type DatabaseRole = 'zhike_app' | 'zhike_system'

/** Connects with a pool of `max` connections. Counts and money fit a double exactly, so bigint comes as a number. */
export function connect(
  address: DatabaseAddress,
  options: { user?: string; password?: string; max: number; name: string; settings?: Record<string, string> },
): Sql {
  return openPostgres({
    host: address.host,
    port: address.port,
    database: address.database,
    user: options.user ?? address.user,
    password: options.password ?? address.password,
    ssl: address.ssl ?? false,
    max: options.max,
    idle_timeout: 300,
    connect_timeout: 10,
    // The library's own counts every connection that dies as an attempt, and after the death of a pool waits 20 s.
    backoff: () => 0.1 + Math.random() * 0.2,
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      // A date is a day, not an instant: it stays the text that it is.
      date: { to: 1082, from: [1082], serialize: String, parse: String },
    },
    connection: { ...options.settings, application_name: options.name },
    onnotice: () => {},
  }) as unknown as Sql
}

/** Opens the pools of the two working roles. */
export function openDatabase(
  address: DatabaseAddress,
  passwordOf: (role: DatabaseRole) => string,
  pool = { app: 16, system: 8 },
): Database {
  const open = (role: DatabaseRole, max: number, settings: Record<string, string> = {}) =>
    connect(address, { user: role, password: passwordOf(role), max, name: role, settings })
  // Nothing is written but by actorTransaction(), which says so.
  const app = open('zhike_app', pool.app, { default_transaction_read_only: 'on' })
  const system = open('zhike_system', pool.system)
  return {
    app,
    system,
    address,
    passwordOf,
    close: async () => {
      await Promise.all([app.end({ timeout: 5 }), system.end({ timeout: 5 })])
    },
  }
}
