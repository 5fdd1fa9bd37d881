import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Actor, RowScope } from './principal.ts'

/** The customers that a right lets somebody see: all, or those of an owner, of some teams, and of nobody. */
export interface VisibleRows {
  all: boolean
  owner: string
  teams: readonly string[]
  pool: boolean
  /** The pool of these teams, and what no team has. */
  poolTeams: readonly string[]
}

/** Rows follow the scope of `right` when it has one, else that of reading customers; without either, no row is visible. */
export function visibleRows(actor: Actor, right: Right | undefined): VisibleRows | undefined {
  const rows = actor.rights.get(right && rights[right].scoped ? right : 'customer.read')
  return (
    rows && {
      all: rows.scope === 'all',
      owner: actor.userId,
      teams: visibleTeams(actor, rows),
      pool: rows.pool,
      poolTeams: rows.pool ? actor.teamsBelow : [],
    }
  )
}

/** The settings that row-level security reads, for one transaction; see `visibleRows`. */
export function transactionSettings(actor: Actor, right: Right | undefined): Record<string, string> {
  const scoped = right && rights[right].scoped ? right : 'customer.read'
  const rows = visibleRows(actor, right)
  return {
    'zhike.user_id': actor.userId,
    'zhike.via': actor.via,
    'zhike.request_id': actor.requestId,
    'zhike.rights': [...actor.rights.keys()].join(','),
    'zhike.scope': actor.rights.get(scoped)?.scope ?? '',
    'zhike.owner': rows?.owner ?? '',
    'zhike.teams': arrayText(rows?.teams ?? []),
    'zhike.pool': rows?.pool ? 'on' : '',
    'zhike.pool_teams': arrayText(rows?.poolTeams ?? []),
  }
}

function visibleTeams(actor: Actor, rows: RowScope): readonly string[] {
  if (rows.scope === 'team') return actor.teams
  return rows.scope === 'team-and-below' ? actor.teamsBelow : []
}

const arrayText = (ids: readonly string[]) => (ids.length === 0 ? '' : `{${ids.join(',')}}`)

/** Sends the settings without waiting: the statement that follows is pipelined behind them. */
function applySettings(tx: Tx, settings: Record<string, string>): Promise<unknown> {
  const names = Object.keys(settings)
  const values = Object.values(settings)
  return tx`select set_config(name, value, true) from unnest(${names}::text[], ${values}::text[]) as s(name, value)`.execute()
}

/** Runs `work` as somebody, under row-level security. */
export function actorTransaction<T>(database: Database, actor: Actor, right: Right | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(database.app, transactionSettings(actor, right), work)
}

/**
 * Runs `work` with the system's explicit policies: linking, intake, sync, scheduled work. The audit log still names the
 * person on whose behalf it runs.
 */
export function systemTransaction<T>(database: Database, onBehalfOf: Actor | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  const settings: Record<string, string> = onBehalfOf
    ? { 'zhike.user_id': onBehalfOf.userId, 'zhike.via': onBehalfOf.via, 'zhike.request_id': onBehalfOf.requestId }
    : { 'zhike.via': 'system' }
  return inTransaction(database.system, settings, work)
}

function inTransaction<T>(pool: Database['app'], settings: Record<string, string>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return pool.begin(async (tx) => {
    const set = applySettings(tx, settings)
    // If the work fails first, the settings' own failure is not unhandled.
    set.catch(() => {})
    const result = await work(tx)
    await set
    return result
  }) as Promise<T>
}
