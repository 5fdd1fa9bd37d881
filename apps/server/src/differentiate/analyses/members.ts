import type { ClvPoint, Member } from '@zhike/contract/differentiate/analyses.ts'
import { customerCode } from '@zhike/contract/identify/customers.ts'
import { z } from 'zod'
import { valueFor } from '../../identify/customers/masking.ts'
import { foundCustomers, wantedBy } from '../../identify/customers/search.ts'
import { scopedCustomers } from '../../identify/warehouse/scoped-customers.ts'
import type { Tx } from '../../platform/database/database.ts'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { rowOf, rowsOf } from '../warehouse-query.ts'
import {
  groupMoves,
  type MemberConditions,
  type MemberFilter,
  type MemberOrder,
  type MemberRow,
  memberColumns,
  memberCount,
  memberOrder,
  memberPage,
  memberSample,
} from './members-sql.ts'
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
  ownerId: string | null
  ownerName: string | null
  lastOrderAt: Date | null
}

/** More matches of a search than this are not looked at, as in the list of customers. */
const mostFound = 10_000

/** More points than this are not told apart. */
const mostPoints = 1500

/**
 * Looks up what a filter and an order name.
 * @throws Problem `invalid-request` for an order that the method has not got or a run of another method; `run-not-found`, `run-not-finished`
 */
export async function memberConditions(
  tx: Tx,
  actor: Actor,
  run: RunRef,
  { against, search, ...filter }: MemberFilter,
  { sort }: MemberOrder,
): Promise<MemberConditions> {
  if (memberOrder(run, sort) === undefined) throw fieldProblem('query.sort', 'invalid')
  return {
    ...filter,
    against: against === undefined ? undefined : await sameMethod(tx, run, against, 'query.against'),
    found: search === undefined ? undefined : await numbersFound(tx, actor, search),
  }
}

async function numbersFound(tx: Tx, actor: Actor, search: string): Promise<number[]> {
  const rows = await tx<{ number: number }[]>`
    select c.number from (${foundCustomers(tx, wantedBy(actor, search), mostFound)}) f(id) join customer c on c.id = f.id`
  return rows.map(({ number }) => number)
}

async function sameMethod(tx: Tx, { method }: RunRef, otherId: string, field: string): Promise<RunRef> {
  const other = await requireFinished(tx, otherId)
  if (other.method !== method) throw fieldProblem(field, 'not_one_of', { allowed: method })
  return other
}

/**
 * A page of the customers behind a result, of those that the actor may read. The scope is enforced twice: in the warehouse by the
 * synced owners and teams, and by row-level security when names are read.
 */
export async function listMembers(
  tx: Tx,
  warehouse: WarehouseClient,
  actor: Actor,
  { runId, query: { after, limit = 50, sort, order, ...named } }: { runId: string; query: MemberFilter & MemberOrder & Paging },
): Promise<{ items: Member[]; next: string | null; total: number }> {
  const run = await requireFinished(tx, runId)
  const place = readCursor(after, z.tuple([z.number(), z.int()]))
  const filter = await memberConditions(tx, actor, run, named, { sort })
  const scope = scopedCustomers(actor, 'customer.read')
  const [rows, { total }] = await Promise.all([
    rowsOf<MemberRow>(warehouse, memberPage(run, { filter, sort, order }, scope, place, limit + 1)),
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
    select c.id, c.number, c.name, c.city, c.phone, c.live, c.merged_into is not null as merged, t.number as into,
           c.owner_id as "ownerId", u.name as "ownerName", c.last_order_at as "lastOrderAt"
      from customer c
      left join users u on u.id = c.owner_id
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

function shownPerson(actor: Actor, person: Person, inClear: boolean): Member['customer'] {
  const { id, number, live, merged, into, ownerId, ownerName, lastOrderAt } = person
  const code = customerCode(number)
  if (!live) {
    const gone = { how: merged ? ('merged' as const) : ('removed' as const), into: into === null ? null : customerCode(into) }
    return { id, code, name: null, city: null, phone: null, owner: null, lastOrderAt: null, gone }
  }
  const text = (field: 'name' | 'city' | 'phone') => (valueFor(actor, field, person[field], inClear) as string | null | undefined) ?? null
  return {
    id,
    code,
    name: text('name'),
    city: text('city'),
    phone: text('phone'),
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    lastOrderAt: lastOrderAt?.toISOString() ?? null,
    gone: null,
  }
}

const valuesOf = ({ method }: RunRef, row: MemberRow): Member['values'] =>
  Object.fromEntries(Object.keys(memberColumns[method].columns).map((name) => [name, row[`v_${name}`] ?? null]))

interface Move {
  from: string | null
  to: string | null
  customers: number
}

/**
 * Points of the CLV matrix, of those customers that the actor may read.
 * @throws Problem `run-not-found`, `run-not-finished`, `invalid-request` for a run of another method
 */
export async function clvPoints(
  tx: Tx,
  warehouse: WarehouseClient,
  actor: Actor,
  runId: string,
): Promise<{ points: ClvPoint[]; total: number }> {
  const run = await requireFinished(tx, runId)
  if (run.method !== 'clv') throw fieldProblem('params.id', 'not_one_of', { allowed: 'clv' })
  const scope = scopedCustomers(actor, 'customer.read')
  const [rows, { total }] = await Promise.all([
    rowsOf<{ customer: number; current: number; future: number; quadrant: string }>(warehouse, memberSample(run, scope, mostPoints)),
    rowOf<{ total: number }>(warehouse, memberCount(run, {}, scope)),
  ])
  const people = await tx<{ id: string; number: number; name: string | null }[]>`
    select id, number, name from customer where live and number = any (${rows.map(({ customer }) => customer)})`
  const byNumber = new Map(people.map((person) => [person.number, person]))
  const points = rows.flatMap(({ customer, current, future, quadrant }): ClvPoint[] => {
    const person = byNumber.get(customer)
    if (!person) return []
    const name = (valueFor(actor, 'name', person.name, false) as string | null | undefined) ?? null
    return [{ id: person.id, code: customerCode(customer), name, currentValue: current, futureValue: future, quadrant }]
  })
  return { points, total }
}

/** Who moved where between two runs of one method. */
export async function compareRuns(
  tx: Tx,
  warehouse: WarehouseClient,
  { id, earlierId, by, glance }: { id: string; earlierId: string; by: 'group' | 'level' | undefined; glance: boolean | undefined },
): Promise<{ moves: Move[] }> {
  const run = await requireFinished(tx, id)
  const earlier = await sameMethod(tx, run, earlierId, 'params.earlierId')
  if (!glance) await keepCompared(tx, [id, earlierId])
  return { moves: await rowsOf<Move>(warehouse, groupMoves(run, earlier, by === 'level')) }
}
