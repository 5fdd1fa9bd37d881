import type { Command } from './command.ts'
import { analyseCommand } from './commands/analyse.ts'
import { backupCommand } from './commands/backup.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { jobsCommand } from './commands/jobs.ts'
import { ratesCommand } from './commands/rates.ts'
import { restoreCommand } from './commands/restore.ts'
import { userCommand } from './commands/user.ts'
import { warehouseCommand } from './commands/warehouse.ts'

/** Everything that `zhike` can do, in the order of the help. */
export const commands: readonly Command[] = [
  importCommand,
  analyseCommand,
  exportCommand,
  ratesCommand,
  jobsCommand,
  warehouseCommand,
  userCommand,
  backupCommand,
  restoreCommand,
]
