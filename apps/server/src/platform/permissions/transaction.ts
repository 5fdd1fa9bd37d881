import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import type { Database, Tx } from '../database/database.ts'
import { aheadOpening, transactionEnded } from '../engines/postgres-client.ts'
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

/** Opens a transaction with settings in one message. Names are ours; values are quoted as text. */
const opening = (begin: string, settings: Readonly<Record<string, string>>): string =>
  [begin, ...Object.entries(settings).map(([name, value]) => `set local ${name} = ${literal(value)};`)].join(' ')

/** @throws Error for what no text of PostgreSQL may hold */
function literal(text: string): string {
  if (text.includes('\0')) throw new Error('A setting holds NUL')
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * Runs `work` as somebody, under row-level security. What it asks first is sent with the opening. Should the opening fail, that
 * sees no row, for want of settings, and writes none, because outside a transaction these connections only read.
 */
export async function actorTransaction<T>(
  database: Database,
  actor: Actor,
  right: Right | undefined,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const settings = { ...transactionSettings(actor, right), ...keptPlans(options.plans) }
  const run = (each: (tx: Tx) => Promise<T>) => database.app.begin(opening(aheadOpening, settings), each) as Promise<T>
  if (options.asks !== 'once') return run(work)
  try {
    return await run((tx) => {
      const working = work(tx)
      endAhead(tx)
      return working
    })
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code !== transactionEnded) throw error
    return run(work)
  }
}

/** Sends the end of a transaction behind what it asks before an answer comes; what it asks afterwards is refused. */
export function endAhead(tx: Tx): void {
  // When nothing is left to be done without an answer, all that is asked has been sent.
  process.nextTick(() => (tx as Tx & { endAhead(): void }).endAhead())
}

export interface TransactionOptions {
  /**
   * Statements are planned once per connection and not for their values: right for look-ups by key, where planning costs more than
   * the work. Never for a list or a search: those must be planned for what is asked.
   */
  plans?: 'kept'
  /**
   * The work only reads, and as a rule asks for everything at once: the transaction's end is sent with the questions, in the same
   * write. Work that asks once more is run again from its beginning, in a transaction that waits.
   */
  asks?: 'once'
  /**
   * In the system's transaction: what the work asks first only reads, and is sent with the opening. What it writes comes after answers,
   * and so after the opening is known to be good. People's transactions are always opened so.
   */
  begins?: 'reading' | undefined
}

/**
 * Runs `work` with the system's explicit policies: linking, intake, sync, scheduled work. The audit log still names the
 * person on whose behalf it runs.
 */
export function systemTransaction<T>(
  database: Database,
  onBehalfOf: Actor | undefined,
  work: (tx: Tx) => Promise<T>,
  { plans, begins }: TransactionOptions = {},
): Promise<T> {
  const settings: Record<string, string> = {
    ...(onBehalfOf
      ? { 'zhike.user_id': onBehalfOf.userId, 'zhike.via': onBehalfOf.via, 'zhike.request_id': onBehalfOf.requestId }
      : { 'zhike.via': 'system' }),
    ...keptPlans(plans),
  }
  return database.system.begin(opening(begins === 'reading' ? aheadOpening : 'begin;', settings), work) as Promise<T>
}

const keptPlans = (plans: TransactionOptions['plans']) => (plans === 'kept' ? { plan_cache_mode: 'force_generic_plan' } : {})
