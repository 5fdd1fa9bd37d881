import type { Member } from '@zhike/contract/differentiate/analyses.ts'
import { customerCode } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import { valueFor } from '../../identify/customers/masking.ts'
import { scopedCustomers } from '../../identify/warehouse/scoped-customers.ts'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { rowOf, rowsOf } from '../warehouse-query.ts'
import { groupMoves, type MemberFilter, type MemberRow, memberColumns, memberCount, memberPage } from './members-sql.ts'
import { keepCompared, type RunRef, requireFinished } from './runs.ts'

interface Paging {
  after?: string | undefined
  limit?: number | undefined
}

interface Person {
  id: string
  number: number
  name: string | null
  city: string | null
  phone: string | null
  live: boolean
  merged: boolean
  /** The number of the customer at the end of the trail of merges, where the reader may see it. */
  into: number | null
}

/**
 * A page of the customers behind a result, of those that the actor may read. The scope is enforced twice: in the warehouse by the
 * synced owners and teams, and by row-level security when names are read.
 */
export async function listMembers(
  tx: Tx,
  warehouse: WarehouseClient,
  actor: Actor,
  { runId, query: { after, limit = 50, ...filter } }: { runId: string; query: MemberFilter & Paging },
): Promise<{ items: Member[]; next: string | null; total: number }> {
  const run = await requireFinished(tx, runId)
  const place = readCursor(after, z.tuple([z.int(), z.int()]))
  const scope = scopedCustomers(actor, 'customer.read')
  const [rows, { total }] = await Promise.all([
    rowsOf<MemberRow>(warehouse, memberPage(run, filter, scope, place, limit + 1)),
    rowOf<{ total: number }>(warehouse, memberCount(run, filter, scope)),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await membersOf(tx, actor, run, shown, false),
    next: rows.length > limit && last ? writeCursor([last.worth, last.customer]) : null,
    total,
  }
}

/** Rows of a result with the people behind them; somebody whom row-level security hides is left out. */
export async function membersOf(tx: Tx, actor: Actor, run: RunRef, rows: readonly MemberRow[], inClear: boolean): Promise<Member[]> {
  const numbers = rows.map(({ customer }) => customer)
  const people = await tx<Person[]>`
    select c.id, c.number, c.name, c.city, c.phone, c.live, c.merged_into is not null as merged, t.number as into
      from customer c
      left join lateral (
        with recursive trail as (
          select n.number, n.live, n.merged_into from customer n where n.id = c.merged_into and not c.live
          union
          select n.number, n.live, n.merged_into from trail join customer n on n.id = trail.merged_into where not trail.live)
        select number from trail where live) t on true
     where c.number = any (${numbers})`
  const byNumber = new Map(people.map((person) => [person.number, person]))
  return rows.flatMap((row) => {
    const person = byNumber.get(row.customer)
    return person ? [{ customer: shownPerson(actor, person, inClear), values: valuesOf(run, row) }] : []
  })
}

function shownPerson(actor: Actor, { id, number, name, city, phone, live, merged, into }: Person, inClear: boolean): Member['customer'] {
  const code = customerCode(number)
  if (!live) {
    const gone = { how: merged ? ('merged' as const) : ('removed' as const), into: into === null ? null : customerCode(into) }
    return { id, code, name: null, city: null, phone: null, gone }
  }
  const text = (field: 'name' | 'city' | 'phone', value: string | null) =>
    (valueFor(actor, field, value, inClear) as string | null | undefined) ?? null
  return { id, code, name: text('name', name), city: text('city', city), phone: text('phone', phone), gone: null }
}

const valuesOf = ({ method }: RunRef, row: MemberRow): Member['values'] =>
  Object.fromEntries(Object.keys(memberColumns[method].columns).map((name) => [name, row[`v_${name}`] ?? null]))

interface Move {
  from: string | null
  to: string | null
  customers: number
}

/** Who moved where between two runs of one method. */
export async function compareRuns(tx: Tx, warehouse: WarehouseClient, id: string, earlierId: string): Promise<{ moves: Move[] }> {
  const run = await requireFinished(tx, id)
  const earlier = await requireFinished(tx, earlierId)
  if (run.method !== earlier.method) throw fieldProblem('params.earlierId', 'not_one_of', { allowed: run.method })
  await keepCompared(tx, [id, earlierId])
  return { moves: await rowsOf<Move>(warehouse, groupMoves(run, earlier)) }
}
