import { randomUUID } from 'node:crypto'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { Database } from '../database/database.ts'
import type { Log } from '../engines/engines.ts'
import { readJob } from '../jobs/job-view.ts'
import { type Actor, hasSameAccess } from '../permissions/principal.ts'
import { type EventStream, eventText } from './event-stream.ts'
import { listenTo } from './listener.ts'

/** Somebody who listens. */
export interface Listening {
  actor: Actor
  locale: Locale
  stream: EventStream
  /** Who they are now; undefined when they may not listen any more. */
  authenticate: () => Promise<Actor | undefined>
}

export interface EventHub {
  add(listening: Listening): void
  /** Streams that somebody has open here. */
  countOf(userId: string): number
  count(): number
  /** Ends every stream. */
  stop(): Promise<void>
}

const pingEveryMs = 15_000
/** What is remembered about people is forgotten by the same notification that we hear, perhaps a moment after us. */
const secondLookMs = 400

/**
 * Brings live events to everybody who listens in this process: progress of jobs to whoever started them and to those who
 * manage jobs, whichever process runs them; a notice of its end to who started it by hand. A stream ends within a second when its person loses the session or the right.
 */
export async function createEventHub(database: Database, log: Log): Promise<EventHub> {
  const all = new Set<Listening>()
  const reading = new Map<string, { again: boolean }>()

  const end = (listening: Listening) => {
    all.delete(listening)
    listening.stream.end()
  }

  async function look(listening: Listening): Promise<void> {
    const actor = await listening.authenticate().catch(() => undefined)
    if (!actor?.rights.has('job.read')) return end(listening)
    const changed = !hasSameAccess(actor, listening.actor)
    listening.actor = actor
    // What is on the page may be too much now, or too little.
    if (changed) listening.stream.send('rights', eventText('rights', {}))
  }

  function heardPrincipal(userId: string): void {
    for (const listening of all) {
      if (userId !== 'all' && listening.actor.userId !== userId) continue
      void look(listening)
      setTimeout(() => all.has(listening) && void look(listening), secondLookMs).unref()
    }
  }

  /** Reads a job once for everybody; changes that come meanwhile are read together afterwards. */
  async function heardJob(jobId: string, userId: string): Promise<void> {
    const busy = reading.get(jobId)
    if (busy) {
      busy.again = true
      return
    }
    const state = { again: true }
    reading.set(jobId, state)
    try {
      while (state.again) {
        state.again = false
        await sendJob(jobId, userId)
      }
    } finally {
      reading.delete(jobId)
    }
  }

  /** With somebody's key: no news to them. */
  async function wasStartedByProgram(jobId: string): Promise<boolean> {
    const [job] = await database.system<{ byKey: boolean }[]>`select rights is not null as "byKey" from job where id = ${jobId}`
    return job?.byKey === true
  }

  async function sendJob(jobId: string, userId: string): Promise<void> {
    const byProgram = await wasStartedByProgram(jobId)
    const concerned = [...all].filter(({ actor }) => actor.userId === userId || actor.rights.has('job.manage'))
    for (const locale of new Set(concerned.map((listening) => listening.locale))) {
      const job = await readJob(database.system, jobId, locale)
      if (!job) continue
      const finished = job.finishedAt !== null
      for (const { actor, stream } of concerned.filter((listening) => listening.locale === locale)) {
        stream.send(`job ${jobId}`, eventText('job', job))
        if (finished && !byProgram && actor.userId === userId)
          stream.send(`notice ${jobId}`, eventText('notice', { type: `job.${job.state}`, job }))
      }
    }
  }

  const listener = await listenTo(database, `zhike_events_${randomUUID()}`, {
    principal_changed: heardPrincipal,
    job_changed: (payload) => {
      const [jobId = '', userId = ''] = payload.split(' ')
      if (all.size > 0) heardJob(jobId, userId).catch((error: Error) => log('warn', 'A live event was lost', { err: error }))
    },
  })
  const pings = setInterval(() => {
    for (const listening of all) {
      listening.stream.send('ping', eventText('ping', {}))
      void look(listening)
    }
  }, pingEveryMs)
  pings.unref()

  return {
    add: (listening) => {
      all.add(listening)
      listening.stream.onEnd(() => all.delete(listening))
    },
    countOf: (userId) => [...all].filter(({ actor }) => actor.userId === userId).length,
    count: () => all.size,
    stop: async () => {
      clearInterval(pings)
      for (const listening of all) end(listening)
      await listener.stop()
    },
  }
}
