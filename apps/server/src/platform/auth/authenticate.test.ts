import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, startTestServer } from '../../../test/harness.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('smoke', async () => {
  const admin = await server.given.administrator()
  const r = await fetch(`${server.url}/api/v1/session`, { headers: { authorization: `Bearer ${admin.apiKey}` } })
  expect(r.status).toBe(404)
})
