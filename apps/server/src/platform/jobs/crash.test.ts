import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/harness.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { createJobRunner, type JobRunner } from './runner.ts'
import { startJob } from './start-job.ts'
import { steps } from './testing/steps.ts'

let server: TestServer
const children: ChildProcess[] = []

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  await server.owner`create table test_step (job_id uuid, step int, attempt int, primary key (job_id, step))`
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await server.stop()
})

async function workerProcess(): Promise<ChildProcess> {
  const options = JSON.stringify({ address: server.app.database.address, secret: inject('engines').secret })
  const child = fork(fileURLToPath(new URL('./testing/worker-process.ts', import.meta.url)), [options], { execArgv: [] })
  children.push(child)
  await once(child, 'message')
  return child
}

const startSteps = (count: number, seconds: number) =>
  systemTransaction(server.app.database, undefined, (tx) => startJob(tx, steps, { count, seconds }, undefined))

const jobOf = async (id: string) => {
  const [row] = await server.owner<
    { state: string; done: number; attempt: number }[]
  >`select state, done, attempt from job where id = ${id}`
  return row
}

async function withRunner<T>(work: (runner: JobRunner) => Promise<T>): Promise<T> {
  const runner = createJobRunner({
    database: server.app.database,
    kinds: [steps],
    log: () => {},
    loadActor: async () => undefined,
    roles: ['worker'],
  })
  await runner.start()
  try {
    return await work(runner)
  } finally {
    await runner.stop()
  }
}

test('a job whose process was killed is taken over by a worker that runs, and no step is lost or done twice', async () => {
  const child = await workerProcess()
  const id = await startSteps(100, 0.03)
  await expect.poll(async () => (await jobOf(id))?.done, { timeout: 10_000 }).toBeGreaterThan(5)
  await withRunner(async () => {
    child.kill('SIGKILL')
    const killed = performance.now()
    await expect.poll(async () => (await jobOf(id))?.attempt, { timeout: 6000 }).toBe(2)
    expect(performance.now() - killed).toBeLessThan(6000)
    const before = (await jobOf(id))?.done ?? 0
    expect(before).toBeGreaterThan(5)
    await expect.poll(async () => (await jobOf(id))?.state, { timeout: 15_000 }).toBe('done')
  })
  const rows = await server.owner<
    { step: number; attempt: number }[]
  >`select step, attempt from test_step where job_id = ${id} order by step`
  expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
  expect(new Set(rows.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]))
})

test('a job is taken over at the next start, and what the dead worker’s statement still did is ended first', async () => {
  const child = await workerProcess()
  const id = await startSteps(1, 40)
  const sleeping = async () =>
    (await server.owner`select 1 from pg_stat_activity where application_name = ${`zhike_job_${id}`} and state = 'active'`).length
  await expect.poll(sleeping, { timeout: 10_000 }).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await sleeping()).toBe(1)
  await withRunner(async () => {
    await expect.poll(async () => (await jobOf(id))?.attempt, { timeout: 6000 }).toBe(2)
    const rows = await server.owner`select 1 from test_step where job_id = ${id} and attempt = 1`
    expect(rows).toHaveLength(0)
  })
})

test('a job that kills its worker again and again without getting on is given up', async () => {
  const id = await startSteps(1, 0)
  await server.owner`update job set state = 'running', attempt = 5, crashes = 4, worker_id = gen_random_uuid() where id = ${id}`
  await withRunner(() => expect.poll(async () => (await jobOf(id))?.state, { timeout: 6000 }).toBe('failed'))
})

test('a waiting job that the queue has lost is queued again', async () => {
  const id = await startSteps(1, 0)
  await server.owner`delete from pgboss.job`
  await server.owner`update job set created_at = now() - interval '1 minute' where id = ${id}`
  await withRunner(() => expect.poll(async () => (await jobOf(id))?.state, { timeout: 6000 }).toBe('done'))
})

test('an engine that is away for a moment does not count as a failure of the job', async () => {
  const id = await startSteps(60, 0.02)
  await withRunner(async () => {
    await expect.poll(async () => (await jobOf(id))?.done, { timeout: 5000 }).toBeGreaterThan(2)
    // Between two statements its connection rests: what is ended is one that works.
    const end = () => server.owner`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${`zhike_job_${id}`} and state <> 'idle'`
    await expect.poll(async () => (await end()).length, { interval: 5, timeout: 5000 }).toBeGreaterThan(0)
    await expect.poll(async () => (await jobOf(id))?.state, { timeout: 10_000 }).toBe('done')
  })
  const [row] = await server.owner`select failures, crashes, attempt from job where id = ${id}`
  expect(row).toEqual({ failures: 0, crashes: 0, attempt: 2 })
})

test('a worker that lost its job can write nothing of it any more', async () => {
  const id = await startSteps(200, 0.02)
  await withRunner(async () => {
    await expect.poll(async () => (await jobOf(id))?.state, { timeout: 5000 }).toBe('running')
    // Somebody else has it now.
    await server.owner`update job set attempt = 7 where id = ${id}`
    await expect
      .poll(async () => (await server.owner`select 1 from pg_stat_activity where application_name = ${`zhike_job_${id}`}`).length, {
        timeout: 3000,
      })
      .toBe(0)
    const [{ n } = { n: 0 }] = await server.owner<
      { n: number }[]
    >`select count(*)::int as n from test_step where job_id = ${id} and attempt = 1`
    expect(n).toBeLessThan(200)
    expect(await jobOf(id)).toMatchObject({ state: 'running', attempt: 7 })
  })
})
