import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { upload } from '@zhike/contract/platform/files.ts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { createFileStore } from '../files/file-store.ts'
import { finishBatch, publish, takeBatch } from '../outbox/outbox.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { housekeepingJob } from './housekeeping.ts'
import { defineJob } from './job-kind.ts'
import { scheduleJob, startJob, unscheduleJob } from './start-job.ts'

let server: TestServer
let folder: string

beforeAll(async () => {
  server = await startTestServer()
  folder = join(inject('engines').dataFolder, server.app.database.address.database)
})
afterAll(() => server.stop())

const nothing = defineJob({ kind: 'test.nothing', input: z.strictObject({}), run: async () => ({}) })

async function keepHouse(): Promise<Record<string, number>> {
  const kind = housekeepingJob(createFileStore(folder))
  const id = await systemTransaction(server.app.database, undefined, (tx) => startJob(tx, kind, {}, undefined))
  const read = async () =>
    (await server.owner<{ state: string; result: Record<string, number> }[]>`select state, result from job where id = ${id}`)[0]
  await expect.poll(async () => (await read())?.state, { timeout: 10_000 }).toBe('done')
  return (await read())?.result ?? {}
}

const partitions = async () =>
  (
    await server.owner<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'outbox'::regclass order by 1`
  ).map(({ name }) => name)

test('uploads that nothing came of are removed after seven days, row and file', async () => {
  const user = await server.given.user({ grants: ['import.run'] })
  const store = async (name: string) => {
    const body = new FormData()
    body.append('file', new Blob(['a']), name)
    return (await server.as(user)(upload, { body })).id
  }
  const [old, fresh] = [await store('old.csv'), await store('fresh.csv')]
  await server.owner`update stored_file set created_at = now() - interval '8 days' where id = ${old}`
  expect(await keepHouse()).toMatchObject({ uploads: 1 })
  const left = await server.owner<{ id: string }[]>`select id from stored_file`
  expect(left.map(({ id }) => id)).toEqual([fresh])
  expect([old, fresh].map((id) => existsSync(join(folder, id.slice(-2), id)))).toEqual([false, true])
})

test('old idempotency keys go, new ones stay', async () => {
  const { id } = await server.given.user()
  await server.owner`insert into idempotency_key (user_id, key, fingerprint, created_at)
    select ${id}, 'k' || n, ''::bytea, now() - make_interval(days => n) from generate_series(1, 10) as n`
  expect(await keepHouse()).toMatchObject({ idempotencyKeys: 4 })
})

test('the outbox has a partition for each of the next days, and drops those that every reader is behind', async () => {
  const names = await partitions()
  expect(names).toHaveLength(9)
  const at = new Date(Date.now() - 10 * 86_400_000)
  const day = at.toISOString().slice(0, 10)
  const name = `outbox_${day.replaceAll('-', '')}`
  await server.owner.unsafe(`create table ${name} partition of outbox for values from ('${day}') to ('${day}'::date + 1)`)
  await server.owner`insert into outbox (at, type, payload) values (${at}, 'test.old', '{"ids":[]}')`
  await server.owner`insert into outbox_cursor (reader, xid, position) values ('slow', '0', 0)`
  expect(await keepHouse()).toMatchObject({ partitions: 0 })
  expect(await partitions()).toContain(name)

  await systemTransaction(server.app.database, undefined, (tx) => publish(tx, [{ type: 'test.new', ids: ['1'] }]))
  const { system } = server.app.database
  const everything = { events: 1000, ids: 1_000_000 }
  const readAll = async () => {
    for (const { reader } of await system<{ reader: string }[]>`select reader from outbox_cursor`) {
      for (let batch = await takeBatch(system, reader, everything); batch; batch = await takeBatch(system, reader, everything))
        await finishBatch(system, reader, batch)
    }
  }
  // A transaction that runs anywhere in the cluster holds the readers back, and a busy partition is left for the next night.
  const dropped = async () => {
    await readAll()
    return (await keepHouse())['partitions']
  }
  await expect.poll(dropped, { timeout: 20_000, interval: 200 }).toBe(1)
  expect(await partitions()).toEqual(names)
})

test('nobody who is not the system may make or drop partitions, or write into them behind the policies', async () => {
  const { app } = server.app.database
  const [name] = (await partitions()).filter((each) => each !== 'outbox_default')
  await expect(app`select drop_outbox_partitions()`).rejects.toMatchObject({ code: '42501' })
  const deleted = app.begin('begin read write;', (tx) => tx.unsafe(`delete from ${name}`))
  await expect(deleted).rejects.toMatchObject({ code: '42501' })
})

test('a schedule follows the company’s time zone, starts its job when due, and ends when taken back', async () => {
  const copied = async () =>
    (
      await server.owner<{ key: string; cron: string; timezone: string }[]>`select key, cron, timezone from pgboss.schedule order by key`
    ).map((each) => ({ ...each }))
  const houseKept = { key: 'housekeeping', cron: '10 3 * * *' }
  await expect.poll(copied).toEqual([{ ...houseKept, timezone: 'Asia/Shanghai' }])
  await systemTransaction(server.app.database, undefined, (tx) =>
    scheduleJob(tx, { name: 'test.nightly', cron: '0 2 * * 1', kind: nothing, input: {} }, undefined),
  )
  await expect.poll(copied).toContainEqual({ key: 'test.nightly', cron: '0 2 * * 1', timezone: 'Asia/Shanghai' })
  // What the queue does at the time: an entry with the schedule's name.
  await server.owner`insert into pgboss.job (name, data) values ('schedule', '{"name": "test.nightly"}')`
  const jobs = () => server.owner`select kind from job where kind = 'test.nothing'`.then((rows) => rows.length)
  await expect.poll(jobs, { timeout: 10_000 }).toBe(1)
  await systemTransaction(server.app.database, undefined, async (tx) => {
    await unscheduleJob(tx, 'test.nightly')
    await tx`update company set time_zone = 'Europe/Lisbon'`
  })
  await expect.poll(copied).toEqual([{ ...houseKept, timezone: 'Europe/Lisbon' }])
})
