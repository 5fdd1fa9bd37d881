import type { Sql } from '../../apps/server/src/platform/database/database.ts'

const tables = 'customer profile profile_customer identity customer_search customer_label orders order_line'.split(' ')

/** Loads with the indexes away that enforce nothing, makes them again, and leaves the tables as after a quiet night: vacuumed and analysed. */
export async function withoutIndexes(owner: Sql, load: () => Promise<void>): Promise<void> {
  const indexes = await owner<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(c.oid) as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = any (${tables}::text[]::regclass[])
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`
  for (const { name } of indexes) await owner.unsafe(`drop index "${name}"`)
  await load()
  await inPairs(indexes, async ({ definition }) => {
    await owner.begin(async (tx) => {
      await tx`set local maintenance_work_mem = '400MB'`
      await tx.unsafe(definition)
    })
  })
  await inPairs(tables, async (table) => {
    await owner.unsafe(`vacuum (analyze) ${table}`)
  })
  await owner`checkpoint`
}

/** Two at a time: as many as the smallest machine has cores. */
async function inPairs<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one)
  }
  await Promise.all([worker(), worker()])
}
