import { z } from 'zod'
import { defineJob, type JobKind } from '../jobs/job-kind.ts'
import type { WarehouseSync } from './sync.ts'

const RebuildInput = z.strictObject({})

/** `warehouse-rebuild`: a second warehouse beside the one in use, which it replaces at the end. */
export function warehouseRebuildJob(sync: WarehouseSync): JobKind<z.infer<typeof RebuildInput>> {
  return defineJob({
    kind: 'warehouse-rebuild',
    input: RebuildInput,
    right: 'system.manage',
    run: async ({ signal, progress }) => {
      const { rows, milliseconds } = await sync.rebuild({ signal, progress: (done, total) => progress(done, total) })
      return { rows, milliseconds }
    },
  })
}
