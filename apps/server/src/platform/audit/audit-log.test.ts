import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  for (const name of ['一组', '二组', '三组']) await server.as(admin)(teams.create, { body: { name, parentId: null } })
  await server.owner`insert into audit_event (action, object, object_id, via, details)
    values ('team.edit', 'teams', '=1+1', 'system', '{"name": "x"}')`
})
afterAll(() => server.stop())

const csv = async (user: TestUser, query: Parameters<typeof auditLog.exportFile.query.parse>[0]) =>
  (await server.as(user).raw(auditLog.exportFile, { query: auditLog.exportFile.query.parse(query) })).text()

test('the exported file holds the events of the filter, newest first, as many as the list', async () => {
  const listed = await server.as(admin)(auditLog.list, { query: { action: 'team.create' } })
  const text = await csv(admin, { action: 'team.create', purpose: 'verification', locale: 'zh' })
  const lines = text.trim().split('\r\n')
  expect(lines[0]).toContain('做了什么')
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(listed.items.map(({ id }) => String(id)))
  expect(lines).toHaveLength(4)
})

test('who did it, by what way and about what narrow the list', async () => {
  const call = server.as(admin)
  const of = async (query: Parameters<typeof call<typeof auditLog.list>>[1]['query']) =>
    (await call(auditLog.list, { query: query ?? {} })).items.map(({ action }) => action)
  expect(await of({ action: 'team.', via: 'system' })).toEqual(['team.edit'])
  expect(await of({ action: 'team.', userId: admin.id })).toEqual(['team.create', 'team.create', 'team.create'])
  expect(await of({ object: 'teams', objectId: '=1+1' })).toEqual(['team.edit'])
})

test('what looks like a formula is text in the file', async () => {
  expect(await csv(admin, { object: 'teams', objectId: '=1+1', purpose: 'verification' })).toContain("'=1+1")
})

test('taking events away is an event: what for, which, how many', async () => {
  await csv(admin, { action: 'team.create', purpose: 'legal-request' })
  const { items } = await server.as(admin)(auditLog.list, { query: { action: 'audit.export', limit: 1 } })
  expect(items[0]?.details).toEqual({ purpose: 'legal-request', filter: { action: 'team.create' }, count: 3, complete: true })
})

test('it needs the right to read the log and a purpose', async () => {
  const other = await server.given.user({ grants: ['customer.export'] })
  expect(await refusal(csv(other, { purpose: 'verification' }))).toMatchObject({ status: 403 })
  const response = await fetch(`${server.url}/api/v1/audit-events/export`, { headers: { authorization: `Bearer ${admin.apiKey}` } })
  expect(response.status).toBe(400)
})
