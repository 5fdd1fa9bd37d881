import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import type { Actor } from '../permissions/principal.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'
import { askEngines, schemaState } from './checks.ts'
import type { Metrics } from './metrics.ts'

export interface HealthOptions {
  database: Database
  warehouse: WarehouseClient
  metrics: Metrics
  authenticate: (request: FastifyRequest) => Promise<Actor | undefined>
}

/**
 * What machines ask: `/healthz` whether the process lives, `/readyz` whether it can serve, `/metrics` for Prometheus. They are
 * not part of the API.
 */
export function registerHealth(app: FastifyInstance, { database, warehouse, metrics, authenticate }: HealthOptions): void {
  metrics.watch(app)
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const engines = await askEngines(database, warehouse)
    const schema = engines.database === undefined ? undefined : await schemaState(database).catch(() => undefined)
    const checks = {
      database: engines.database !== undefined,
      warehouse: engines.warehouse !== undefined,
      schema: schema !== undefined && schema.current === schema.known,
    }
    const ready = Object.values(checks).every(Boolean)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks })
  })
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request)) await requireManager(request, authenticate)
    return reply.header('content-type', metrics.contentType).send(await metrics.text())
  })
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** From this very machine, and not on behalf of somebody behind a proxy on it. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  return loopback.has(socket.remoteAddress ?? '') && forwarded.every((name) => headers[name] === undefined)
}

async function requireManager(request: FastifyRequest, authenticate: HealthOptions['authenticate']): Promise<void> {
  const actor = await authenticate(request)
  if (!actor) throw new Problem('not-signed-in')
  if (!actor.rights.has('system.manage')) throw new Problem('right-missing', { right: 'system.manage' })
}
