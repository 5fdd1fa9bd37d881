import type { AnalysisMethod, MemberSort, memberFilter } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import type { WarehouseCondition } from '../../identify/warehouse/scoped-customers.ts'
import { resultTables } from '../results.ts'
import type { Statement } from '../warehouse-query.ts'
import type { RunRef } from './runs.ts'

export type MemberFilter = { [K in keyof typeof memberFilter]?: z.output<(typeof memberFilter)[K]> }

/** A filter with what it names looked up. */
export interface MemberConditions extends Omit<MemberFilter, 'against' | 'search'> {
  against?: RunRef | undefined
  /** Numbers of the customers that a search has found. */
  found?: readonly number[] | undefined
}

export interface MemberOrder {
  sort?: MemberSort | undefined
  order?: 'ascending' | 'descending' | undefined
}

/** Rounded as it is shown: sorted, filtered and counted alike. */
const alive = 'round(toFloat64(alive), 4)'
export const alivePercent = 'round(toFloat64(alive) * 100, 2)'

/** What a row of a result says, by the names of the contract; `worth` orders the list. */
export const memberColumns = {
  rfm: {
    columns: { r: 'r', f: 'f', m: 'm', group: 'grp', monetary: 'monetary', frequency: 'frequency', recencyDays: 'recency_days' },
    worth: 'monetary',
    group: 'grp',
  },
  abc: { columns: { class: 'class', level: 'level', value: 'value', share: 'share' }, worth: 'value', group: 'class' },
  clv: {
    columns: {
      alive,
      expectedPurchases: 'round(expected_purchases, 4)',
      futureValue: 'future_value',
      currentValue: 'current_value',
      purchases: 'purchases',
      quadrant: 'quadrant',
    },
    worth: 'futureValue',
    group: 'quadrant',
  },
} as const satisfies Record<AnalysisMethod, { columns: Record<string, string>; worth: MemberSort; group: string }>

/** The last row of the page before: its worth and its customer's number. */
export type Place = readonly [worth: number, customer: number]

/** A row of a result: the customer's number, and what the method says. */
export type MemberRow = { customer: number; worth: number } & Record<string, number | string>

/** The condition on a result that a filter makes; a field that the method has not got holds for nobody. */
function conditions(run: RunRef, filter: MemberConditions, scope: WarehouseCondition): WarehouseCondition {
  const { number, method } = run
  const { group } = memberColumns[method]
  const all = ['run = {run:UInt64}', scope.sql]
  const params: Record<string, unknown> = { run: number, ...scope.params }
  const compare = (column: string | undefined, comparison: '=' | '>=' | '<', type: string, name: string, value: unknown) => {
    if (value === undefined) return
    all.push(column === undefined ? 'false' : `${column} ${comparison} {${name}:${type}}`)
    params[name] = value
  }
  const of = (wanted: AnalysisMethod, column: string) => (method === wanted ? column : undefined)
  compare(group, '=', 'String', 'group', filter.group)
  compare(of('abc', 'level'), '=', 'String', 'level', filter.level)
  for (const name of ['r', 'f', 'm'] as const) compare(of('rfm', name), '=', 'UInt8', name, filter[name])
  compare(of('clv', alivePercent), '>=', 'Float64', 'aliveFrom', filter.aliveFrom)
  compare(of('clv', alivePercent), '<', 'Float64', 'aliveBelow', filter.aliveBelow)
  compare(of('clv', 'future_value'), '>=', 'Int64', 'futureFrom', filter.futureFrom)
  compare(of('clv', 'future_value'), '<', 'Int64', 'futureBelow', filter.futureBelow)
  if (filter.found !== undefined) {
    all.push('customer in {found:Array(UInt64)}')
    params['found'] = filter.found
  }
  if (filter.against) {
    all.push(movedFrom(run, partOf(method, filter.level !== undefined), filter.was))
    params['against'] = filter.against.number
    if (filter.was !== undefined && filter.was !== notThere) params['was'] = filter.was
  }
  return { sql: all.join(' and '), params }
}

/** Of who is not in a run. */
const notThere = 'none'

/** The column by which customers are told apart: their group, or in ABC their level. */
const partOf = (method: AnalysisMethod, byLevel: boolean): string => (method === 'abc' && byLevel ? 'level' : memberColumns[method].group)

/** Who is elsewhere in the run `against`: in a given part, nowhere, or anywhere but in the part of this run. */
function movedFrom({ method }: RunRef, part: string, was: string | undefined): string {
  const there = `from ${resultTables[method]} where run = {against:UInt64}`
  if (was === undefined) return `(customer, ${part}) not in (select customer, ${part} ${there})`
  if (was === notThere) return `customer not in (select customer ${there})`
  return `customer in (select customer ${there} and ${part} = {was:String})`
}

/** The expression that a list is sorted by; undefined when the method has no such value. */
export function memberOrder({ method }: RunRef, sort: MemberSort | undefined): string | undefined {
  const { columns, worth } = memberColumns[method]
  return (columns as Record<string, string>)[sort ?? worth]
}

/** Members after a place: the highest worth first, or in the order asked for. */
export function memberPage(
  run: RunRef,
  { filter, sort, order = 'descending' }: { filter: MemberConditions } & MemberOrder,
  scope: WarehouseCondition,
  after: Place | undefined,
  limit: number,
): Statement {
  const worth = memberOrder(run, sort) ?? 'customer'
  const { sql, params } = conditions(run, filter, scope)
  const [beyond, direction] = order === 'descending' ? ['<', 'desc'] : ['>', 'asc']
  const behind = after
    ? `and (${worth} ${beyond} {afterWorth:Float64} or (${worth} = {afterWorth:Float64} and customer > {afterCustomer:UInt64}))`
    : ''
  const values = Object.entries(memberColumns[run.method].columns).map(([name, expression]) => `${expression} as v_${name}`)
  return {
    sql: `select customer, ${worth} as worth, ${values.join(', ')} from ${resultTables[run.method]}
      where ${sql} ${behind}
      order by worth ${direction}, customer
      limit {limit:UInt32}`,
    params: { ...params, limit, ...(after ? { afterWorth: after[0], afterCustomer: after[1] } : {}) },
  }
}

/** Members spread over the whole result by their hash: always the same ones. */
export function memberSample(run: RunRef, scope: WarehouseCondition, limit: number): Statement {
  const { sql, params } = conditions(run, {}, scope)
  return {
    sql: `select customer, current_value as current, future_value as future, quadrant from ${resultTables.clv}
      where ${sql} order by cityHash64(customer), customer limit {limit:UInt32}`,
    params: { ...params, limit },
  }
}

export function memberCount(run: RunRef, filter: MemberConditions, scope: WarehouseCondition): Statement {
  const { sql, params } = conditions(run, filter, scope)
  return { sql: `select toUInt32(count()) as total from ${resultTables[run.method]} where ${sql}`, params }
}

/** How many customers each pair of groups has; one that is not in a run has no group there. */
export function groupMoves(run: RunRef, earlier: RunRef, byLevel: boolean): Statement {
  const table = resultTables[run.method]
  const part = partOf(run.method, byLevel)
  return {
    sql: `
      select nullIf(before, '') as \`from\`, nullIf(now, '') as \`to\`, toUInt32(count()) as customers
        from (
          select anyIf(toString(${part}), run = {earlier:UInt64}) as before, anyIf(toString(${part}), run = {run:UInt64}) as now
            from ${table}
           where run in ({earlier:UInt64}, {run:UInt64})
           group by customer)
       group by before, now
       order by before, now`,
    params: { run: run.number, earlier: earlier.number },
  }
}
