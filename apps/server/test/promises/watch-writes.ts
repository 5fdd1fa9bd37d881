import type { Sql } from '../../src/platform/database/database.ts'

export interface WriteWatch {
  /** What was committed since the last call: how many rows of which table were inserted, updated or deleted. */
  take(): Promise<Record<string, number>>
}

/**
 * Notes every row that anybody writes, in the transaction that writes it: what is rolled back leaves no note. Cheap enough to
 * look after each of thousands of requests. Not looked at: when a key or session was last used.
 */
export async function watchWrites(owner: Sql): Promise<WriteWatch> {
  await owner.unsafe(`
    create table test_write (table_name text not null);
    grant insert on test_write to zhike_app, zhike_system;
    create function note_write() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      if tg_op = 'UPDATE' and (to_jsonb(new) - 'last_used_at' - 'last_seen_at' - 'updated_at') = (to_jsonb(old) - 'last_used_at' - 'last_seen_at' - 'updated_at') then
        return null;
      end if;
      insert into test_write values (tg_table_name);
      return null;
    end $$`)
  const tables = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('test_write', 'auth_throttle')`
  for (const { name } of tables) {
    await owner.unsafe(`create trigger note_write after insert or update or delete on ${name} for each row execute function note_write()`)
  }
  return {
    take: async () => {
      const rows = await owner<{ table: string; rows: number }[]>`
        with taken as (delete from test_write returning table_name) select table_name as table, count(*)::int as rows from taken group by 1`
      return Object.fromEntries(rows.map(({ table, rows: count }) => [table, count]))
    },
  }
}
