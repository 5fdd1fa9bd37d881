import type { JobContext } from '../platform/jobs/job-kind.ts'
import type { WarehouseClient } from '../platform/warehouse/warehouse.ts'

/** One statement of the warehouse with its bound values. */
export interface Statement {
  sql: string
  params: Record<string, unknown>
}

/** Goes into a statement that writes the rows of a run, so that it is found while it runs: the engine's list keeps no comments. */
export const writerMark = (run: number): string => `settings log_comment = 'writes run ${BigInt(run)}.'`

/** How many statements still write rows of a run. The mark is put together, so that this one does not find itself. */
export const writersOf = (run: number): Statement => ({
  sql: `select count() as writers from system.processes where position(query, concat('writes ', 'run ', {run:String}, '.')) > 0`,
  params: { run: String(run) },
})

/** How a statement is named and broken off; see JobContext.warehouseSettings. */
export type QuerySettings = ReturnType<JobContext['warehouseSettings']>

/** Rows of a small result. */
export async function rowsOf<T>(client: WarehouseClient, { sql, params }: Statement, settings?: QuerySettings): Promise<T[]> {
  const result = await client.query({ query: sql, query_params: params, format: 'JSONEachRow', ...settings })
  return result.json<T>()
}

/** The first row of a result that has one for certain. */
export async function rowOf<T>(client: WarehouseClient, statement: Statement, settings?: QuerySettings): Promise<T> {
  const [row] = await rowsOf<T>(client, statement, settings)
  if (row === undefined) throw new Error('The warehouse answered without a row')
  return row
}

export async function execute(client: WarehouseClient, { sql, params }: Statement, settings?: QuerySettings): Promise<void> {
  await client.command({ query: sql, query_params: params, ...settings })
}
