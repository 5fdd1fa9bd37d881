import type { Sql } from './database.ts'

const types: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  bpchar: 'string',
  varchar: 'string',
  timestamp: 'Date',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  bool: 'boolean',
  jsonb: 'unknown',
  date: 'string',
  timestamptz: 'Date',
  bytea: 'Buffer',
  xid8: 'string',
}

interface Column {
  table: string
  column: string
  type: string
  array: boolean
  nullable: boolean
}

/** TypeScript of one interface per table, its members named and typed as the driver gives them. */
export async function rowTypes(sql: Sql): Promise<string> {
  const columns = await sql<Column[]>`
    select c.relname as table, a.attname as column, coalesce(e.typname, t.typname) as type, e.oid is not null as array, not a.attnotnull as nullable
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname, a.attnum`
  const tables = Map.groupBy(columns, ({ table }) => table)
  const interfaces = [...tables].map(([table, own]) => `interface ${interfaceName(table)} {\n${own.map(member).join('\n')}\n}\n`)
  const names = [...tables.keys()].map((table) => `  ${table}: ${interfaceName(table)}`)
  return `// Made from the migrated database by \`npm run rows\`; a test keeps it true.\n\n${interfaces.join('\n')}\n/** By the table's name. */\nexport interface Tables {\n${names.join('\n')}\n}\n`
}

/** Only `Tables` is imported: the rows are reached through it. */
const interfaceName = (table: string): string => `${table.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}Row`

function member({ column, type, array, nullable }: Column): string {
  const known = types[type]
  if (!known) throw new Error(`no TypeScript type is known for ${type}`)
  return `  ${column}: ${known}${array ? '[]' : ''}${nullable ? ' | null' : ''}`
}
