import type { SalesBasis } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import { customerOf } from '../identify/warehouse/customer-facts.ts'

/** The contract's, its channels by their numbers in the facts. */
export type Basis = Omit<z.output<typeof SalesBasis>, 'channels'> & { channels?: readonly number[] }

/** Which sales a statement counts, with its bound values. Signed rows are summed up, so what was corrected counts as it is now. */
export interface Facts {
  /** A query: customer, orders, value, and the last day with an order, which means nothing for whoever has none. */
  customerTotals: string
  /** A query: customer, day, orders, value. Several times as dear as the totals: it has a row for nearly every order. */
  customerDays: string
  /** The condition on `order_fact` that says which orders count. */
  counted: string
  params: Record<string, unknown>
}

/** What an order is worth, as an expression over `order_fact`, and a return, over `return_fact`. */
export interface Worth {
  /** Whether an order counts as one. */
  counts: string
  order: string
  returned: string
  params: Record<string, unknown>
}

/** For models of purchases: whoever takes something for nothing has bought, too; only pure returns have not. */
export const anyPurchase = (worth: Worth): Worth => ({ ...worth, counts: "kind = 'sale'" })

/** Worth in money: what was sold, less what came back unless that is ignored. */
export const salesWorth = ({ returns }: Basis): Worth => ({
  counts: 'sales > 0',
  order: returns === 'deduct' ? 'sales - returned' : 'sales',
  returned: 'amount',
  params: {},
})

/**
 * Worth in margin: by the order's own cost where all its lines have one, else by the company's share.
 * @param margin share of a sale that remains after the cost of goods, in (0, 1]
 */
export function marginWorth({ returns }: Basis, margin: number): Worth {
  const byShare = returns === 'deduct' ? '(sales - returned)' : 'sales'
  // The cost covers returned lines as well: with returns ignored it fits only an order that has none.
  const byCost = returns === 'deduct' ? 'sales - returned - assumeNotNull(cost)' : 'sales - assumeNotNull(cost)'
  const costFits = returns === 'deduct' ? 'isNotNull(cost)' : 'isNotNull(cost) and returned = 0'
  return {
    counts: 'sales > 0',
    order: `if(${costFits}, ${byCost}, toInt64(round(${byShare} * {margin:Float64})))`,
    returned: 'toInt64(round(amount * {margin:Float64}))',
    params: { margin },
  }
}

/**
 * Sales through the end of the as-of day, days being the company's. Anonymous orders are left out; a customer or a day may hold
 * returns alone.
 */
export function salesFacts(basis: Basis, asOf: string, worth: Worth): Facts {
  const inTime = `day <= {asOf:Date32}${basis.windowMonths ? ' and day > addMonths({asOf:Date32}, -{windowMonths:Int32})' : ''}`
  const ofChannels = basis.channels ? ' and channel in {channels:Array(UInt32)}' : ''
  const orders = `
      select profile, day, toInt64(sign) * (${worth.counts}) as orders, toInt64(sign) * (${worth.order}) as value
        from order_fact
       where profile <> 0 and ${inTime + ofChannels}`
  const returns = `
      select profile, day, toInt64(0) as orders, -toInt64(sign) * ${worth.returned} as value
        from return_fact
       where profile <> 0 and ${inTime}
         ${basis.channels ? 'and `order` in (select `order` from order_fact where channel in {channels:Array(UInt32)})' : ''}`
  const deducted = basis.returns === 'deduct' ? [returns] : []
  return {
    counted: inTime + ofChannels,
    customerTotals: customerTotals(orders, deducted),
    customerDays: `
  select ${customerOf('profile')} as customer, day, sum(orders) as orders, sum(value) as value
    from (${[orders, ...deducted].join(' union all ')})
   group by customer, day`,
    params: {
      asOf,
      ...worth.params,
      ...(basis.windowMonths ? { windowMonths: basis.windowMonths } : {}),
      ...(basis.channels ? { channels: basis.channels } : {}),
    },
  }
}

/** Profiles of which some order was changed or taken back. */
const corrected = 'select profile from order_fact where sign < 0'

/**
 * Only where an order was corrected may the last one have been taken back, so only there are orders summed up by day first. By
 * profile before by customer, because that is how the facts lie: 0.4 s for 5 million orders, against 1.2 s hashed by customer.
 */
function customerTotals(orders: string, returns: readonly string[]): string {
  const byProfile = [
    `
      select profile, maxIf(day, orders > 0) as last, sum(orders) as placed, sum(value) as worth
        from (${orders} and profile not in (${corrected}))
       group by profile
      settings optimize_aggregation_in_order = 1`,
    `
      select profile, maxIf(day, of_day > 0) as last, sum(of_day) as placed, sum(worth_of_day) as worth
        from (
          select profile, day, sum(orders) as of_day, sum(value) as worth_of_day
            from (${orders} and profile in (${corrected}))
           group by profile, day)
       group by profile`,
    ...returns.map((rows) => `select profile, day as last, orders as placed, value as worth from (${rows})`),
  ]
  return `
  select ${customerOf('profile')} as customer, maxIf(last, placed > 0) as last_day, sum(placed) as orders, sum(worth) as value
    from (${byProfile.join(' union all ')})
   group by customer`
}

/** Nobody is analysed who is not there any more: merged away, or their import undone. They are few, the others are all. */
export const isLive = 'customer <> 0 and customer not in (select customer from customer_dim final where not live)'
