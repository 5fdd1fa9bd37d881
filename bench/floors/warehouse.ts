// The bare statements of ClickHouse: over facts that are known to need no correction, from nobody's point of view. The look-up of who a
// profile belongs to is part of them: without it nothing can be said about customers.

/** Orders, buyers, sales and returns per month. */
export const monthlySalesFloor = `
select formatDateTime(toStartOfMonth(f.day), '%Y-%m') as month, countIf(f.sales > 0) as orders,
       uniqExactIf(dictGet('profile_customer', 'customer', f.profile), f.sales > 0 and f.profile <> 0) as customers,
       sum(f.sales) as sales, sum(f.returned) as returned
  from order_fact f
 group by month
 order by month`

const perCustomer = `
  select dictGet('profile_customer', 'customer', profile) as customer, max(day) as last, count() as frequency, sum(sales - returned) as monetary
    from order_fact
   where profile <> 0 and day <= '2026-06-30' and sales > 0
   group by customer`

/** Recency, frequency and monetary value with scores by quantiles, into a table. */
export const rfmFloor = {
  schema: `create or replace table floor_rfm (
    customer UInt64, recency_days UInt32, frequency UInt32, monetary Int64, r UInt8, f UInt8, m UInt8) engine = MergeTree order by customer`,
  statement: `
insert into floor_rfm
select customer, dateDiff('day', last, toDate32('2026-06-30')), frequency, monetary,
       intDiv(5 * (row_number() over (order by last, customer) - 1), heads) + 1,
       intDiv(5 * (row_number() over (order by frequency, customer) - 1), heads) + 1,
       intDiv(5 * (row_number() over (order by monetary, customer) - 1), heads) + 1
  from (select *, count() over () as heads from (${perCustomer}))`,
}

/** Classes by cumulative share of value, into a table. */
export const abcFloor = {
  schema: `create or replace table floor_abc (
    customer UInt64, value Int64, position UInt32, share Float64, class LowCardinality(String)) engine = MergeTree order by customer`,
  statement: `
insert into floor_abc
select customer, monetary, position, up_to / total,
       multiIf(up_to - monetary < 0.8 * total, 'A', up_to - monetary < 0.95 * total, 'B', 'C')
  from (
    select customer, monetary, row_number() over ranked as position, sum(greatest(monetary, 0)) over ranked as up_to,
           sum(greatest(monetary, 0)) over () as total
      from (${perCustomer})
    window ranked as (order by monetary desc, customer rows between unbounded preceding and current row))`,
}
