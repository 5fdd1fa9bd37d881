import { createClient } from '@clickhouse/client'

/** A ClickHouse client bound to our database. */
export type WarehouseClient = ReturnType<typeof createClient>

export interface WarehouseAddress {
  /** With user and password. */
  url: string
  /** Made when it is not there. */
  database: string
}

/** Connects; nothing is sent before the first query. */
export function connectWarehouse({ url, database }: WarehouseAddress): WarehouseClient {
  return createClient({
    url,
    database,
    request_timeout: 600_000,
    max_open_connections: 10,
    keep_alive: { enabled: true },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0, wait_end_of_query: 1 },
    log: { level: 127 as never },
  })
}

/** Rows of a small result. */
export async function ask<T>(client: WarehouseClient, query: string, params: Record<string, unknown> = {}): Promise<T[]> {
  const result = await client.query({ query, format: 'JSONEachRow', query_params: params })
  return result.json<T>()
}
