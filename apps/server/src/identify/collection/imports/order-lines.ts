import { json } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'

/**
 * Numbers the next lines of orders in the order of the file: an order's lines may be scattered over batches, and a run may have
 * been broken off in between.
 * @param counts how many lines of each order come now
 * @returns the ordinal of the first of them
 */
export async function numberLines(tx: Tx, importId: string, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const rows = await tx<{ number: string; first: number }[]>`
    insert into import_order as o (import_id, number, lines)
    select ${importId}, n.number, n.lines from jsonb_to_recordset(${json(
      tx,
      [...counts].map(([number, lines]) => ({ number, lines })),
    )}) as n(number text, lines int)
    on conflict (import_id, number) do update set lines = o.lines + excluded.lines
    returning o.number, o.lines as first`
  return new Map(rows.map(({ number, first }) => [number, first - (counts.get(number) ?? 0) + 1]))
}
