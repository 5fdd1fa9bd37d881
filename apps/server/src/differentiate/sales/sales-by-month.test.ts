import { seededRandom } from '@zhike/analytics/random.ts'
import type { Client } from '@zhike/contract/client.ts'
import { salesByMonth } from '@zhike/contract/identify/catalog.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { editAtRandom } from '../../identify/warehouse/testing/random-edits.ts'

let server: TestServer
let api: Client
beforeAll(async () => {
  server = await startTestServer()
  api = server.as(await server.given.administrator())
  await editAtRandom(server.owner, seededRandom(20_260_101), 400)
})
afterAll(() => server.stop())

/** The report, asked of the system of record. */
const truth = ({ from = '0001-01-01', to = '9999-12-31' }: { from?: string; to?: string }) => server.owner`
  with counted as (
    select o.*, (o.placed_at at time zone company.time_zone)::date as day from orders o cross join company
     where o.retracted_at is null and o.status <> 'cancelled'),
  sums as (
    select to_char(o.day, 'YYYY-MM') as month, o.day, o.sales > 0 as placed, o.sales, o.returned, l.customer_id as customer
      from counted o
      left join profile p on p.id = o.profile_id and p.retracted_at is null
      left join profile_customer l on l.profile_id = p.id
    union all
    select to_char(r.day, 'YYYY-MM'), r.day, false, 0, r.amount_reporting, null
      from counted o
     cross join company
      join lateral (select *, (returned_at at time zone company.time_zone)::date as day from order_return) r
        on r.order_id = o.id and r.retracted_at is null)
  select month, (count(*) filter (where placed))::int as orders, (count(distinct customer) filter (where placed))::int as customers,
         sum(sales)::int as sales, sum(returned)::int as returned
    from sums where day between ${from} and ${to}
   group by month order by month`

const spans = [
  {},
  { from: '2023-05-17' },
  { to: '2024-02-29' },
  { from: '2023-03-01', to: '2023-03-31' },
  { from: '2023-07-09', to: '2023-07-12' },
]

test.each(spans)(
  'after links, splits, corrections, cancellations and retractions they are those of the system of record: %j',
  async (span) => {
    await server.app.sync.caughtUp()
    const { months } = await api(salesByMonth, { query: span })
    expect(months).toEqual([...(await truth(span))])
  },
)

test('a warehouse built anew says the same', async () => {
  const { months } = await api(salesByMonth, { query: {} })
  await server.app.sync.rebuild()
  expect((await api(salesByMonth, { query: {} })).months).toEqual(months)
})
