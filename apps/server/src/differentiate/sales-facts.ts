import type { SalesBasis } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import { customerOf } from '../identify/warehouse/customer-facts.ts'

/** The contract's, its channels by their numbers in the facts. */
export type Basis = Omit<z.output<typeof SalesBasis>, 'channels'> & { channels?: readonly number[] }

/** Which sales a statement counts, with its bound values. */
export interface Facts {
  /** A query: customer, day, orders, value. Signed rows are summed up, so what was corrected counts as it is now. */
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
 * One row per customer and day (the company's) through the end of the as-of day: the number of orders, and what
 * the day was worth. Anonymous orders are left out; a day may hold returns alone.
 */
export function salesFacts(basis: Basis, asOf: string, worth: Worth): Facts {
  const inTime = `day <= {asOf:Date32}${basis.windowMonths ? ' and day > addMonths({asOf:Date32}, -{windowMonths:Int32})' : ''}`
  const ofChannels = basis.channels ? ' and channel in {channels:Array(UInt32)}' : ''
  const returns = `
      union all
      select profile, day, toInt64(0) as orders, -toInt64(sign) * ${worth.returned} as value
        from return_fact
       where profile <> 0 and ${inTime}
         ${basis.channels ? 'and `order` in (select `order` from order_fact where channel in {channels:Array(UInt32)})' : ''}`
  return {
    counted: inTime + ofChannels,
    customerDays: `
  select ${customerOf('profile')} as customer, day,
         sum(orders) as orders, sum(value) as value
    from (
      select profile, day, toInt64(sign) * (${worth.counts}) as orders, toInt64(sign) * (${worth.order}) as value
        from order_fact
       where profile <> 0 and ${inTime + ofChannels}${basis.returns === 'deduct' ? returns : ''})
   group by customer, day`,
    params: {
      asOf,
      ...worth.params,
      ...(basis.windowMonths ? { windowMonths: basis.windowMonths } : {}),
      ...(basis.channels ? { channels: basis.channels } : {}),
    },
  }
}

/** Nobody is analysed who is not there any more: merged away, or their import undone. */
export const isLive = 'customer in (select customer from customer_dim final where live)'
