import * as customers from '@zhike/contract/identify/customers.ts'
import type { FieldAccess } from '@zhike/contract/platform/rights.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

let server: TestServer
let admin: TestUser
let customer: customers.Customer

const secret = {
  phone: '13812346721',
  email: 'weimin.zhang@example.com',
  idNumber: '330106199002031232',
  address: '文三路 998 号',
  note: '不要打电话给他太太',
}

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  customer = await server.as(admin)(customers.create, {
    body: {
      kind: 'person',
      values: { name: '张伟民', ...secret, taboo: '花生过敏', birthDate: { calendar: 'solar', year: 1990, month: 2, day: 3, leap: false } },
    },
  })
})
afterAll(() => server.stop())

const reader = (personal: FieldAccess, sensitive: FieldAccess = personal) =>
  server.given.user({ grants: ['customer.read', 'customer.edit', 'customer.create'], personal, sensitive })
const get = (user: TestUser, purpose?: string) =>
  server.as(user)(customers.get, { params: { id: customer.id } }, purpose ? { headers: { 'zhike-purpose': purpose } } : {})
const clearViews = () => server.owner`select user_id, details from audit_event where action = 'customer.view-clear'`
const secrets = [...Object.values(secret), '花生', '+8613812346721']

describe('what a reader sees', () => {
  test('masked: the shape of each value and no more, whatever the purpose', async () => {
    const user = await reader('masked')
    for (const purpose of [undefined, 'sales']) {
      const seen = await get(user, purpose)
      expect(seen).toMatchObject({
        phone: '138****6721',
        email: 'w***@example.com',
        values: {
          phone: '138****6721',
          idNumber: '330106********1232',
          address: '****',
          note: '****',
          taboo: '****',
          birthDate: { year: 1990 },
        },
        hidden: [],
      })
      expect(seen.values.birthDate).not.toHaveProperty('day')
      const text = JSON.stringify(seen)
      for (const each of secrets) expect(text).not.toContain(each)
    }
    expect(await clearViews()).toHaveLength(0)
  })

  test('hidden: the fields are not there, and nothing tells whether they hold a value', async () => {
    const user = await reader('hidden')
    const seen = await get(user)
    expect(seen).toMatchObject({ phone: null, email: null, masked: [] })
    expect(seen.hidden).toEqual(expect.arrayContaining(['phone', 'email', 'idNumber', 'address', 'note', 'birthDate', 'taboo']))
    expect(seen.identities.map(({ kind }) => kind)).toEqual([])
    const bare = await server.as(admin)(customers.create, { body: { kind: 'person', values: { name: '张伟民二' } } })
    const other = await server.as(user)(customers.get, { params: { id: bare.id } })
    expect([Object.keys(seen.values), Object.keys(seen.provenance), seen.hidden]).toEqual([
      Object.keys(other.values),
      Object.keys(other.provenance),
      other.hidden,
    ])
  })

  test('clear: masks without a purpose, values with one, and the viewing is in the log once, without values', async () => {
    const user = await reader('clear')
    expect((await get(user)).phone).toBe('138****6721')
    const seen = await get(user, 'service')
    expect(seen).toMatchObject({ phone: '+8613812346721', values: { ...secret, phone: '+8613812346721' }, masked: [] })
    const events = await clearViews()
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ user_id: user.id, details: { purpose: 'service' } })
    const [log] = await server.owner<{ text: string }[]>`select string_agg(details::text, ' ') as text from audit_event`
    for (const each of secrets) expect(log?.text).not.toContain(each)
  })

  test('a list shows masks even with a purpose', async () => {
    const user = await reader('clear')
    const { items } = await server.as(user)(customers.list, {}, { headers: { 'zhike-purpose': 'service' } })
    expect(items.find(({ id }) => id === customer.id)?.phone).toBe('138****6721')
  })

  test('an unknown purpose is refused', async () => {
    expect(await refusal(get(await reader('clear'), 'curiosity'))).toMatchObject({ status: 400, fields: ['header.zhike-purpose'] })
  })

  test('fifty clear views in an hour and not one more, also at once', async () => {
    const user = await reader('clear')
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        get(user, 'service').then(
          () => 'ok',
          (error) => error.problem as string,
        ),
      ),
    )
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(50)
    expect(new Set(answers)).toEqual(new Set(['ok', 'too-many-requests']))
    expect((await get(user)).phone).toBe('138****6721')
  })
})

describe('side doors', () => {
  const list = (user: TestUser, query: object) => server.as(user)(customers.list, { query: query as never })
  const by = (field: string, operator: string, value?: unknown) => ({ filter: { match: 'all', conditions: [{ field, operator, value }] } })

  test.each([
    ['starts-with', '+86138'],
    ['in', ['13812346721']],
    ['empty', undefined],
    ['not-empty', undefined],
  ])('who sees a mask may not filter by %s', async (operator, value) => {
    expect(await refusal(list(await reader('masked'), by('phone', operator, value)))).toMatchObject({ status: 400 })
  })

  test('who sees a mask may look up the whole value; from whom it is hidden, not even that', async () => {
    expect((await list(await reader('masked'), by('phone', 'is', '138 1234 6721'))).items).toHaveLength(1)
    expect((await list(await reader('masked'), by('email', 'is', secret.email))).items).toHaveLength(1)
    expect(await refusal(list(await reader('hidden'), by('phone', 'is', '13812346721')))).toMatchObject({
      fields: ['query.filter.conditions.0.field'],
    })
    expect(
      await refusal(server.as(await reader('hidden'))(customers.count, { query: by('email', 'is', secret.email) as never })),
    ).toMatchObject({ status: 400 })
  })

  test.each<[FieldAccess, string, number]>([
    ['clear', '81234', 1],
    ['clear', 'weimin.zhang@', 1],
    ['clear', '13812346721', 1],
    ['masked', '81234', 0],
    ['masked', '138123467', 0],
    ['masked', '1381', 0],
    ['masked', 'weimin.zhang@', 0],
    ['masked', '13812346721', 1],
    ['masked', '6721', 1],
    ['masked', '#6721', 0],
    ['masked', '=+8613812346721', 0],
    ['masked', secret.email, 1],
    ['hidden', '13812346721', 0],
    ['hidden', '6721', 0],
    ['hidden', secret.email, 0],
    ['hidden', '张伟民', 2],
  ])('%s: a search for %s finds %i', async (access, search, count) => {
    expect((await list(await reader(access), { search })).items).toHaveLength(count)
  })

  test('a cursor holds nothing of a covered field', async () => {
    const { next } = await list(await reader('masked'), { limit: 1, search: '6721', sort: 'createdAt' })
    const page = await list(await reader('masked'), { limit: 1 })
    for (const cursor of [next, page.next]) {
      expect(Buffer.from(cursor ?? '', 'base64url').toString()).not.toMatch(/13812346721|weimin/)
    }
  })

  test('a mask that is sent back is not taken for a value', async () => {
    const user = await reader('masked')
    const seen = await get(user)
    for (const values of [{ phone: seen.phone ?? '' }, { address: '****' }, { note: '****' }]) {
      const call = server.as(user)(customers.edit, { params: { id: customer.id }, body: { values } }, { version: seen.version })
      expect(await refusal(call)).toMatchObject({ status: 400, fields: [`body.values.${Object.keys(values)[0]}`] })
    }
  })

  test('fields that may not be seen may not be written or locked', async () => {
    const user = await reader('masked', 'hidden')
    const { version } = await get(user)
    const edit = (body: customers.CustomerEdit) => server.as(user)(customers.edit, { params: { id: customer.id }, body }, { version })
    expect(await refusal(edit({ values: { idNumber: null } }))).toMatchObject({ fields: ['body.values.idNumber'] })
    expect(await refusal(edit({ lock: ['taboo'] }))).toMatchObject({ fields: ['body.lock.0'] })
  })

  test('the history covers what the page covers', async () => {
    const history = async (access: FieldAccess) =>
      JSON.stringify(await server.as(await reader(access))(customers.history, { params: { id: customer.id } }))
    const [masked, hidden] = [await history('masked'), await history('hidden')]
    for (const each of secrets) expect(masked + hidden).not.toContain(each)
    expect(masked).toContain('138****6721')
    expect(hidden).not.toMatch(/phone|email|idNumber|138\*/)
  })

  test('of somebody out of sight a duplicate tells the owner’s name and nothing else', async () => {
    const stranger = await server.given.user({ grants: ['customer.read', 'customer.create'], scope: 'own' })
    const call = server.as(stranger)(customers.create, { body: { kind: 'person', values: { name: '张伟民', phone: '13812346721' } } })
    const problem = await call.then(
      () => undefined,
      (error) => error.body as Record<string, unknown>,
    )
    expect(problem).toMatchObject({ type: '/problems/customer-exists-elsewhere', owner: admin.name })
    expect(Object.keys(problem ?? {}).sort()).toEqual(['detail', 'owner', 'requestId', 'status', 'title', 'type'])
  })
})
