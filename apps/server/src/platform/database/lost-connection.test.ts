import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
})
afterAll(() => server.stop())

test('a process outlives the death of its connections in the middle of transactions, and the pool is whole again', async () => {
  const { system } = server.app.database
  // An error that nobody can catch fails the whole run of the tests, and would end the server.
  let lost = 0
  for (let round = 0; round < 10; round++) {
    const broken = Array.from({ length: 8 }, (_, n) =>
      system
        .begin(async (tx) => {
          await tx`select 1`
          for (let step = 0; step < 200; step++) await tx`select pg_sleep(${n * 0.0005})`
        })
        .then(
          () => 'finished',
          (error: { code?: string }) => error.code,
        ),
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    await server.owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'zhike_system' and datname = current_database()`
    for (const code of await Promise.all(broken)) {
      expect(['finished', 'CONNECTION_CLOSED', '57P01', 'ECONNRESET', 'EPIPE']).toContain(code)
      if (code !== 'finished') lost += 1
    }
    await new Promise((resolve) => setTimeout(resolve, 150))
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => system<{ n: number }[]>`select ${n}::int as n`.then(([row]) => row?.n)),
    )
    expect(answers).toEqual(Array.from({ length: 16 }, (_, n) => n))
  }
  expect(lost).toBeGreaterThan(20)
})
