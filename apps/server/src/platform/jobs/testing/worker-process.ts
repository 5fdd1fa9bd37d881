import { openDatabase } from '../../database/database.ts'
import { rolePassword } from '../../database/migrate.ts'
import { createJobRunner } from '../runner.ts'
import { steps } from './steps.ts'

/** A worker in a process of its own, so that tests can kill it. */
const { address, secret } = JSON.parse(process.argv[2] ?? '{}')
const runner = createJobRunner({
  database: openDatabase(address, rolePassword(secret), { app: 2, system: 4 }),
  kinds: [steps],
  log: () => {},
  loadActor: async () => undefined,
  roles: ['worker'],
})
await runner.start()
process.on('disconnect', () => process.exit())
process.send?.('ready')
