import { openDatabase } from '../../../platform/database/database.ts'
import { rolePassword } from '../../../platform/database/migrate.ts'
import type { DatabaseAddress } from '../../../platform/engines/engines.ts'
import { createSync } from '../../../platform/warehouse/sync.ts'
import { worldOf } from './world.ts'

// A worker reduced to its sync, for tests that end workers: `node sync-process.ts JSON`. With `rebuild` it builds again and again.
const options = JSON.parse(process.argv[2] ?? '{}') as {
  database: DatabaseAddress
  warehouseUrl: string
  secret: string
  rebuild: boolean
}
const database = openDatabase(options.database, rolePassword(options.secret))
const sync = createSync(worldOf(database, options.warehouseUrl))
sync.start()
process.stdout.write('started\n')
while (options.rebuild) await sync.rebuild().catch(() => {})
