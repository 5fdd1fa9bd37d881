import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../apps/server/src/platform/database/database.ts'
import { migrate } from '../apps/server/src/platform/database/migrate.ts'
import { startEngines } from '../apps/server/src/platform/engines/engines.ts'
import { rowTypes } from '../apps/server/src/platform/database/row-types.ts'

/** Writes the types of all table rows from the migrated database; with `--check` only tells whether they are up to date. */
const file = new URL('../apps/server/src/platform/database/rows.ts', import.meta.url)
const dataFolder = mkdtempSync(join(tmpdir(), 'zhike-rows-'))
const engines = await startEngines({ dataFolder, durable: false, which: ['database'], log: () => {} })
try {
  await migrate(engines.database, 'a secret of no use')
  const sql = connect(engines.database, { max: 1, name: 'rows' })
  const text = await rowTypes(sql)
  await sql.end()
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('The row types differ from the migrated database: run `npm run rows`.')
    process.exitCode = 1
  }
} finally {
  await engines.stop()
  rmSync(dataFolder, { recursive: true, force: true })
}
