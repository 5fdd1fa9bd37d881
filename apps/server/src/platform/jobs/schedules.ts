import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import type { Log } from '../engines/engines.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { type Listener, listenTo } from '../realtime/listener.ts'
import { scheduleQueue } from './queue.ts'
import { insertJob } from './start-job.ts'

export interface ScheduleKeeper {
  stop(): Promise<void>
}

const copyEveryMs = 60_000

/** Keeps the queue's schedules equal to ours, in the company's time zone, whoever changes them. */
export async function keepSchedules(database: Database, queue: PgBoss, log: Log): Promise<ScheduleKeeper> {
  let copying = Promise.resolve()
  const copy = () => {
    copying = copying
      .then(() => copySchedules(database, queue))
      .catch((error: Error) => log('warn', 'Schedules could not be copied', { err: error }))
    return copying
  }
  const listener: Listener = await listenTo(
    database,
    `zhike_scheduler_${randomUUID()}`,
    { job_schedule_changed: () => void copy() },
    () => void copy(),
  )
  // The company's time zone may change, too.
  const timer = setInterval(() => void copy(), copyEveryMs)
  timer.unref()
  await copy()
  return {
    stop: async () => {
      clearInterval(timer)
      await listener.stop()
      await copying
    },
  }
}

async function copySchedules(database: Database, queue: PgBoss): Promise<void> {
  const [company] = await database.system<{ timeZone: string }[]>`select time_zone as "timeZone" from company`
  const tz = company?.timeZone ?? 'UTC'
  const ours = await database.system<{ name: string; cron: string }[]>`select name, cron from job_schedule`
  const theirs = new Map((await queue.getSchedules(scheduleQueue)).map((each) => [each.key, each]))
  for (const { name, cron } of ours) {
    const same = theirs.get(name)
    theirs.delete(name)
    // Missed while nothing ran: made up for once.
    if (same?.cron !== cron || same.timezone !== tz) await queue.schedule(scheduleQueue, cron, { name }, { tz, key: name, missed: 'once' })
  }
  for (const name of theirs.keys()) await queue.unschedule(scheduleQueue, name)
}

/** Starts the job of a schedule that is due; not while its last one is still waiting or running. */
export async function startScheduled(database: Database, name: string): Promise<void> {
  await systemTransaction(database, undefined, async (tx) => {
    const [due] = await tx<{ kind: string; input: unknown; startedBy: string | null; busy: boolean }[]>`
      select s.kind, s.input, s.started_by as "startedBy",
             exists (select 1 from job j where j.kind = s.kind and j.input = s.input and j.state in ('waiting', 'running')) as busy
        from job_schedule s where s.name = ${name}`
    if (due && !due.busy) await insertJob(tx, due.kind, due.input, due.startedBy)
  })
}
