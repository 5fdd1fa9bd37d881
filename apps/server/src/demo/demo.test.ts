import * as customers from '@zhike/contract/identify/customers.ts'
import { loadDemo } from '@zhike/contract/platform/demo.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../test/harness.ts'

let server: TestServer
let boss: TestUser

beforeAll(async () => {
  server = await startTestServer()
  // The demo comes in with a key of the first administrator.
  boss = await server.given.administrator()
  await server.owner`insert into user_role (user_id, role_id) select ${boss.id}, id from role where code = 'administrator'`
})
afterAll(() => server.stop())

test('only who runs the system loads the demo', async () => {
  const clerk = await server.given.user({ grants: ['import.run', 'customer.create'] })
  expect(await refusal(server.as(clerk)(loadDemo, { body: {} }))).toMatchObject({ status: 403, problem: 'right-missing' })
})

test('an empty company gets the generated one, marked as such, with progress; a second time is refused', async () => {
  const call = server.as(boss)
  const started = await call(loadDemo, { body: { people: 60 } })
  expect(await refusal(call(loadDemo, { body: { people: 60 } }))).toMatchObject({ problem: 'company-not-empty' })
  expect((await call(settings.get, {})).generated).toBe(true)
  const stages = new Set<string | null>()
  await expect
    .poll(
      async () => {
        const job = await call(jobs.get, { params: { id: started.id } })
        stages.add(job.stage)
        return [job.state, job.problem]
      },
      { timeout: 60_000, interval: 50 },
    )
    .toEqual(['done', null])
  const { done, total, result } = await call(jobs.get, { params: { id: started.id } })
  expect(done).toBe(total)
  expect(done).toBe(result?.['rows'])
  expect(stages).toContain('customers')
  expect((await call(customers.count, { query: {} })).count).toBeGreaterThan(30)
  expect(await refusal(call(loadDemo, { body: {} }))).toMatchObject({ problem: 'company-not-empty' })
}, 90_000)
