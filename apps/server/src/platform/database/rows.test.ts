import { readFile } from 'node:fs/promises'
import { expect, inject, test } from 'vitest'
import { connect } from './database.ts'
import { rowTypes } from './row-types.ts'

test('the row types are those of the migrated database', async () => {
  const { database, template } = inject('engines')
  const sql = connect({ ...database, database: template }, { max: 1, name: 'test-rows' })
  const made = await rowTypes(sql)
  await sql.end()
  expect(await readFile(new URL('./rows.ts', import.meta.url), 'utf8')).toBe(made)
})
