import type { Floor } from './floor.ts'

// An index-only scan of customer (city, member_level, …) include (spent, …) where live.
const sql = `
select city as value, member_level as "and", count(*) as customers, sum(spent)::bigint as spent
  from customer
 where live
 group by 1, 2
 order by 3 desc, 1, 2`

/** Customers by city and level. */
export const groupsFloor: Floor = {
  statements: [{ sql, values: [] }],
  register: (app, db) => app.get('/groups', async () => ({ groups: await db.unsafe(sql, [], { prepare: true }) })),
}
