import { get, openApi } from '@zhike/contract/platform/system.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer } from '../../../test/harness.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
})
afterAll(() => server.stop())

const fetchText = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + path, { headers })
  return { status: response.status, text: await response.text() }
}

test('the process says that it lives and that it is ready', async () => {
  expect(await fetchText('/healthz')).toMatchObject({ status: 200 })
  const ready = await fetchText('/readyz')
  expect(JSON.parse(ready.text)).toEqual({ status: 'ready', checks: { database: true, warehouse: true, schema: true } })
})

test('it is not ready while the schema is not its own', async () => {
  const [last] = await server.owner<
    { number: number }[]
  >`delete from schema_migration where number = (select max(number) from schema_migration) returning *`
  expect(await fetchText('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('"schema":false') })
  await server.owner`insert into schema_migration ${server.owner(last as never)}`
  expect(await fetchText('/readyz')).toMatchObject({ status: 200 })
})

describe('metrics', () => {
  test('tell of requests by route, engines, readers, jobs and this process', async () => {
    const admin = await server.given.administrator()
    await server.as(admin)(get, {})
    await server.owner`insert into outbox_cursor (reader, xid, position) values ('a-reader', '0', 0) on conflict do nothing`
    const { text } = await fetchText('/metrics')
    expect(text).toMatch(/zhike_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/system",status="200"\} 1/)
    expect(text).toContain('zhike_engine_up{engine="database"} 1')
    expect(text).toContain('zhike_engine_up{engine="warehouse"} 1')
    expect(text).toContain('zhike_outbox_lag_seconds{reader="a-reader"}')
    expect(text).toContain('zhike_jobs{state="running"}')
    expect(text).toMatch(/nodejs_eventloop_lag_seconds \d/)
    expect(text).toMatch(/process_resident_memory_bytes \d/)
  })

  test('are for this machine, or for those who manage the system', async () => {
    const [admin, user] = await Promise.all([server.given.administrator(), server.given.user()])
    const behindProxy = { 'x-forwarded-for': '203.0.113.9' }
    expect((await fetchText('/metrics', behindProxy)).status).toBe(401)
    expect((await fetchText('/metrics', { ...behindProxy, authorization: `Bearer ${user.apiKey}` })).status).toBe(403)
    expect((await fetchText('/metrics', { ...behindProxy, authorization: `Bearer ${admin.apiKey}` })).status).toBe(200)
  })
})

test('the state of the installation is told to those who manage it', async () => {
  const [admin, user] = await Promise.all([server.given.administrator(), server.given.user()])
  const state = await server.as(admin)(get, {})
  expect(state.engines).toEqual([
    { name: 'database', kind: 'external', up: true, version: expect.stringMatching(/^18\./) },
    { name: 'warehouse', kind: 'external', up: true, version: expect.stringMatching(/^2\d\.\d+/) },
  ])
  expect(state.schema.current).toBe(state.schema.known)
  expect(state.disk.total).toBeGreaterThan(state.disk.free)
  expect(state.memory.application).toBeGreaterThan(10_000_000)
  expect(await refusal(server.as(user)(get, {}))).toMatchObject({ status: 403 })
})

describe('the description of the API', () => {
  test('is OpenAPI 3.1 and names every route that is served', async () => {
    const document = (await server.as(undefined)(openApi, {})) as unknown as Document
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = servedRoutes(server.app.http.printRoutes({ commonPrefix: false, includeHooks: false }))
      .filter((each) => each.includes(' /api/v1/') && !each.startsWith('HEAD'))
      .map((each) => each.replaceAll(/:(\w+)/g, '{$1}'))
    expect(served.length).toBeGreaterThan(5)
    expect([...described].sort()).toEqual(served.sort())
  })

  test('holds together: ids are unique, references lead somewhere, path parameters are declared', async () => {
    const document = (await server.as(undefined)(openApi, {})) as unknown as Document
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    )
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect({ path, parameters: declared.sort() }).toEqual({ path, parameters: named.sort() })
      expect({ path, open: operation.security.length === 0 }).toEqual({ path, open: operation['x-right'] === 'public' })
      expect(Object.keys(operation.responses).filter((status) => status.startsWith('2'))).toHaveLength(1)
      expect(operation.responses['503']?.content).toHaveProperty(['application/problem+json'])
    }
    const text = JSON.stringify(document)
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas).toHaveProperty([name])
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)[^"]*"/g)).toBeNull()
    expect(text).not.toContain('"$schema"')
  })
})

/** The router's tree, written with four characters per level, as `METHOD /path`. */
function servedRoutes(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
    const level = indent.length / 4
    above.splice(level, above.length, part)
    return methods?.split(', ').map((method) => `${method} ${above.join('')}`) ?? []
  })
}

interface Operation {
  operationId: string
  parameters?: { in: string; name: string }[]
  security: unknown[]
  'x-right': string
  responses: Record<string, { content?: unknown }>
}

interface Document {
  openapi: string
  info: unknown
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}
