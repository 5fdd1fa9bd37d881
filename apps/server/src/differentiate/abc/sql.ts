import type { Facts } from '../sales-facts.ts'
import { isLive } from '../sales-facts.ts'
import { type Statement, writerMark } from '../warehouse-query.ts'

/** Shares of value, 0–1, at which class A and class B end; shares of heads, summed up from the top, at which the levels end. */
export interface AbcCuts {
  a: number
  b: number
  heads: readonly [key: number, major: number, ordinary: number]
}

/**
 * Ranks every live customer with an order by value and writes the run's rows, in one statement. By the conventions of the
 * analytics library: a customer belongs to A while the share of all before it is below the cut; values of zero and below are C and
 * carry no share; borders of levels are rounded up; ties in the order of customers. `share` is cumulative, the customer included.
 */
export const insertAbc = (run: number, { customerTotals, params }: Facts, cuts: AbcCuts): Statement => ({
  sql: `
insert into abc_result (run, customer, value, position, share, class, level)
${writerMark(run)}
select {run:UInt64}, customer, value, position, if(total = 0, position / heads, up_to / total),
       multiIf(value > 0 and up_to - value < {cutA:Float64} * total, 'A', value > 0 and up_to - value < {cutB:Float64} * total, 'B', 'C'),
       multiIf(position <= ceil(heads * {keyHeads:Float64} - 1e-9), 'key', position <= ceil(heads * {majorHeads:Float64} - 1e-9), 'major',
               position <= ceil(heads * {ordinaryHeads:Float64} - 1e-9), 'ordinary', 'small')
  from (
    select customer, value, row_number() over ranked as position, sum(greatest(value, 0)) over ranked as up_to,
           count() over () as heads, sum(greatest(value, 0)) over () as total
      from (
        select customer, value
          from (${customerTotals})
         where orders > 0 and ${isLive})
    window ranked as (order by value desc, customer rows between unbounded preceding and current row))`,
  params: {
    run,
    ...params,
    cutA: cuts.a,
    cutB: cuts.b,
    keyHeads: cuts.heads[0],
    majorHeads: cuts.heads[1],
    ordinaryHeads: cuts.heads[2],
  },
})

export interface AbcTotals {
  customers: number
  revenue: number
  gini: number
  topFifthShare: number
}

/** Gini as 2·Σ i·x₍ᵢ₎ / (n·Σx) − (n + 1)/n with values below zero counted as zero; share of the best fifth of heads. */
export const abcTotals = (run: number): Statement => ({
  sql: `
    with (select count() from abc_result where run = {run:UInt64}) as heads
    select toUInt32(count()) as customers, sum(value) as revenue, sum(greatest(value, 0)) as positive,
           if(positive = 0, 0, greatest(0, 2 * sum((heads + 1 - position) * toFloat64(greatest(value, 0))) / (heads * positive) - (heads + 1) / heads)) as gini,
           if(positive = 0, 0, sumIf(greatest(value, 0), position <= floor(0.2 * heads + 0.5)) / positive) as topFifthShare
      from abc_result
     where run = {run:UInt64}`,
  params: { run },
})

/** Customers and revenue per class, or per level. */
export const abcParts = (run: number, by: 'class' | 'level'): Statement => ({
  sql: `select ${by} as name, toUInt32(count()) as customers, sum(value) as revenue from abc_result where run = {run:UInt64} group by ${by}`,
  params: { run },
})

/** Cumulative share of value at some positions. */
export const abcShares = (run: number, positions: readonly number[]): Statement => ({
  sql: `select position, share from abc_result where run = {run:UInt64} and position in {positions:Array(UInt32)} order by position`,
  params: { run, positions },
})
