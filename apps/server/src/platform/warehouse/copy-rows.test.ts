import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { amongKeys, readRows } from './copy-rows.ts'
import type { FactTable } from './tables.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('while rows stream to the warehouse, statements of others wait for a connection and are not refused', async () => {
  const { system } = server.app.database
  const wide: FactTable = {
    name: 'wide',
    kind: 'newest',
    columns: { key: 'UInt64', text: 'String' },
    key: 'key',
    orderBy: ['key'],
    rows: () => "select n, repeat('x', 100) from generate_series(1, 600000) as n",
  }
  let rows: Buffer | undefined
  const streaming = readRows(system, wide, amongKeys([])).then((text) => {
    rows = text
  })
  // As long as rows stream, more at once than there are connections.
  const answers: Promise<unknown>[] = []
  while (!rows) {
    for (let n = 0; n < 8; n++) answers.push(Promise.allSettled([system`select pg_sleep(0.002)`]))
    await sleep(2)
  }
  await streaming
  expect((await Promise.all(answers)).flat()).not.toContainEqual(expect.objectContaining({ status: 'rejected' }))
  expect(rows.length).toBeGreaterThan(10_000_000)
})
