import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../src/platform/database/database.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { type DatabaseAddress, startEngines } from '../src/platform/engines/engines.ts'
import { prepareQueue } from '../src/platform/jobs/queue.ts'

declare module 'vitest' {
  interface ProvidedContext {
    engines: { database: DatabaseAddress; warehouseUrl: string; template: string; secret: string; dataFolder: string }
  }
}

/** Not a secret: databases of tests live for one run, on loopback. */
const secret = 'a secret of the tests, used nowhere else'

/** One PostgreSQL and one warehouse for the whole run; the migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'zhike-test-'))
  const engines = await startEngines({ dataFolder, durable: false, log: () => {} })
  const template = 'zhike_template'
  const owner = connect(engines.database, { max: 1, name: 'test-template' })
  await owner.unsafe(`create database ${template}`)
  await owner.end()
  const address = { ...engines.database, database: template }
  await migrate(address, secret)
  await prepareQueue(address, secret)
  project.provide('engines', { database: engines.database, warehouseUrl: engines.warehouse.url, template, secret, dataFolder })
  return async () => {
    await engines.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
