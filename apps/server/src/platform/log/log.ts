import type { FastifyBaseLogger } from 'fastify'
import type { Log } from '../engines/engines.ts'

/** The logger as the parts that are not HTTP use it; without one, nothing is written. */
export function logTo(logger: FastifyBaseLogger | undefined): Log {
  return (level, message, fields = {}) => logger?.[level](fields, message)
}
