import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Role } from '../../config.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Log } from '../engines/engines.ts'
import { Problem } from '../http/problem.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { type Listener, listenTo } from '../realtime/listener.ts'
import type { WarehouseClient } from '../warehouse/warehouse.ts'
import { type Ending, endingOf, writeEnding } from './end-attempt.ts'
import { endQueries } from './end-queries.ts'
import type { AnyJobKind } from './job-kind.ts'
import { openQueue, scheduleQueue, workQueue } from './queue.ts'
import { currentActor, JobStopped, type LoadActor, runJob } from './run-job.ts'
import { keepSchedules, type ScheduleKeeper, startScheduled } from './schedules.ts'
import { requeueJob, type TakenJob, takeJob } from './sql.ts'
import { type AnySchedule, scheduleJob } from './start-job.ts'
import { cancelWaiting, requeueLost, takeOver } from './take-over.ts'

export interface JobRunnerOptions {
  database: Database
  warehouse?: WarehouseClient
  kinds: readonly AnyJobKind[]
  log: Log
  loadActor: LoadActor
  /** `worker` runs jobs, `scheduler` starts them on time; with neither, nothing happens here. */
  roles: readonly Role[]
  /** What the system starts by itself. */
  schedules?: readonly AnySchedule[]
  /** Jobs at the same time in this process. */
  concurrency?: number
}

export interface JobRunner {
  start(): Promise<void>
  /** Tells running jobs to stop; they go back into the queue and another worker goes on with them. */
  stop(): Promise<void>
}

interface Running {
  job: TakenJob
  kind: AnyJobKind
  abort: AbortController
  ended: Promise<void>
}

const sweepEveryMs = 2000
const unknownKindSeconds = 5

/** Runs the jobs of the queue in this process. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { database, log, loadActor, concurrency = 2 } = options
  const kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
  const workerId = randomUUID()
  const running = new Map<string, Running>()
  const background = new Set<Promise<unknown>>()
  let queue: PgBoss | undefined
  let listener: Listener | undefined
  let schedules: ScheduleKeeper | undefined
  let timer: NodeJS.Timeout | undefined
  let sweeps = 0
  let stopping = false
  let workIds: string[] = []

  const isWorker = options.roles.includes('worker')
  const isScheduler = options.roles.includes('scheduler')
  const wake = () => {
    for (const id of workIds) queue?.notifyWorker(id)
  }
  /** What nobody waits for: its failure is a line in the log, and the next sweep tries again. */
  const inBackground = (what: string, work: Promise<unknown>) => {
    const kept: Promise<unknown> = work
      .catch((error: Error) => log('warn', `Jobs: ${what} failed`, { err: error }))
      .finally(() => background.delete(kept))
    background.add(kept)
  }

  async function work(jobId: string, queueId: string): Promise<void> {
    const job = await takeJob(database.system, jobId, queueId, workerId)
    if (!job) return
    const kind = kinds.get(job.kind)
    if (!kind) {
      // A newer worker beside this one knows it.
      log('warn', 'A job of an unknown kind is left for another worker', { job: job.id, kind: job.kind })
      await systemTransaction(database, undefined, (tx) => requeueJob(tx, job, 'stopped', unknownKindSeconds))
      return
    }
    const abort = new AbortController()
    if (job.cancelRequested) abort.abort(new JobStopped('cancelled'))
    if (stopping) abort.abort(new JobStopped('stopping'))
    const ended = runJob(job, kind, { database, loadActor, signal: abort.signal })
      .then((result): Ending => ({ settlement: { outcome: 'done', result, problem: null } }))
      .catch((error: unknown) => endingOf(error, abort.signal))
      .then((ending) => {
        if ('error' in ending)
          log('error', 'A job failed unexpectedly', { job: job.id, kind: job.kind, attempt: job.attempt, err: ending.error })
        return writeEnding(database, job, kind, ending)
      })
      .catch((error: Error) => log('error', 'The end of a job could not be written', { job: job.id, err: error }))
      .finally(() => running.delete(job.id))
    running.set(job.id, { job, kind, abort, ended })
    await ended
  }

  /** Ends what a job runs in both engines, again and again until it has noticed. */
  async function stopQueries(one: Running): Promise<void> {
    let over = false
    void one.ended.then(() => {
      over = true
    })
    for (let round = 0; !over && round < 40; round++) {
      await endQueries(options, one.job.id)
      await Promise.race([one.ended, new Promise((resolve) => setTimeout(resolve, 250))])
    }
  }

  function stopJob(one: Running, reason: Error): void {
    if (one.abort.signal.aborted) return
    one.abort.abort(reason)
    inBackground('stopping queries', stopQueries(one))
  }

  function heardCancel(jobId: string): void {
    const one = running.get(jobId)
    if (one) stopJob(one, new JobStopped('cancelled'))
    else inBackground('cancelling', cancelWaiting(database, kinds, jobId))
  }

  /** Somebody's rights changed: their jobs stop now, not at their next batch, if they may not go on. */
  async function heardPrincipal(userId: string): Promise<void> {
    for (const one of running.values()) {
      if (userId !== 'all' && one.job.startedBy !== userId) continue
      await currentActor(one.job, one.kind.right, loadActor).catch((error: unknown) => {
        if (error instanceof Problem) stopJob(one, error)
        else throw error
      })
    }
  }

  async function sweep(): Promise<void> {
    const asked = await database.system<{ id: string }[]>`
      select id from job where state in ('waiting', 'running') and cancel_requested_at is not null`
    for (const { id } of asked) heardCancel(id)
    const taken = await takeOver({ ...options, kinds, workerId, isRunningHere: (id) => running.has(id) })
    if (taken > 0) log('warn', 'Took over jobs whose worker is gone', { jobs: taken })
    if (sweeps++ % 15 === 0) await requeueLost(database)
  }

  async function writeSchedules(tx: Tx): Promise<void> {
    for (const draft of options.schedules ?? []) await scheduleJob(tx, draft, undefined)
  }

  async function startWorker(): Promise<void> {
    listener = await listenTo(
      database,
      `zhike_worker_${workerId}`,
      {
        job_waiting: wake,
        job_cancel: heardCancel,
        principal_changed: (userId) => inBackground('checking rights', heardPrincipal(userId)),
      },
      wake,
    )
    const each = (id: string) =>
      queue?.work<{ id: string }>(id, { pollingIntervalSeconds: 1 }, async ([entry]) => {
        if (entry) await work(entry.data.id, entry.id)
      })
    for (let n = 0; n < concurrency; n++) {
      const id = await each(workQueue)
      if (id) workIds.push(id)
    }
    await queue?.work<{ name: string }>(scheduleQueue, { pollingIntervalSeconds: 5 }, async ([entry]) => {
      if (entry) await startScheduled(database, entry.data.name)
    })
    await sweep()
    let sweeping = false
    timer = setInterval(() => {
      if (sweeping) return
      sweeping = true
      inBackground(
        'the sweep',
        sweep().finally(() => {
          sweeping = false
        }),
      )
    }, sweepEveryMs)
  }

  return {
    start: async () => {
      if (!isWorker && !isScheduler) return
      queue = openQueue(database.address, database.passwordOf('zhike_system'), { schedule: isScheduler, supervise: isScheduler })
      queue.on('error', (error) => log('warn', 'Job queue', { err: error }))
      await queue.start()
      if (isScheduler) await systemTransaction(database, undefined, writeSchedules)
      if (isScheduler) schedules = await keepSchedules(database, queue, log)
      if (isWorker) await startWorker()
    },
    stop: async () => {
      stopping = true
      clearInterval(timer)
      workIds = []
      for (const one of running.values()) stopJob(one, new JobStopped('stopping'))
      await Promise.race([
        Promise.all([...running.values()].map(({ ended }) => ended)),
        new Promise((resolve) => setTimeout(resolve, 8000).unref()),
      ])
      await schedules?.stop()
      await queue?.stop({ graceful: false })
      await Promise.allSettled(background)
      await listener?.stop()
    },
  }
}
