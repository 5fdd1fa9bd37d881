import { Writable } from 'node:stream'
import { get } from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { createLogger } from './logger.ts'

const lines: Record<string, unknown>[] = []
const logger = createLogger(
  'debug',
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()))
      done()
    },
  }),
)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'], logger })
})
afterAll(() => server.stop())

test('each request is one line with its id, route, status, time and person, and nothing of what was sent', async () => {
  const user = await server.given.user({ grants: ['job.read'] })
  const id = '00000000-0000-7000-8000-000000000001'
  await server
    .as(user)(get, { params: { id } })
    .catch(() => {})
  await expect.poll(() => lines.filter(({ route }) => route === '/api/v1/jobs/:id')).toHaveLength(1)
  const line = lines.find(({ route }) => route === '/api/v1/jobs/:id')
  expect(line).toMatchObject({ requestId: expect.any(String), method: 'GET', status: 404, ms: expect.any(Number), userId: user.id })
  expect(JSON.stringify(lines)).not.toContain(user.apiKey)
  expect(JSON.stringify(line)).not.toContain(id)
})

test('secrets and personal values are not written, nor what PostgreSQL quotes of the data', async () => {
  lines.length = 0
  const error = await server.owner`select ${'13812345678 王小明'}::text::int`.catch((caught: unknown) => caught)
  logger.error({ err: error }, 'failed')
  const taken =
    await server.owner`insert into users (id, name, email) select gen_random_uuid(), 'x', 'wang@example.com' from generate_series(1, 2)`.catch(
      (caught: unknown) => caught,
    )
  logger.error({ err: taken }, 'failed')
  logger.info({ user: { email: 'wang@example.com', password: 'pw-1234' }, request: { body: { phone: '13812345678' } } }, 'noted')
  const text = JSON.stringify(lines)
  expect(lines).toHaveLength(3)
  for (const value of ['13812345678', '王小明', 'wang@example.com', 'pw-1234']) expect(text).not.toContain(value)
  expect(lines[0]).toMatchObject({ err: { code: expect.stringMatching(/^22/) } })
  expect(lines[1]).toMatchObject({ err: { code: '23505', table: 'users', constraint: 'users_email_key' } })
})
