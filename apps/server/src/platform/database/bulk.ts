import type postgres from 'postgres'
import type { Tx } from './database.ts'

/**
 * Inserts many rows of a table in one statement, as one JSON document: half the time of arrays by column, and one plan for
 * any number of rows. Every row has the same columns, named as in the database.
 */
export async function insertRows(
  tx: Tx,
  table: string,
  rows: readonly Record<string, unknown>[],
  onConflict: 'fail' | 'skip' = 'fail',
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  await tx`
    insert into ${tx(table)} (${tx(columns)})
    select ${tx(columns)} from jsonb_populate_recordset(null::${tx(table)}, ${json(tx, rows)})
    ${onConflict === 'skip' ? tx`on conflict do nothing` : tx``}`
}

/** A JSON parameter; what is undefined is left out. */
export const json = (tx: Tx, value: unknown): postgres.Parameter => tx.json(value as postgres.JSONValue)
