import type { RoleDraft } from '@zhike/contract/platform/roles.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
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

const email = () => `${Math.random().toString(36).slice(2)}@firm.example`
const closure = () => server.owner<{ a: string; d: string; depth: number }[]>`
  select a.name as a, d.name as d, c.depth from team_closure c join team a on a.id = c.ancestor_id join team d on d.id = c.descendant_id
  order by 1, 2`

test('an invited person is in the list as invited, with roles named in the reader’s language', async () => {
  const call = server.as(admin)
  const sales = (await call(roles.list, {})).items.find(({ code }) => code === 'sales')
  const address = email()
  const { user, invitation } = await call(users.invite, { body: { name: '王芳', email: address, roleIds: [sales?.id ?? ''], teamIds: [] } })
  expect(user).toMatchObject({ state: 'invited', email: address, roles: [{ name: '销售' }] })
  expect(invitation.url).toMatch(/\/link#[\w-]{43}$/)
  const found = await call(users.list, { query: { search: '王芳', state: 'invited' } })
  expect(found.items.map(({ id }) => id)).toEqual([user.id])
  expect(await refusal(call(users.invite, { body: { name: 'x', email: address.toUpperCase(), roleIds: [], teamIds: [] } }))).toMatchObject({
    problem: 'email-taken',
  })
})

test('a list of people is paged without gap or repetition', async () => {
  const call = server.as(admin)
  for (const name of ['P1', 'P2', 'P3', 'P4', 'P5']) await call(users.invite, { body: { name, email: email(), roleIds: [], teamIds: [] } })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await call(users.list, { query: { search: 'P', limit: 2, ...(after ? { after } : {}) } })
    seen.push(...page.items.map(({ name }) => name))
    after = page.next ?? undefined
  } while (after)
  expect(seen.filter((name) => /^P\d$/.test(name))).toEqual(['P1', 'P2', 'P3', 'P4', 'P5'])
  expect(await refusal(call(users.list, { query: { after: 'nonsense' } }))).toMatchObject({ status: 400, fields: ['query.after'] })
})

test('a picker is given names by a part of them; beside a record also that of somebody who has left', async () => {
  const [stays, left] = [await server.given.user({ name: '陆羽' }), await server.given.user({ name: '陆游' })]
  await server.owner`update users set disabled_at = now() where id = ${left.id}`
  const named = async (query: { search?: string; ids?: string[] }) =>
    (await server.as(stays)(users.names, { query })).items.map(({ name }) => name)
  expect(await named({ search: '陆' })).toEqual(['陆羽'])
  expect(await named({ ids: [left.id, stays.id] })).toEqual(expect.arrayContaining(['陆羽', '陆游']))
})

test('nobody grants more than they have, by role, by membership or by a link', async () => {
  const helper = await server.given.user({ grants: ['user.manage', 'customer.read'], scope: 'team' })
  const as = server.as(helper)
  const draft: RoleDraft = {
    name: 'wider',
    grants: [{ right: 'customer.read', scope: 'all', pool: false }],
    personal: 'masked',
    sensitive: 'hidden',
  }
  expect(await refusal(as(roles.create, { body: draft }))).toMatchObject({ status: 403, problem: 'grant-exceeds-own' })
  expect(await refusal(as(roles.create, { body: { ...draft, grants: [], personal: 'clear' } }))).toMatchObject({
    problem: 'grant-exceeds-own',
  })
  const administrator = (await as(roles.list, {})).items.find(({ code }) => code === 'administrator')
  const wish = { name: 'x', email: email(), roleIds: [administrator?.id ?? ''], teamIds: [] }
  expect(await refusal(as(users.invite, { body: wish }))).toMatchObject({ problem: 'grant-exceeds-own' })
  expect(await refusal(as(users.link, { params: { id: admin.id } }))).toMatchObject({ problem: 'grant-exceeds-own' })
  expect(await refusal(as(users.edit, { params: { id: admin.id }, body: { enabled: false } }, { version: 1 }))).toMatchObject({
    problem: 'grant-exceeds-own',
  })
  const foreign = await server.given.team('Foreign')
  expect(await refusal(as(users.edit, { params: { id: helper.id }, body: { teamIds: [foreign] } }, { version: 1 }))).toMatchObject({
    problem: 'grant-exceeds-own',
  })
  expect(await as(roles.create, { body: { ...draft, grants: [{ right: 'customer.read', scope: 'own' }] } })).toMatchObject({ members: 0 })
})

test('the last administrator cannot be demoted or disabled, the last but one can', async () => {
  const call = server.as(admin)
  const administrator = (await call(roles.list, {})).items.find(({ code }) => code === 'administrator')?.id ?? ''
  const first = await server.given.user()
  const second = await server.given.user()
  await server.owner`insert into user_role (user_id, role_id) values (${first.id}, ${administrator}), (${second.id}, ${administrator})`
  const version = 1
  const disabled = await call(users.edit, { params: { id: first.id }, body: { enabled: false } }, { version })
  expect(disabled.state).toBe('disabled')
  expect(await refusal(call(users.edit, { params: { id: second.id }, body: { enabled: false } }, { version }))).toMatchObject({
    problem: 'last-administrator',
  })
  expect(await refusal(call(users.edit, { params: { id: second.id }, body: { roleIds: [] } }, { version }))).toMatchObject({
    problem: 'last-administrator',
  })
})

test('of two who take the last two administrators away at once, one is refused', async () => {
  const call = server.as(admin)
  const administrator = (await call(roles.list, {})).items.find(({ code }) => code === 'administrator')?.id ?? ''
  await server.owner`delete from user_role where role_id = ${administrator}`
  const pair = [await server.given.user(), await server.given.user()]
  for (const { id } of pair) await server.owner`insert into user_role (user_id, role_id) values (${id}, ${administrator})`
  const results = await Promise.allSettled(
    pair.map(({ id }) => call(users.edit, { params: { id }, body: { enabled: false } }, { version: 1 })),
  )
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('an edit names the version it was made from', async () => {
  const call = server.as(admin)
  const person = await server.given.user()
  expect(await refusal(call(users.edit, { params: { id: person.id }, body: { name: 'New' } }))).toMatchObject({ status: 428 })
  await call(users.edit, { params: { id: person.id }, body: { name: 'New' } }, { version: 1 })
  expect(await refusal(call(users.edit, { params: { id: person.id }, body: { name: 'Newer' } }, { version: 1 }))).toMatchObject({
    status: 412,
  })
})

test('a moved team takes everything below along, and never below itself', async () => {
  const call = server.as(admin)
  const make = (name: string, parentId: string | null) => call(teams.create, { body: { name, parentId } })
  const a = await make('A', null)
  const b = await make('B', a.id)
  const c = await make('C', b.id)
  const d = await make('D', null)
  expect(await refusal(call(teams.edit, { params: { id: a.id }, body: { parentId: c.id } }, { version: 1 }))).toMatchObject({
    problem: 'team-circle',
  })
  expect(await refusal(call(teams.edit, { params: { id: a.id }, body: { parentId: a.id } }, { version: 1 }))).toMatchObject({
    problem: 'team-circle',
  })
  await call(teams.edit, { params: { id: b.id }, body: { parentId: d.id } }, { version: 1 })
  const rows = (await closure()).filter(({ a: above, d: below }) => 'ABCD'.includes(above) && 'ABCD'.includes(below))
  expect(rows.map(({ a: above, d: below, depth }) => `${above}${below}${depth}`)).toEqual(['AA0', 'BB0', 'BC1', 'CC0', 'DB1', 'DC2', 'DD0'])
  expect(await refusal(make('B', d.id))).toMatchObject({ problem: 'team-name-taken' })
  expect(await refusal(call(teams.remove, { params: { id: b.id } }))).toMatchObject({ problem: 'team-in-use' })
  await call(teams.remove, { params: { id: c.id } })
  expect(await refusal(call(teams.remove, { params: { id: c.id } }))).toMatchObject({ problem: 'team-not-found' })
})

test('built-in roles stay as they are; own roles go when nobody has them', async () => {
  const call = server.as(admin)
  const viewer = (await call(roles.list, {})).items.find(({ code }) => code === 'viewer')
  const target = { params: { id: viewer?.id ?? '' } }
  expect(await refusal(call(roles.edit, { ...target, body: { name: 'X' } }, { version: 1 }))).toMatchObject({ problem: 'role-built-in' })
  expect(await refusal(call(roles.remove, target))).toMatchObject({ problem: 'role-built-in' })
  const own = await call(roles.create, { body: { name: 'Own', grants: [], personal: 'hidden', sensitive: 'hidden' } })
  const draft: RoleDraft = { name: 'own', grants: [], personal: 'hidden', sensitive: 'hidden' }
  expect(await refusal(call(roles.create, { body: { ...draft, name: 'Own' } }))).toMatchObject({ problem: 'role-name-taken' })
  expect(await refusal(call(roles.create, { body: { ...draft, name: '销售' } }))).toMatchObject({ problem: 'role-name-taken' })
  await server.owner`insert into user_role (user_id, role_id) values (${admin.id}, ${own.id})`
  expect(await refusal(call(roles.remove, { params: { id: own.id } }))).toMatchObject({ problem: 'role-in-use' })
  await server.owner`delete from user_role where role_id = ${own.id}`
  await call(roles.remove, { params: { id: own.id } })
})
