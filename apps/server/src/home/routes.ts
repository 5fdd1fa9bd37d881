import * as home from '@zhike/contract/home.ts'
import { listBackups } from '../platform/backup/kept-backups.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { WarehouseClient } from '../platform/warehouse/warehouse.ts'
import { readCustomerFigures } from './customer-figures.ts'
import { readSales } from './sales.ts'
import { readToDo } from './to-do.ts'

export interface HomeOptions {
  warehouse: WarehouseClient
  /** Undefined where the engines run elsewhere: their backups are not ours. */
  backupFolder: string | undefined
}

/** What stands on the first page: for each person their own. */
export const createHomeRoutes = ({ warehouse, backupFolder }: HomeOptions): Route[] => {
  const newest = async (folder: string) => (await listBackups(folder, new Set())).find(({ state }) => state === 'whole')?.createdAt ?? null
  const newestBackup = backupFolder === undefined ? undefined : () => newest(backupFolder)
  return [
    route(home.customerFigures, ({ tx, actor, now }) => readCustomerFigures(tx, actor, now)),
    route(home.sales, ({ tx, actor, now }) => readSales(tx, warehouse, actor, now)),
    route(home.toDo, ({ tx, actor, now }) => readToDo(tx, actor, now, newestBackup), { asks: 'once' }),
  ]
}
