import { urlOf } from '@zhike/contract/client.ts'
import { salesByMonth as endpoint } from '@zhike/contract/identify/catalog.ts'
import type { Context, Figure } from '../figure.ts'
import { monthlySalesFloor } from '../floors/warehouse.ts'
import { alternately } from '../medians.ts'
import { timed } from '../requests.ts'
import { atMost } from '../result.ts'
import type { Size } from '../world.ts'

const salesOf = (name: string, size: Size, most: number): Figure => ({
  name,
  target: `orders, buyers, sales and returns per month from the warehouse, median ≤ ${most} ms`,
  run: (context) => measure(context, name, size, most),
})

/** Half a million orders, and five million with ten million lines. */
export const sales500k = salesOf('sales-by-month-500k', 'tenth', 50)
export const sales10m = salesOf('sales-by-month-10m', 'all', 300)

async function measure(context: Context, name: string, size: Size, most: number) {
  const world = await context.world()
  await world.grow(size)
  const path = urlOf(endpoint)
  const { ours, floor } = await alternately(
    async () => (await timed(world.app, { path })).ms,
    async () => {
      const before = performance.now()
      await (await world.warehouse.query({ query: monthlySalesFloor, format: 'JSONEachRow' })).json()
      return performance.now() - before
    },
  )
  const result = await world.warehouse.query({
    query: 'select (select count() from order_fact) as orders, (select count() from order_line_fact) as lines',
    format: 'JSONEachRow',
  })
  const [counts] = await result.json<{ orders: number; lines: number }>()
  return [atMost({ name, value: ours, floor, unit: 'ms', note: `${counts?.orders} orders, ${counts?.lines} lines` }, most)]
}
