import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../database/database.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'
import { askEngines, jobCounts, readerLags } from './checks.ts'

export interface Metrics {
  /** Measures every answered request of a server. */
  watch(app: FastifyInstance): void
  /** All figures of this moment in the text format of Prometheus. */
  text(): Promise<string>
  contentType: string
}

/** A stream's duration says nothing of the server. */
const notMeasured = '/api/v1/events'

/** Figures of this process and of the engines; the latter are asked when somebody looks. */
export function createMetrics(database: Database, warehouse: WarehouseClient): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'zhike_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const engineUp = new Gauge({ name: 'zhike_engine_up', help: 'Whether an engine answers.', labelNames: ['engine'] as const, registers })
  const lagEvents = new Gauge({
    name: 'zhike_outbox_lag_events',
    help: 'Events of the log of changes that a reader has not read yet.',
    labelNames: ['reader'] as const,
    registers,
  })
  const lagSeconds = new Gauge({
    name: 'zhike_outbox_lag_seconds',
    help: 'Age of the oldest of them.',
    labelNames: ['reader'] as const,
    registers,
  })
  const jobs = new Gauge({ name: 'zhike_jobs', help: 'Jobs by state.', labelNames: ['state'] as const, registers })

  const look = async () => {
    const engines = await askEngines(database, warehouse)
    engineUp.set({ engine: 'database' }, engines.database === undefined ? 0 : 1)
    engineUp.set({ engine: 'warehouse' }, engines.warehouse === undefined ? 0 : 1)
    if (engines.database === undefined) return
    const [lags, counts] = await Promise.all([readerLags(database), jobCounts(database)])
    for (const { name, events, seconds } of lags) {
      lagEvents.set({ reader: name }, events)
      lagSeconds.set({ reader: name }, seconds)
    }
    for (const [state, count] of Object.entries(counts)) jobs.set({ state }, count)
  }
  return {
    watch: (app) => {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? '(none)'
        if (route === notMeasured) return
        durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
      })
    },
    text: async () => {
      await look()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
