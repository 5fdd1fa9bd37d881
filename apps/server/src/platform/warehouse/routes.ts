import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { type Route, route } from '../http/route.ts'
import { readJob } from '../jobs/job-view.ts'
import { startJob } from '../jobs/start-job.ts'
import { checksums } from './checksums.ts'
import { warehouseRebuildJob } from './rebuild-job.ts'
import { warehouseStatus } from './status.ts'
import { syncState, type WarehouseSync } from './sync.ts'
import type { WarehouseWorld } from './world.ts'

export function createWarehouseRoutes(world: WarehouseWorld, sync: WarehouseSync): Route[] {
  const rebuildJob = warehouseRebuildJob(sync)
  return [
    route(warehouse.status, () => warehouseStatus(world), { transaction: 'own' }),
    route(
      warehouse.check,
      async () => {
        const started = performance.now()
        const [tables, { events }] = await Promise.all([checksums(world), syncState(world)])
        return { tables, lagEvents: events, milliseconds: Math.round(performance.now() - started) }
      },
      { transaction: 'own' },
    ),
    route(warehouse.rebuild, async ({ tx, actor, note }) => {
      const id = await startJob(tx, rebuildJob, {}, actor)
      note({ action: 'warehouse.rebuild', object: 'job', objectId: id })
      const job = await readJob(tx, id, actor.locale)
      if (!job) throw new Error('The job that was just started is not there')
      return job
    }),
  ]
}
