import type { Sql } from '../src/platform/database/database.ts'

/** Tables that a refused request may touch: it may not tell anybody, but the log may. */
const apart = new Set(['audit_event'])

/**
 * A hash of every row of every table, by table: equal before and after whatever must not have written. Taken as the owner, so
 * that no policy hides a row.
 */
export async function hashOfTables(owner: Sql, skip: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name, tablename from pg_tables where schemaname = 'public' order by 1`
  const hashes: Record<string, string> = {}
  for (const { name } of tables) {
    const plain = name.replace('public.', '')
    if (apart.has(plain) || skip.includes(plain)) continue
    const [row] = await owner.unsafe<{ hash: string | null }[]>(
      `select md5(string_agg(hash, '' order by hash)) as hash from (select md5(t::text) as hash from ${name} t) rows`,
    )
    hashes[plain] = row?.hash ?? 'empty'
  }
  return hashes
}
