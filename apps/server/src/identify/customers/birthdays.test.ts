import { birthdaysThisWeek } from '@zhike/contract/identify/birthdays-this-week.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { BirthDate } from '@zhike/contract/identify/profile-fields.ts'
import { SolarDay } from 'tyme4ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'

const dayMs = 86_400_000
/** Two places whose calendars never show the same day. */
const [east, west] = ['Pacific/Kiritimati', 'Etc/GMT+12']

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterEach(() => server.owner`update company set time_zone = 'Asia/Shanghai'`)
afterAll(() => server.stop())

/** A day of the company's calendar, so many days from today. */
const dayAhead = (days: number, timeZone = 'Asia/Shanghai'): SolarDay => {
  const [year, month, day] = new Date(Date.now() + days * dayMs).toLocaleDateString('sv-SE', { timeZone }).split('-').map(Number)
  return SolarDay.fromYmd(year ?? 0, month ?? 0, day ?? 0)
}
const solar = (at: SolarDay, year: number | null): BirthDate => ({
  calendar: 'solar',
  year,
  month: at.getMonth(),
  day: at.getDay(),
  leap: false,
})
const lunar = (at: SolarDay, year: number | null): BirthDate => {
  const { month, day } = { month: at.getLunarDay().getLunarMonth(), day: at.getLunarDay().getDay() }
  return { calendar: 'lunar', year, month: month.getMonth(), day, leap: month.isLeap() }
}

const give = (name: string, birthDate: BirthDate) =>
  server.as(admin)(customers.create, { body: { kind: 'person', values: { name, birthDate } } })
const within = (days: number): customers.Filter => ({
  match: 'all',
  conditions: [{ field: 'birthday', operator: 'within-days', value: days }],
})
const listed = async (filter: customers.Filter, as: TestUser = admin) => {
  const { items } = await server.as(as)(customers.list, { query: { filter } })
  expect((await server.as(as)(customers.count, { query: { filter, exact: true } })).count).toBe(items.length)
  return items.map(({ name }) => name).sort()
}

describe('birthdays of the next seven days', () => {
  beforeAll(async () => {
    await give('solar, today', solar(dayAhead(0), 1988))
    await give('solar, of an unknown year, the last day', solar(dayAhead(6), null))
    await give('solar, a day too late', solar(dayAhead(7), 1988))
    await give('solar, yesterday', solar(dayAhead(-1), 1988))
    await give('lunar, in two days', lunar(dayAhead(2), 1976))
    await give('lunar, of an unknown year, in three days', lunar(dayAhead(3), null))
    await give('lunar, in three weeks', lunar(dayAhead(21), 1976))
    await server.as(admin)(customers.create, { body: { kind: 'person', values: { name: 'without a birth date' } } })
  })

  test('are of today and the six days after it, by either calendar, whether the year is known or not', async () => {
    expect(await listed(birthdaysThisWeek)).toEqual([
      'lunar, in two days',
      'lunar, of an unknown year, in three days',
      'solar, of an unknown year, the last day',
      'solar, today',
    ])
    expect(await listed(within(1))).toEqual(['solar, today'])
    expect(await listed(within(8))).toContain('solar, a day too late')
    expect(
      await listed({
        match: 'all',
        conditions: [...birthdaysThisWeek.conditions, { field: 'name', operator: 'starts-with', value: 'lunar' }],
      }),
    ).toHaveLength(2)
  })

  test('follow a birth date that is changed', async () => {
    const made = await give('moved', solar(dayAhead(30), 1990))
    expect(await listed(within(1))).not.toContain('moved')
    const body = { values: { birthDate: solar(dayAhead(0), 1990) } }
    await server.as(admin)(customers.edit, { params: { id: made.id }, body }, { version: made.version })
    expect(await listed(within(1))).toContain('moved')
    const { version } = await server.as(admin)(customers.get, { params: { id: made.id } })
    await server.as(admin)(customers.edit, { params: { id: made.id }, body: { values: { birthDate: null } } }, { version })
    expect(await listed(within(7))).not.toContain('moved')
  })

  test('tell on which day each is kept, to who sees the birth date in clear', async () => {
    const { id } = await give('in five days', lunar(dayAhead(5), 1976))
    const shown = (purpose?: string) =>
      server.as(admin)(customers.get, { params: { id } }, purpose ? { headers: { 'zhike-purpose': purpose } } : {})
    expect((await shown()).nextBirthday).toBeNull()
    expect((await shown('service')).nextBirthday).toBe(
      new Date(Date.now() + 5 * dayMs).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    )
  })

  test('are counted by the company’s calendar', async () => {
    await give('where the day begins', solar(dayAhead(0, east), 2000))
    await server.owner`update company set time_zone = ${east}`
    expect(await listed(within(1))).toContain('where the day begins')
    await server.owner`update company set time_zone = ${west}`
    expect(await listed(within(1))).not.toContain('where the day begins')
    expect(await listed(within(3))).toContain('where the day begins')
  })

  test('a leap month and 29 February keep their own day', async () => {
    const made = await give('leap', { calendar: 'lunar', year: 1976, month: 8, day: 3, leap: true })
    const unknown = await give('29 February', { calendar: 'solar', year: null, month: 2, day: 29, leap: false })
    const rows = await server.owner`select birthday from customer where id in (${made.id}, ${unknown.id}) order by 1`
    expect(rows).toEqual([{ birthday: 'l0803r' }, { birthday: 's0229' }])
  })

  test('are told to those alone who may see birth dates in clear, and within their scope', async () => {
    for (const personal of ['masked', 'hidden'] as const) {
      const user = await server.given.user({ grants: ['customer.read', 'customer.export'], personal })
      for (const endpoint of [customers.list, customers.count, customers.exportFile])
        expect(await refusal(server.as(user)(endpoint, { query: { filter: birthdaysThisWeek } } as never))).toMatchObject({ status: 400 })
    }
    const own = await server.given.user({ grants: ['customer.read'], scope: 'own', personal: 'clear' })
    expect(await listed(birthdaysThisWeek, own)).toEqual([])
  })

  test.each([0, 93, 1.5, '7'])('of %s days are refused', async (value) => {
    const filter = { match: 'all', conditions: [{ field: 'birthday', operator: 'within-days', value }] } as never
    expect(await refusal(server.as(admin)(customers.list, { query: { filter } }))).toMatchObject({
      fields: ['query.filter.conditions.0.value'],
    })
  })
})
