import { endpoint } from '@zhike/contract/endpoint.ts'
import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import { openApi } from '@zhike/contract/platform/system.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { expectedByPolicy, needOf } from '../../../test/policy.ts'
import { route } from '../http/route.ts'
import { createHttpServer } from '../http/server.ts'
import { builtInRoles } from './built-in-roles.ts'

let server: TestServer
let operations: { method: string; path: string }[]

beforeAll(async () => {
  server = await startTestServer()
  const document = (await server.as(undefined)(openApi, {})) as { paths: Record<string, Record<string, unknown>> }
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/^\/api\/v1/, '').replace(/\{\w+\}/g, 'x') })),
  )
})
afterAll(() => server.stop())

/** How the door answers. The query key is known to no route: whoever is let in gets no further than the check of the request. */
async function knock({ method, path }: { method: string; path: string }, user: TestUser | undefined): Promise<string> {
  const response = await fetch(`${server.url}/api/v1${path}?no_such_key=1`, {
    method,
    headers: {
      ...(user ? { authorization: `Bearer ${user.apiKey}` } : {}),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  })
  const { type } = (await response.json()) as { type: string }
  if (type === '/problems/not-signed-in') return 'refused: 401'
  if (type === '/problems/right-missing') return 'refused: 403'
  expect(response.status, `${method} ${path} answers ${type}`).toBe(400)
  return 'let in'
}

test('the policy speaks of every route', () => {
  expect(operations.length).toBeGreaterThan(60)
  expect(operations.filter(({ method, path }) => needOf(method, path) === undefined)).toEqual([])
})

test('role × route: every built-in role, and nobody, is let in exactly where the policy says', { timeout: 120_000 }, async () => {
  const wrong: string[] = []
  for (const role of [undefined, ...builtInRoles]) {
    const held = role?.grants.map(({ right }) => right)
    const user = role && (await server.given.user({ grants: role.grants, personal: role.personal, sensitive: role.sensitive }))
    const answers = await Promise.all(operations.map(async (operation) => ({ operation, answer: await knock(operation, user) })))
    for (const { operation, answer } of answers) {
      const expected = expectedByPolicy(operation.method, operation.path, held)
      if (answer !== expected)
        wrong.push(`${role?.code ?? 'nobody'}: ${operation.method} ${operation.path}: ${answer}, expected ${expected}`)
    }
  }
  expect(wrong).toEqual([])
})

test('right × route: somebody with one right alone is let in where the policy asks for that right', { timeout: 120_000 }, async () => {
  const wrong: string[] = []
  for (const right of Object.keys(rights) as Right[]) {
    const user = await server.given.user({ grants: [right] })
    const answers = await Promise.all(operations.map(async (operation) => ({ operation, answer: await knock(operation, user) })))
    for (const { operation, answer } of answers) {
      if (answer !== expectedByPolicy(operation.method, operation.path, [right]))
        wrong.push(`${right}: ${operation.method} ${operation.path}: ${answer}`)
    }
  }
  expect(wrong).toEqual([])
})

test('a route that does not say who may use it stops the start', async () => {
  const undeclared = endpoint({ method: 'GET', path: '/open-by-mistake', access: undefined as never, summary: '', reply: z.null() })
  const start = createHttpServer({
    database: server.app.database,
    authenticate: async () => undefined,
    routes: [route(undeclared, () => null)],
    secret: '',
    uploadLimit: 1,
    trustedProxies: [],
    enginesUp: () => true,
    checkReplies: true,
  })
  await expect(start).rejects.toThrow('GET /open-by-mistake declares no access')
})
