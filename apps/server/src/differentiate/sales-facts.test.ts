import { seededRandom } from '@zhike/analytics/random.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../test/harness.ts'
import { freshenLinks } from '../identify/warehouse/links.ts'
import { editAtRandom } from '../identify/warehouse/testing/random-edits.ts'
import { type Basis, isLive, salesFacts, salesWorth } from './sales-facts.ts'
import { giveSales } from './testing/give-sales.ts'
import { rowsOf } from './warehouse-query.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.given.administrator()
  // Enough people that some are left whatever chance does to them.
  await giveSales(
    server.owner,
    Array.from({ length: 50 }, (_, i) => ({
      orders: [0, 3, 9].map((month) => ({
        day: `2023-${String(month + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
        sales: 100 * i + month,
      })),
    })),
  )
  await editAtRandom(server.owner, seededRandom(20_260_102), 400)
})
afterAll(() => server.stop())

interface Total {
  customer: number
  last: string
  orders: number
  value: number
}

/** What each live customer has bought through a day, asked of the system of record. */
const truth = (asOf: string, returns: Basis['returns']) => server.owner<Total[]>`
  with counted as (
    select o.*, (o.placed_at at time zone company.time_zone)::date as day from orders o cross join company
     where o.retracted_at is null and o.status <> 'cancelled'),
  sums as (
    select profile_id, day, sales > 0 as counts, sales - case when ${returns === 'deduct'} then returned else 0 end as value from counted
    union all
    select o.profile_id, (r.returned_at at time zone company.time_zone)::date, false, -r.amount_reporting
      from counted o
     cross join company
      join order_return r on r.order_id = o.id and r.retracted_at is null
     where ${returns === 'deduct'})
  select c.number as customer, (max(day) filter (where counts))::text as last, count(*) filter (where counts) as orders, sum(value)::bigint as value
    from sums
    join profile p on p.id = profile_id and p.retracted_at is null
    join profile_customer l using (profile_id)
    join customer c on c.id = l.customer_id and c.live
   where day <= ${asOf}
   group by c.number
  having count(*) filter (where counts) > 0
   order by c.number`

test.each([
  ['2024-12-31', 'deduct'],
  ['2024-12-31', 'ignore'],
  ['2023-11-15', 'deduct'],
] as const)(
  'through %s (returns: %s) totals and days of customers are those of the system of record, whatever was corrected',
  async (asOf, returns) => {
    await server.app.sync.caughtUp()
    await freshenLinks(server.app.warehouse)
    const basis: Basis = { returns }
    const { customerTotals, customerDays, params } = salesFacts(basis, asOf, salesWorth(basis))
    const expected = [...(await truth(asOf, returns))]
    expect(expected.length).toBeGreaterThan(10)
    const wanted = `customer, last_day as last, orders, value`
    const fromDays = `select customer, maxIf(day, of_day > 0) as last_day, sum(of_day) as orders, sum(worth) as value
    from (select customer, day, orders as of_day, value as worth from (${customerDays})) group by customer`
    for (const totals of [customerTotals, fromDays]) {
      const sql = `select ${wanted} from (${totals}) where orders > 0 and ${isLive} order by customer`
      expect(await rowsOf<Total>(server.app.warehouse, { sql, params })).toEqual(expected)
    }
  },
)
