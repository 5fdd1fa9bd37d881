import { rfmGroupNames, rfmGroupTable } from '@zhike/analytics/rfm/groups.ts'
import type { RfmDefinition } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import { type Facts, isLive } from '../sales-facts.ts'
import { type Statement, writerMark } from '../warehouse-query.ts'

export type RfmScoring = z.output<typeof RfmDefinition>['scoring']

/**
 * Scores every live customer with an order and writes the run's rows, in one statement.
 * Recency: days from the last day with an order to the as-of day, 0 when they are the same. Frequency: orders with sales.
 */
export function insertRfm(run: number, { customerTotals, params }: Facts, scoring: RfmScoring): Statement {
  const scores = scoreExpressions(scoring)
  return {
    sql: `
insert into rfm_result (run, customer, recency_days, frequency, monetary, r, f, m, grp)
${writerMark(run)}
select {run:UInt64}, customer, recency_days, frequency, monetary, r, f, m, ${groupOf('r', 'f', 'm')}
  from (
    select customer, recency_days, frequency, monetary, ${scores.r} as r, ${scores.f} as f, ${scores.m} as m
      from (
        select customer, toUInt32(dateDiff('day', last_day, {asOf:Date32})) as recency_days,
               toUInt32(orders) as frequency, value as monetary
          from (${customerTotals})
         where orders > 0 and ${isLive}))`,
    params: { run, ...params, ...scores.params },
  }
}

function scoreExpressions(scoring: RfmScoring): { r: string; f: string; m: string; params: Record<string, unknown> } {
  if (scoring.by === 'quantile') {
    return { r: fifth('recency_days desc'), f: fifth('frequency'), m: fifth('monetary'), params: {} }
  }
  const { recencyDays, frequency, monetary } = scoring
  return {
    r: '1 + arrayCount(cut -> recency_days <= cut, {recencyCuts:Array(Float64)})',
    f: '1 + arrayCount(cut -> frequency >= cut, {frequencyCuts:Array(Float64)})',
    m: '1 + arrayCount(cut -> monetary >= cut, {monetaryCuts:Array(Float64)})',
    params: { recencyCuts: recencyDays, frequencyCuts: frequency, monetaryCuts: monetary },
  }
}

/**
 * max(1, ⌈5·(rank − 1)/(n − 1)⌉) in whole numbers, worst first, ties in the order of customers: as `quantileScores` of the
 * analytics library. `ntile` would cut elsewhere when n is not a multiple of five.
 */
function fifth(worstFirst: string): string {
  const steps = 'greatest(toInt64(count() over ()) - 1, 1)'
  const rank = `row_number() over (order by ${worstFirst}, customer)`
  return `greatest(1, intDiv(5 * (toInt64(${rank}) - 1) + ${steps} - 1, ${steps}))`
}

/** The one table of 125 cells as an expression. */
function groupOf(r: string, f: string, m: string): string {
  const names = rfmGroupTable.map((group) => `'${rfmGroupNames[group]}'`).join(', ')
  return `[${names}][(${r} - 1) * 25 + (${f} - 1) * 5 + ${m}]`
}

export interface CellRow {
  r: number
  f: number
  m: number
  grp: string
  customers: number
  revenue: number
}

/** Customers and revenue of each cell that has any. */
export const rfmCells = (run: number): Statement => ({
  sql: `select r, f, m, any(grp) as grp, toUInt32(count()) as customers, sum(monetary) as revenue
    from rfm_result where run = {run:UInt64} group by r, f, m order by r, f, m`,
  params: { run },
})

export interface EdgeRow {
  measure: 'recencyDays' | 'frequency' | 'monetary'
  score: number
  edge: number
}

/** Where each score from 2 to 5 begins: the worst value that has it. */
export const rfmEdges = (run: number): Statement => ({
  sql: `
    select 'recencyDays' as measure, r as score, toInt64(max(recency_days)) as edge from rfm_result where run = {run:UInt64} group by score
    union all
    select 'frequency', f as score, toInt64(min(frequency)) from rfm_result where run = {run:UInt64} group by score
    union all
    select 'monetary', m as score, min(monetary) from rfm_result where run = {run:UInt64} group by score`,
  params: { run },
})

/** Orders that nobody is known to have placed, on the same basis. */
export const anonymousOrders = (conditions: string, params: Record<string, unknown>, worth: string): Statement => ({
  sql: `
    select toInt64(sum(sign * (sales > 0))) as orders, toInt64(sum(sign * (${worth}))) as revenue
      from order_fact
     where profile = 0 and ${conditions}`,
  params,
})
