import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { forgetWarehouse, readKeptRows } from '../warehouse/kept-rows.ts'
import { syncReader } from '../warehouse/sync.ts'
import type { WarehouseWorld } from '../warehouse/world.ts'
import { extraFolder } from './backup.ts'
import { backupKind } from './job-type.ts'
import { needsRebuild, rebuilt } from './restore.ts'

/**
 * What the first start on a restored data folder has to do before it synchronises and runs jobs: the warehouse is forgotten,
 * so that it is built anew, the results of analyses are put back, and the backup that was running in this very copy ends.
 * Can be broken off anywhere and begun again.
 */
export async function settleAfterRestore(world: WarehouseWorld, dataFolder: string): Promise<void> {
  if (!needsRebuild(dataFolder)) return
  world.log('info', 'The data folder was restored from a backup: the warehouse will be built anew')
  const folder = join(dataFolder, extraFolder)
  await forgetWarehouse(world, syncReader)
  await readKeptRows(world, folder)
  await world.database.system`
    update job set state = 'cancelled', finished_at = now(), worker_id = null where kind = ${backupKind} and state in ('waiting', 'running')`
  await rebuilt(dataFolder)
  await rm(folder, { recursive: true, force: true })
}
