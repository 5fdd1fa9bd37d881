import { randomUUID } from 'node:crypto'

/** A request to the warehouse, taken from its address. */
export interface QueryRequest {
  readonly id: string
  /** May be continued by the body. */
  readonly sql: string
  readonly database: string | undefined
  readonly format: string
  readonly settings: ReadonlyMap<string, string>
  /** The body is rows, not SQL. */
  readonly insertsBody: boolean
  /** A row of this format ends at a line end and at no other place. */
  readonly canBeCut: boolean
  readonly deduplicationToken: string | undefined
  readonly compressed: boolean
}

/** Names in the address that are not settings of the engine. */
const protocolNames = new Set([
  ...['query', 'query_id', 'database', 'default_format', 'session_id', 'session_timeout', 'session_check', 'close_session', 'role'],
  ...['wait_end_of_query', 'buffer_size', 'compress', 'decompress', 'enable_http_compression', 'client_protocol_version'],
])

const lineFormats = /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|TabSeparated|TSV|NDJSON|JSONLines)$/i

/** @throws Error with a ClickHouse code when a name could not be a setting's */
export function queryRequest(address: URLSearchParams): QueryRequest {
  const settings = new Map<string, string>()
  for (const [name, value] of address) {
    if (protocolNames.has(name)) continue
    if (!/^\w+$/.test(name)) throw new Error(`Code: 115. DB::Exception: Unknown setting '${name}'. (UNKNOWN_SETTING)`)
    settings.set(name, value)
  }
  const sql = address.get('query') ?? ''
  const insertFormat = /^\s*insert\s+into\b[\s\S]*\bformat\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1]
  const database = address.get('database') ?? undefined
  return {
    id: address.get('query_id') ?? randomUUID(),
    sql,
    database: database === undefined ? undefined : `\`${database.replaceAll(/[\\`]/g, '\\$&')}\``,
    format: address.get('default_format') ?? 'TabSeparated',
    settings,
    insertsBody: insertFormat !== undefined,
    canBeCut: insertFormat !== undefined && lineFormats.test(insertFormat),
    deduplicationToken: settings.get('insert_deduplication_token')?.replaceAll(/[^\w.:-]/g, '_'),
    compressed: address.get('enable_http_compression') === '1',
  }
}

/** The statement that puts a request's settings and values in force for its session. */
export function settingsStatement({ settings }: QueryRequest): string | undefined {
  if (settings.size === 0) return undefined
  return `SET ${[...settings].map(([name, value]) => `${name} = ${literal(value)}`).join(', ')}`
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

function literal(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape
  return `'${value.replaceAll(/[\\'\0\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`
}
