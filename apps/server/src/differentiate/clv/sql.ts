import { alivePercent } from '../analyses/members-sql.ts'
import { type Facts, isLive } from '../sales-facts.ts'
import type { Statement } from '../warehouse-query.ts'

/**
 * The purchase history of every live customer, as fixed-width rows (see `history-rows.ts`), in the order of customers. The
 * purchases of a day are one. Days are counted from the first purchase; amounts in major units.
 * @param scale minor units in a major one
 */
export const purchaseHistories = ({ customerDays, params }: Facts, calibrationEnd: string, scale: number): Statement => ({
  sql: `
select toFloat64(customer), toUInt32(n - 1), toUInt32(last - first), toUInt32(toInt32({asOf:Date32}) - first),
       toFloat64(total - first_value) / {scale:Float64}, toFloat64(total) / {scale:Float64},
       toUInt32(cal_n), toUInt32(if(cal_n = 0, 0, cal_last - first)), toFloat64(if(cal_n = 0, 0, cal_total - first_value)) / {scale:Float64}
  from (
    select customer, minIf(toInt32(day), orders > 0) as first, maxIf(toInt32(day), orders > 0) as last, countIf(orders > 0) as n, sum(value) as total,
           argMinIf(value, day, orders > 0) as first_value,
           countIf(orders > 0 and day <= {calibrationEnd:Date32}) as cal_n,
           maxIf(toInt32(day), orders > 0 and day <= {calibrationEnd:Date32}) as cal_last,
           sumIf(value, day <= {calibrationEnd:Date32}) as cal_total
      from (${customerDays})
     where ${isLive}
     group by customer
    having n > 0)
 order by customer
format RowBinary`,
  params: { ...params, calibrationEnd, scale },
})

/** First and repeat purchases per day of those live customers who had bought by the end of the calibration. */
export const purchaseDays = ({ customerDays, params }: Facts, calibrationEnd: string): Statement => ({
  sql: `
select day, toUInt32(countIf(day = first)) as births, toUInt32(countIf(day > first)) as repeats
  from (
    select arrayJoin(days) as day, arrayMin(days) as first
      from (
        select groupArray(toInt32(day)) as days
          from (${customerDays})
         where orders > 0 and ${isLive}
         group by customer
        having arrayMin(days) <= toInt32({calibrationEnd:Date32})))
 group by day
 order by day`,
  params: { ...params, calibrationEnd },
})

/** How many customers are alive with each ten percent of probability, and the highest future value. */
export const aliveTenths = (run: number): Statement => ({
  sql: `
select toUInt8(least(9, floor(${alivePercent} / 10))) as tenth, toUInt32(count()) as customers, max(future_value) as most
  from clv_result where run = {run:UInt64} group by tenth`,
  params: { run },
})

/** How many customers have reached how many of some rising values. */
export const futureSteps = (run: number, edges: readonly number[]): Statement => ({
  sql: `
select toUInt8(arrayCount(edge -> future_value >= edge, {edges:Array(Int64)})) as reached, toUInt32(count()) as customers
  from clv_result where run = {run:UInt64} group by reached`,
  params: { run, edges },
})
