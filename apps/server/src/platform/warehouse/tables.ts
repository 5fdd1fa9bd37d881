import { createHash } from 'node:crypto'

/**
 * `signed`: rows are only ever added, a correction is the same row with sign −1; sums take `sum(x * sign)`.
 * `newest`: of the rows with one key the one with the highest version counts; read with `final`.
 */
export type FactKind = 'signed' | 'newest'

/** Says which rows of the system of record are meant, as a condition on the expression that holds their key. */
export type KeyCondition = (key: string) => string

/** A table of the warehouse that is kept equal to what the system of record says. */
export interface FactTable {
  readonly name: string
  readonly kind: FactKind
  /** Name and ClickHouse type, in the order in which `rows` selects them; without `sign` and `version`. */
  readonly columns: Readonly<Record<string, string>>
  /** The column that holds the key of the source: all its rows with one key are corrected together. */
  readonly key: string
  readonly orderBy: readonly string[]
  /**
   * Sums that the warehouse keeps with the rows, by name: queries that group by the same keys or coarser ones and sum the same
   * expressions read these instead. They are part of what is inserted and merged, so they never differ from the rows.
   */
  readonly projections?: Readonly<Record<string, string>>
  /**
   * The statement of PostgreSQL that selects the rows as they are now. Instants are written with `instant()`. What does not
   * count any more is left out (`signed`) or said in a row of its own (`newest`).
   */
  rows(keys: KeyCondition): string
}

/** Records of the system of record whose changes concern tables of the warehouse. */
export interface FactSource {
  /** A table of PostgreSQL with a uuid `id`. */
  readonly from: string
  /** Its column with the number by which the warehouse knows a record. */
  readonly number: string
  /** Events whose ids name its records. */
  readonly events: readonly string[]
  readonly tables: readonly FactTable[]
}

/** A look-up held in memory by the warehouse. */
export interface Dictionary {
  readonly name: string
  /** The fact table that it is made from, by which it is known whether it is out of date. */
  readonly of: string
  /** What follows `create dictionary <name>`. @param database whose tables it reads */
  definition(database: string): string
}

/** A table that others write to, results for example: it outlives a rebuild. */
export interface KeptTable {
  readonly name: string
  /** What follows `create table <name>`. */
  readonly definition: string
}

/** Everything that is in the warehouse. */
export interface WarehouseSchema {
  readonly sources: readonly FactSource[]
  readonly dictionaries: readonly Dictionary[]
  readonly kept: readonly KeptTable[]
}

/** An instant as the warehouse's DateTime64(3, 'UTC') reads and writes it; what lies outside its range is moved to its end. */
export function instant(expression: string): string {
  const within = `least(greatest(${expression}, '1900-01-01 00:00:00+00'), '2299-12-31 00:00:00+00')`
  return `to_char(${within} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')`
}

/** The day of an instant in the company's time zone, for a Date32. */
export function companyDay(expression: string): string {
  const within = `least(greatest(${expression}, '1900-01-02 00:00:00+00'), '2299-12-30 00:00:00+00')`
  return `(${within} at time zone coalesce((select time_zone from company), 'UTC'))::date`
}

export const factTables = (schema: WarehouseSchema): FactTable[] => schema.sources.flatMap((source) => source.tables)

export const quoted = (name: string): string => `\`${name.replaceAll(/[\\`]/g, '\\$&')}\``

/** The statement that makes a fact table. */
export function factTableDdl(database: string, table: FactTable): string {
  const last = table.kind === 'signed' ? 'sign Int8' : 'version UInt64'
  const engine = table.kind === 'signed' ? 'MergeTree' : 'ReplacingMergeTree(version)'
  const columns = Object.entries(table.columns).map(([name, type]) => `  ${quoted(name)} ${type}`)
  const projections = Object.entries(table.projections ?? {}).map(([name, query]) => `  projection ${quoted(name)} (${query})`)
  return `create table ${quoted(database)}.${quoted(table.name)} (
${[...columns, `  ${last}`, ...projections].join(',\n')}
) engine = ${engine} order by (${table.orderBy.map(quoted).join(', ')})
settings non_replicated_deduplication_window = 10000`
}

/** Changes whenever the fact tables do: a warehouse that was built by other rules is built again. */
export function fingerprint(schema: WarehouseSchema): string {
  const text = schema.sources.flatMap((source) => source.tables.map((table) => factTableDdl('', table) + table.rows((key) => key)))
  return createHash('sha256').update(text.join('\n')).digest('hex').slice(0, 16)
}
