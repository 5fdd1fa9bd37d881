import * as customers from '@zhike/contract/identify/customers.ts'
import * as views from '@zhike/contract/identify/views.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let ana: TestUser
let bob: TestUser
let stranger: TestUser
let team: string

beforeAll(async () => {
  server = await startTestServer()
  team = await server.given.team('Riverside')
  ana = await server.given.user({ name: 'Ana', grants: ['customer.read', 'customer.create'], scope: 'all', teams: [team] })
  bob = await server.given.user({ name: 'Bob', grants: ['customer.read'], teams: [team] })
  stranger = await server.given.user({ name: 'Cy', grants: ['customer.read'] })
})
afterAll(() => server.stop())

const named = (name: string, teamId: string | null = null): views.ViewDraft => ({
  name,
  teamId,
  state: { filter: { match: 'all', conditions: [{ field: 'spent', operator: 'at-least', value: 5000 }] }, sort: 'spent' },
})
const namesFor = async (user: TestUser) => (await server.as(user)(views.list, {})).items.map(({ name }) => name)

describe('saved views', () => {
  test('a view is kept for its owner alone until it is shared; then the team sees it and nobody else', async () => {
    const view = await server.as(ana)(views.create, { body: named('Good guests') })
    expect(view).toMatchObject({ name: 'Good guests', state: named('').state, owner: { name: 'Ana' }, team: null })
    expect(await namesFor(bob)).toEqual([])
    await server.as(ana)(views.replace, { params: { id: view.id }, body: named('Best guests', team) })
    expect(await namesFor(ana)).toEqual(['Best guests'])
    expect(await namesFor(bob)).toEqual(['Best guests'])
    expect(await namesFor(stranger)).toEqual([])
  })

  test('who sees a shared view cannot change or delete it', async () => {
    const view = await server.as(ana)(views.create, { body: named('Shared', team) })
    const change = server.as(bob)(views.replace, { params: { id: view.id }, body: named('Mine now') })
    expect(await refusal(change)).toMatchObject({ status: 404, problem: 'view-not-found' })
    expect(await refusal(server.as(bob)(views.remove, { params: { id: view.id } }))).toMatchObject({ problem: 'view-not-found' })
    await server.as(ana)(views.remove, { params: { id: view.id } })
    expect(await namesFor(bob)).not.toContain('Shared')
  })

  test('a name is taken once per person, and a view is shared only with a team of one’s own', async () => {
    await server.as(ana)(views.create, { body: named('Twice') })
    expect(await refusal(server.as(ana)(views.create, { body: named('Twice') }))).toMatchObject({ problem: 'view-name-taken' })
    await server.as(stranger)(views.create, { body: named('Twice') })
    expect(await refusal(server.as(stranger)(views.create, { body: named('Other', team) }))).toMatchObject({ problem: 'team-not-found' })
  })
})

describe('jumping in a list', () => {
  test('rows passed over and rows paged to are the same rows, in every order and behind a place', async () => {
    for (let i = 0; i < 12; i += 1)
      await server.as(ana)(customers.create, {
        body: { kind: 'person', values: i % 3 ? { name: `客${i}` } : { phone: `1380000000${i % 10}` } },
      })
    for (const sort of ['createdAt', 'lastOrderAt', 'spent', 'name'] as const) {
      for (const order of ['ascending', 'descending'] as const) {
        const all = await server.as(ana)(customers.list, { query: { sort, order, limit: 50 } })
        const ids = all.items.map(({ id }) => id)
        const jumped = await server.as(ana)(customers.list, { query: { sort, order, limit: 4, skip: 5 } })
        expect(
          jumped.items.map(({ id }) => id),
          `${sort} ${order}`,
        ).toEqual(ids.slice(5, 9))
        const behind = await server.as(ana)(customers.list, { query: { sort, order, limit: 4, skip: 1, after: jumped.next! } })
        expect(
          behind.items.map(({ id }) => id),
          `${sort} ${order}`,
        ).toEqual(ids.slice(10, 14))
      }
    }
  })

  test('a place behind the end is an empty page', async () => {
    expect(await server.as(ana)(customers.list, { query: { skip: 5_000_000 } })).toEqual({ items: [], next: null })
  })
})
