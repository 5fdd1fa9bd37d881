import * as customers from '@zhike/contract/identify/customers.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

test('the number of customers somebody sees is that of the list that they see themselves', async () => {
  const north = await server.given.team('North')
  const south = await server.given.team('South')
  const ana = await server.given.user({ grants: ['customer.read'], scope: 'team', teams: [north] })
  const ben = await server.given.user({ grants: ['customer.read'], scope: 'own' })
  const create = async (name: string, ownerId: string | null, teamId: string | null) => {
    const { id } = await server.as(admin)(customers.create, { body: { kind: 'person', values: { name } } })
    await server.owner`update customer set owner_id = ${ownerId}, team_id = ${teamId} where id = ${id}`
  }
  await create('一', null, north)
  await create('二', ben.id, north)
  await create('三', null, south)
  const seenBy = (user: TestUser) => server.as(admin)(users.customersSeen, { params: { id: user.id } })
  for (const user of [ana, ben, admin]) expect(await seenBy(user)).toEqual(await server.as(user)(customers.count, {}))
  expect((await seenBy(ana)).count).toBe(2)
  const none = await server.given.user({ grants: ['job.read'] })
  expect(await seenBy(none)).toEqual({ count: 0, exact: true })
})

test('nobody else is told, and of a stranger nothing is known', async () => {
  const other = await server.given.user({ grants: ['customer.read'] })
  expect(await refusal(server.as(other)(users.customersSeen, { params: { id: admin.id } }))).toMatchObject({ status: 403 })
  const id = '00000000-0000-7000-8000-000000000000'
  expect(await refusal(server.as(admin)(users.customersSeen, { params: { id } }))).toMatchObject({ problem: 'user-not-found' })
})
