import { setTimeout as sleep } from 'node:timers/promises'
import type { JobContext } from '../../platform/jobs/job-kind.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { resultTables } from '../results.ts'
import { execute, rowOf, rowsOf, writersOf } from '../warehouse-query.ts'

/** Finished runs that are kept of each analysis, besides those that somebody compared. */
const keptRuns = 24

/** Drops the rows of a run: a partition of its own. */
export async function dropRows(warehouse: WarehouseClient, table: string, run: number): Promise<void> {
  await execute(warehouse, { sql: `alter table ${table} drop partition ${BigInt(run)}`, params: {} })
}

/**
 * Drops the rows of a run that was broken off, once nothing writes them any more: a statement takes a moment to notice. What is
 * missed here goes when the next run prunes.
 */
export async function discardRows(warehouse: WarehouseClient, table: string, run: number): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const { writers } = await rowOf<{ writers: number }>(warehouse, writersOf(run))
    if (Number(writers) === 0) break
    await sleep(100)
  }
  await dropRows(warehouse, table, run)
}

/** Forgets the oldest runs of an analysis, and rows in the warehouse that belong to no run any more. */
export async function pruneRuns(context: JobContext, warehouse: WarehouseClient, analysisId: string): Promise<void> {
  // Looked at first: a run that begins meanwhile has no rows in this list.
  const parts = await rowsOf<{ table: string; run: string }>(
    warehouse,
    {
      sql: `select distinct table, partition as run from system.parts
        where active and database = currentDatabase() and table in {tables:Array(String)}`,
      params: { tables: Object.values(resultTables) },
    },
    context.warehouseSettings(),
  )
  const known = await context.transaction('system', async (tx) => {
    await tx`
      delete from analysis_run where id in (
        select id from analysis_run where analysis_id = ${analysisId} and state = 'done' and compared_at is null
         order by id desc offset ${keptRuns})`
    const rows = await tx<{ number: number }[]>`select number from analysis_run where state in ('running', 'done')`
    return new Set(rows.map(({ number }) => number))
  })
  for (const { table, run } of parts) if (!known.has(Number(run))) await dropRows(warehouse, table, Number(run))
}
