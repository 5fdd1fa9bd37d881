import type { AnalysisMethod, memberFilter } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import type { WarehouseCondition } from '../../identify/warehouse/scoped-customers.ts'
import { resultTables } from '../results.ts'
import type { Statement } from '../warehouse-query.ts'
import type { RunRef } from './runs.ts'

export type MemberFilter = { [K in keyof typeof memberFilter]?: z.output<(typeof memberFilter)[K]> }

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
      alive: 'round(toFloat64(alive), 4)',
      expectedPurchases: 'round(expected_purchases, 4)',
      futureValue: 'future_value',
      currentValue: 'current_value',
      purchases: 'purchases',
      quadrant: 'quadrant',
    },
    worth: 'future_value',
    group: 'quadrant',
  },
} as const satisfies Record<AnalysisMethod, { columns: Record<string, string>; worth: string; group: string }>

/** The last row of the page before: its worth and its customer's number. */
export type Place = readonly [worth: number, customer: number]

/** A row of a result: the customer's number, and what the method says. */
export type MemberRow = { customer: number; worth: number } & Record<string, number | string>

/** The condition on a result that a filter makes; a field that the method has not got holds for nobody. */
function conditions({ number, method }: RunRef, filter: MemberFilter, scope: WarehouseCondition): WarehouseCondition {
  const { group } = memberColumns[method]
  const all = ['run = {run:UInt64}', scope.sql]
  const params: Record<string, unknown> = { run: number, ...scope.params }
  const equals = (column: string | undefined, type: string, name: string, value: unknown) => {
    if (value === undefined) return
    all.push(column === undefined ? 'false' : `${column} = {${name}:${type}}`)
    params[name] = value
  }
  const score = (name: 'r' | 'f' | 'm') => (method === 'rfm' ? name : undefined)
  equals(group, 'String', 'group', filter.group)
  equals(method === 'abc' ? 'level' : undefined, 'String', 'level', filter.level)
  for (const name of ['r', 'f', 'm'] as const) equals(score(name), 'UInt8', name, filter[name])
  return { sql: all.join(' and '), params }
}

/** Members after a place, the highest worth first. */
export function memberPage(
  run: RunRef,
  filter: MemberFilter,
  scope: WarehouseCondition,
  after: Place | undefined,
  limit: number,
): Statement {
  const { columns, worth } = memberColumns[run.method]
  const { sql, params } = conditions(run, filter, scope)
  const behind = after ? `and (${worth} < {afterWorth:Int64} or (${worth} = {afterWorth:Int64} and customer > {afterCustomer:UInt64}))` : ''
  const values = Object.entries(columns).map(([name, expression]) => `${expression} as v_${name}`)
  return {
    sql: `select customer, ${worth} as worth, ${values.join(', ')} from ${resultTables[run.method]}
      where ${sql} ${behind}
      order by ${worth} desc, customer
      limit {limit:UInt32}`,
    params: { ...params, limit, ...(after ? { afterWorth: after[0], afterCustomer: after[1] } : {}) },
  }
}

export function memberCount(run: RunRef, filter: MemberFilter, scope: WarehouseCondition): Statement {
  const { sql, params } = conditions(run, filter, scope)
  return { sql: `select toUInt32(count()) as total from ${resultTables[run.method]} where ${sql}`, params }
}

/** How many customers each pair of groups has; one that is not in a run has no group there. */
export function groupMoves(run: RunRef, earlier: RunRef): Statement {
  const table = resultTables[run.method]
  const { group } = memberColumns[run.method]
  return {
    sql: `
      select nullIf(before, '') as \`from\`, nullIf(now, '') as \`to\`, toUInt32(count()) as customers
        from (
          select anyIf(toString(${group}), run = {earlier:UInt64}) as before, anyIf(toString(${group}), run = {run:UInt64}) as now
            from ${table}
           where run in ({earlier:UInt64}, {run:UInt64})
           group by customer)
       group by before, now
       order by before, now`,
    params: { run: run.number, earlier: earlier.number },
  }
}
