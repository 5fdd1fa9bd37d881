import { randomUUID } from 'node:crypto'

/** A request to the warehouse, taken from its address. */
export interface QueryRequest {
  readonly id: string
  /** May be continued by the body. */
  readonly sql: string
  /** Quoted. */
  readonly database: string | undefined
  /** Of a result whose statement names none. */
  readonly format: string
  /** Settings, and values as `param_name`. */
  readonly settings: ReadonlyMap<string, string>
  readonly compressed: boolean
}

/** Names in the address that are not settings of the engine. */
const protocolNames = new Set(
  (
    'query query_id database default_format session_id session_timeout session_check close_session role wait_end_of_query ' +
    'buffer_size compress decompress enable_http_compression client_protocol_version'
  ).split(' '),
)

/** @throws Error with a ClickHouse code when a name could not be a setting's */
export function queryRequest(address: URLSearchParams): QueryRequest {
  const settings = new Map<string, string>()
  for (const [name, value] of address) {
    if (protocolNames.has(name)) continue
    if (!/^\w+$/.test(name)) throw new Error(`Code: 115. DB::Exception: Unknown setting '${name}'. (UNKNOWN_SETTING)`)
    settings.set(name, value)
  }
  const database = address.get('database')
  return {
    id: address.get('query_id') ?? randomUUID(),
    sql: address.get('query') ?? '',
    database: database === null ? undefined : `\`${database.replaceAll(/[\\`]/g, '\\$&')}\``,
    format: address.get('default_format') ?? 'TabSeparated',
    settings,
    compressed: address.get('enable_http_compression') === '1',
  }
}

/** The statement that puts a request's settings and values in force for its session. */
export function settingsStatement(settings: ReadonlyMap<string, string>): string | undefined {
  if (settings.size === 0) return undefined
  return `SET ${[...settings].map(([name, value]) => `${name} = ${literal(value)}`).join(', ')}`
}

/** The format whose rows an insert announces: the body is rows then, not SQL. */
export function insertedFormat(sql: string): string | undefined {
  return /^\s*insert\s+into\b[\s\S]*\bformat\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1]
}

/** Whether every line end in this format ends a row, so that rows can be inserted in pieces. */
export function isCutAtLines(format: string): boolean {
  return /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|TabSeparated|TSV|NDJSON|JSONLines)$/i.test(format)
}

/** Whether a result can be sent as it comes: it is a query's, in a format without head and foot. */
export function isStreamable(sql: string, fallback: string): boolean {
  if (!/^\s*(select|with)\b/i.test(sql)) return false
  const format = /\bformat\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1] ?? fallback
  return isCutAtLines(format) || /^(CSV|RowBinary)$/i.test(format)
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** A text in quotes, as the warehouse reads it. */
export function literal(value: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters to escape
  return `'${value.replaceAll(/[\\'\0\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`
}
