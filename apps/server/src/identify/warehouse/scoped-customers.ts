import type { Right } from '@zhike/contract/platform/rights.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { visibleRows } from '../../platform/permissions/transaction.ts'

/** A condition of ClickHouse with the values that it binds. */
export interface WarehouseCondition {
  sql: string
  params: Record<string, unknown>
}

/**
 * Restricts a statement of the warehouse to the customers that somebody may see: the same rows as row-level security shows
 * them in the system of record. The warehouse has no row policies, so every read for a person goes through here.
 * @param customer expression that holds the customer's number
 */
export function scopedCustomers(actor: Actor, right: Right, customer = 'customer'): WarehouseCondition {
  const rows = visibleRows(actor, right)
  if (!rows) return { sql: 'false', params: {} }
  if (rows.all) return { sql: 'true', params: {} }
  const mine = ['owner = {scope_owner:UUID}', 'has({scope_teams:Array(UUID)}, team)']
  if (rows.pool) mine.push('owner is null and (team is null or has({scope_pool_teams:Array(UUID)}, team))')
  return {
    sql: `${customer} in (select customer from customer_dim final where ${mine.map((each) => `(${each})`).join(' or ')})`,
    params: {
      scope_owner: rows.owner,
      scope_teams: rows.teams,
      ...(rows.pool ? { scope_pool_teams: rows.poolTeams } : {}),
    },
  }
}
