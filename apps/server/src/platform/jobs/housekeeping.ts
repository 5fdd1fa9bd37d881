import { z } from 'zod'
import type { Tx } from '../database/database.ts'
import type { FileStore } from '../files/file-store.ts'
import { defineJob, type JobContext, type JobKind } from './job-kind.ts'
import type { ScheduleDraft } from './start-job.ts'

const keepIdempotencyDays = 7
const keepUploadDays = 7
const keepJobDays = 180
/** Rows deleted in one transaction. */
const batch = 5000

/** Removes what has had its time. Run every night, by the company's clock; running it twice does no harm. */
export const housekeepingJob = (files: FileStore): JobKind<Record<string, never>> =>
  defineJob({
    kind: 'system.housekeeping',
    input: z.strictObject({}),
    run: async (context) => ({
      idempotencyKeys: await inBatches(context, 'idempotency keys', deleteIdempotencyKeys),
      jobs: await inBatches(context, 'jobs', deleteJobs),
      partitions: await context.transaction('system', keepPartitions),
      uploads: await deleteUploads(context, files),
    }),
  })

export const housekeepingSchedule = (files: FileStore): ScheduleDraft<Record<string, never>> => ({
  name: 'housekeeping',
  cron: '10 3 * * *',
  kind: housekeepingJob(files),
  input: {},
})

async function inBatches(context: JobContext, stage: string, remove: (tx: Tx) => Promise<number>): Promise<number> {
  let removed = 0
  for (;;) {
    const some = await context.transaction('system', remove)
    removed += some
    await context.progress(removed, null, stage)
    if (some < batch) return removed
  }
}

async function deleteIdempotencyKeys(tx: Tx): Promise<number> {
  const result = await tx`
    delete from idempotency_key where (user_id, key) in (
      select user_id, key from idempotency_key where created_at < now() - make_interval(days => ${keepIdempotencyDays}) limit ${batch})`
  return result.count
}

async function deleteJobs(tx: Tx): Promise<number> {
  const references = await referencesTo(tx, 'job')
  const result = await tx`
    delete from job where id in (
      select o.id from job o
       where o.finished_at < now() - make_interval(days => ${keepJobDays}) and ${unreferenced(tx, references)} limit ${batch})`
  return result.count
}

/** Partitions of the outbox for the days ahead are made, those behind every reader dropped. @returns how many were dropped */
async function keepPartitions(tx: Tx): Promise<number> {
  await tx`select make_outbox_partitions()`
  const [row] = await tx<{ dropped: number }[]>`select drop_outbox_partitions() as dropped`
  return row?.dropped ?? 0
}

type Reference = { table: string; column: string }

/** Which columns refer to a table is asked of the database: other modules' tables are not known here. */
const referencesTo = (tx: Tx, table: 'job' | 'stored_file') => tx<Reference[]>`
  select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
   where c.contype = 'f' and c.confrelid = ${table}::regclass`

/** Of rows `o`: those that no row refers to. */
const unreferenced = (tx: Tx, references: readonly Reference[]) =>
  references
    .map(({ table, column }) => tx`not exists (select 1 from ${tx(table)} r where r.${tx(column)} = o.id)`)
    .reduce((all, one) => tx`${all} and ${one}`, tx`true`)

/** Uploads that nothing came of, and files on disk whose row was never committed. */
async function deleteUploads(context: JobContext, files: FileStore): Promise<number> {
  const before = new Date(Date.now() - keepUploadDays * 86_400_000)
  const unused = await context.transaction('system', async (tx) => {
    const references = await referencesTo(tx, 'stored_file')
    const rows = await tx<{ id: string }[]>`
      delete from stored_file o where o.created_at < ${before} and ${unreferenced(tx, references)} returning id`
    return rows.map(({ id }) => id)
  })
  const onDisk = await files.olderThan(before)
  const orphans = await context.transaction('system', async (tx) => {
    const rows = await tx<{ id: string }[]>`
      select o.id from unnest(${onDisk}::text[]) as o(id) where not exists (select 1 from stored_file f where f.id::text = o.id)`
    return rows.map(({ id }) => id)
  })
  const gone = new Set([...unused, ...orphans])
  for (const id of gone) await files.remove(id)
  return gone.size
}
