import { setTimeout as sleep } from 'node:timers/promises'
import { cancel, get, list } from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { Problem } from '../http/problem.ts'
import type { Actor } from '../permissions/principal.ts'
import { actorTransaction } from '../permissions/transaction.ts'
import { connectWarehouse, type WarehouseClient } from '../warehouse/warehouse.ts'
import { type AnyJobKind, defineJob } from './job-kind.ts'
import { createLoadActor } from './load-actor.ts'
import { createJobRunner, type JobRunner } from './runner.ts'
import { startJob } from './start-job.ts'

let server: TestServer
let runner: JobRunner
let ana: TestUser
let warehouse: WarehouseClient
const seen: string[] = []

const count = defineJob({
  kind: 'test.count',
  input: z.strictObject({ to: z.int() }),
  right: 'import.run',
  run: async (context) => {
    for (let n = 1; n <= context.job.input.to; n++) {
      await context.recheck()
      await context.progress(n, context.job.input.to, 'counting')
      await sleep(5)
    }
    return { counted: context.job.input.to }
  },
})

const sleepInDatabase = defineJob({
  kind: 'test.sleep-database',
  input: z.strictObject({ as: z.enum(['actor', 'system']) }),
  right: 'import.run',
  run: async (context) => {
    await context.transaction(context.job.input.as, async (tx) => tx`select pg_sleep(60)`)
    return {}
  },
  settled: async (_tx, { outcome }) => {
    seen.push(outcome)
  },
})

const sleepInWarehouse = defineJob({
  kind: 'test.sleep-warehouse',
  input: z.strictObject({}),
  run: async (context) => {
    const reply = await warehouse.query({
      query: 'select sum(sleepEachRow(0.5)) from numbers(120) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 0',
      format: 'JSONEachRow',
      ...context.warehouseSettings(),
    })
    await reply.json()
    return {}
  },
})

const failing = defineJob({
  kind: 'test.failing',
  input: z.strictObject({ how: z.enum(['problem', 'error', 'once']) }),
  retries: 1,
  run: async ({ job }) => {
    if (job.input.how === 'problem') throw new Problem('nothing-to-analyse')
    if (job.input.how === 'error' || job.attempt === 1) throw new Error('broken for the test')
    return { attempt: job.attempt }
  },
})

const kinds: AnyJobKind[] = [count, sleepInDatabase, sleepInWarehouse, failing]

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  ana = await server.given.user({ grants: ['job.read', 'import.run'] })
  warehouse = connectWarehouse({ url: inject('engines').warehouseUrl, database: 'default' })
  runner = newRunner()
  await runner.start()
})

afterAll(async () => {
  await runner.stop()
  await warehouse.close()
  await server.stop()
})

const newRunner = () =>
  createJobRunner({
    database: server.app.database,
    warehouse,
    kinds,
    log: (level, message, fields) => {
      if (process.env['DEBUG_JOBS']) console.log(level, message, fields)
    },
    loadActor: createLoadActor(server.app.database),
    roles: ['worker'],
  })

const loadActor = (userId: string) => createLoadActor(server.app.database)(userId, null)

async function start<I>(kind: AnyJobKind, input: I, user = ana): Promise<string> {
  const actor = await loadActor(user.id)
  if (!actor) throw new Error('no such user')
  return actorTransaction(server.app.database, actor, undefined, (tx) => startJob(tx, kind, input, actor))
}

const read = (id: string, user = ana) => server.as(user)(get, { params: { id } })

async function until(id: string, states: readonly string[], withinMs = 10_000) {
  const deadline = performance.now() + withinMs
  for (;;) {
    const job = await read(id)
    if (states.includes(job.state)) return job
    if (performance.now() > deadline) throw new Error(`The job is still ${job.state} after ${withinMs} ms`)
    await sleep(20)
  }
}

const statementsRunning = async () => {
  const rows =
    await server.owner`select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`
  return rows.length
}

describe('running', () => {
  test('a job starts at once, its progress only goes forward, and its result is kept', async () => {
    const began = performance.now()
    const id = await start(count, { to: 100 })
    await until(id, ['running', 'done'])
    expect(performance.now() - began).toBeLessThan(1500)
    const reports: number[] = []
    for (let job = await read(id); job.state === 'running'; job = await read(id)) reports.push(job.done)
    const job = await until(id, ['done'])
    expect(reports).toEqual([...reports].sort((a, b) => a - b))
    expect(new Set(reports).size).toBeGreaterThan(1)
    expect(job).toMatchObject({
      done: 100,
      total: 100,
      stage: 'counting',
      result: { counted: 100 },
      problem: null,
      startedBy: { id: ana.id },
    })
  })

  test('a job exists if and only if the transaction that started it commits', async () => {
    const actor = await loadActor(ana.id)
    if (!actor) throw new Error('no such user')
    let id = ''
    await actorTransaction(server.app.database, actor, undefined, async (tx) => {
      id = await startJob(tx, count, { to: 1 }, actor)
      throw new Error('rolled back')
    }).catch(() => {})
    expect(await refusal(read(id))).toMatchObject({ status: 404, problem: 'job-not-found' })
    expect(await server.owner`select 1 from pgboss.job where data ->> 'id' = ${id}`).toHaveLength(0)
  })

  test('a problem is final and is told in the language of whoever reads', async () => {
    const job = await until(await start(failing, { how: 'problem' }), ['failed'])
    expect(job.problem).toMatchObject({ type: '/problems/nothing-to-analyse' })
    expect(job.problem?.title).toMatch(/^[A-Z]/)
  })

  test('an unexpected error is tried again, and in the end tells nothing of itself', async () => {
    expect(await until(await start(failing, { how: 'once' }), ['done', 'failed'])).toMatchObject({ state: 'done', result: { attempt: 2 } })
    const job = await until(await start(failing, { how: 'error' }), ['failed'])
    expect(job.problem).toMatchObject({ type: '/problems/internal-error' })
    expect(JSON.stringify(job)).not.toContain('broken for the test')
  })

  test('one’s own jobs are listed, and everybody’s for those who manage jobs', async () => {
    const ben = await server.given.user({ grants: ['job.read'] })
    const boss = await server.given.user({ grants: ['job.read', 'job.manage'] })
    const id = await start(count, { to: 1 })
    expect((await server.as(ben)(list, {})).items).toHaveLength(0)
    expect(await refusal(read(id, ben))).toMatchObject({ status: 404 })
    expect((await server.as(boss)(list, { query: { mine: true } })).items).toHaveLength(0)
    const all = await server.as(boss)(list, { query: { limit: 1 } })
    expect(all.items[0]?.id).toBe(id)
    expect((await server.as(boss)(list, { query: { limit: 1, after: all.next ?? '' } })).items[0]?.id).not.toBe(id)
  })
})

describe('cancelling', () => {
  test.each(['actor', 'system'] as const)('ends a statement of the %s within five seconds', async (as) => {
    const id = await start(sleepInDatabase, { as })
    await until(id, ['running'])
    await expect.poll(statementsRunning, { timeout: 3000 }).toBe(1)
    const asked = performance.now()
    await server.as(ana)(cancel, { params: { id } })
    await until(id, ['cancelled'], 5000)
    expect(await statementsRunning()).toBe(0)
    expect(performance.now() - asked).toBeLessThan(5000)
    expect(seen.at(-1)).toBe('cancelled')
    expect(await refusal(server.as(ana)(cancel, { params: { id } }))).toMatchObject({ status: 409, problem: 'job-finished' })
  })

  test('ends a query of the warehouse within five seconds', async () => {
    const id = await start(sleepInWarehouse, {})
    await until(id, ['running'])
    const running = async () => {
      const reply = await warehouse.query({
        query: "select count() as n from system.processes where query like '%sleepEachRow(0.5)%' and query not like '%system.processes%'",
        format: 'JSONEachRow',
      })
      return Number((await reply.json<{ n: number }>())[0]?.n)
    }
    await expect.poll(running, { timeout: 3000 }).toBe(1)
    await server.as(ana)(cancel, { params: { id } })
    await until(id, ['cancelled'], 5000)
    await expect.poll(running, { timeout: 5000 }).toBe(0)
  })
})

describe('rights', () => {
  test('a job stops at once when its person loses the right', async () => {
    const eve = await server.given.user({ grants: ['job.read', 'import.run'] })
    const id = await start(sleepInDatabase, { as: 'actor' }, eve)
    await expect.poll(statementsRunning, { timeout: 3000 }).toBe(1)
    await server.owner`update users set disabled_at = now() where id = ${eve.id}`
    await expect.poll(statementsRunning, { timeout: 2000 }).toBe(0)
    const state = () => server.owner`select state, problem ->> 'problem' as problem from job where id = ${id}`.then(([row]) => row)
    await expect.poll(state, { timeout: 2000 }).toEqual({ state: 'failed', problem: 'right-missing' })
  })

  test('a job started with an API key may do no more than the key', async () => {
    const actor = await loadActor(ana.id)
    if (!actor) throw new Error('no such user')
    const keyed: Actor = { ...actor, via: 'api-key', rights: new Map([...actor.rights].filter(([right]) => right === 'job.read')) }
    const id = await actorTransaction(server.app.database, keyed, undefined, (tx) => startJob(tx, count, { to: 1 }, keyed))
    expect((await until(id, ['failed'])).problem).toMatchObject({ type: '/problems/right-missing' })
  })
})

describe('several workers', () => {
  test('never run one job twice', async () => {
    const other = newRunner()
    await other.start()
    const ids = await Promise.all(Array.from({ length: 20 }, () => start(count, { to: 3 })))
    for (const id of ids) await until(id, ['done'])
    await other.stop()
    const rows = await server.owner<{ attempt: number }[]>`select attempt from job where id in ${server.owner(ids)}`
    expect(rows.map(({ attempt }) => attempt)).toEqual(ids.map(() => 1))
  })

  test('hand a job over when one of them stops', async () => {
    const id = await start(count, { to: 400 })
    await until(id, ['running'])
    await runner.stop()
    runner = newRunner()
    await runner.start()
    expect(await until(id, ['done'])).toMatchObject({ result: { counted: 400 } })
  })
})
