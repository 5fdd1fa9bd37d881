import type { Floor } from './floor.ts'

const schema = `
create table if not exists floor_customer (
  id uuid primary key default uuidv7(), number bigint generated always as identity unique, kind text not null, name text, sex text, phone text,
  email text, province text, city text, member_level text, created_at timestamptz not null default now());
create index if not exists floor_customer_newest on floor_customer (created_at desc, id desc);
create index if not exists floor_customer_city on floor_customer (city, member_level, created_at desc);
create index if not exists floor_customer_phone on floor_customer (phone);
create index if not exists floor_customer_name on floor_customer using gin (name gin_trgm_ops)`

const sql = `
insert into floor_customer (kind, name, sex, phone, email, province, city, member_level)
values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`

interface Draft {
  kind: string
  values: Record<string, string>
}

/** One row into one table with five indexes: no look for a double, no profile, no audit, no event. */
export const createFloor: Floor = {
  schema,
  statements: [{ sql, values: ['person', '张伟', 'male', '+8613800000001', 'a@example.com', '浙江省', '杭州市', '金卡会员'] }],
  register: (app, db) =>
    app.post<{ Body: Draft }>('/create', async ({ body: { kind, values } }, reply) => {
      const cells = [kind, ...['name', 'sex', 'phone', 'email', 'province', 'city', 'memberLevel'].map((field) => values[field] ?? null)]
      const [row] = await db.unsafe(sql, cells, { prepare: true })
      const from = {
        profileId: row?.['id'],
        channel: 'manual',
        recordedAt: row?.['created_at'],
        confirmedAt: row?.['created_at'],
        confirmedBy: 'somebody',
        locked: false,
        rule: 'only',
        otherValues: 0,
      }
      void reply.code(201)
      return { ...row, version: 1, values, provenance: Object.fromEntries(Object.keys(values).map((field) => [field, from])) }
    }),
}
