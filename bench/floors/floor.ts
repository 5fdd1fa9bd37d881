import type { FastifyInstance } from 'fastify'
import type { Sql } from '../../apps/server/src/platform/database/database.ts'

/**
 * The least that can answer: bare Fastify, one statement, good indexes; no rights, no row policies, no checks, no audit. What it
 * answers with is as long as what ours does.
 */
export interface Floor {
  /** DDL of tables of its own. */
  schema?: string
  /** What it asks, with values to explain it by. */
  statements: readonly { sql: string; values: readonly (string | number | readonly string[])[] }[]
  register(app: FastifyInstance, sql: Sql): void
}
