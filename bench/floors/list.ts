import type { Floor } from './floor.ts'
import { type FloorRow, rowColumns, rowJoins, shown } from './row.ts'

// Index: customer (city, member_level, created_at desc, id desc) where live.
const sql = `
select ${rowColumns}
  from customer c ${rowJoins}
 where c.live and c.city = $1 and c.member_level = $2
 order by c.created_at desc, c.id desc
 limit 50`

/** Fifty customers by city and level, newest first. */
export const listFloor: Floor = {
  statements: [{ sql, values: ['杭州市', '金卡会员'] }],
  register: (app, db) =>
    app.get<{ Querystring: { city: string; level: string } }>('/list', async ({ query }) => {
      const rows = await db.unsafe<FloorRow[]>(sql, [query.city, query.level], { prepare: true })
      const last = rows.at(-1)
      return { items: rows.map(shown), next: last ? Buffer.from(JSON.stringify([last.created_at, last.id])).toString('base64url') : null }
    }),
}
