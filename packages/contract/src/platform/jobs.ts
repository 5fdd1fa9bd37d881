import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery, queryFlag } from '../paging.ts'

export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])

/** A long piece of work. Progress is true and never goes back; `total` is null while it is not known. */
export const Job = z.object({
  id: z.uuid(),
  kind: z.string(),
  state: JobState,
  stage: z.string().nullable(),
  done: z.int(),
  total: z.int().nullable(),
  /** What the work produced: run id, counts, a file to fetch. */
  result: z.record(z.string(), z.unknown()).nullable(),
  problem: z.object({ type: z.string(), title: z.string(), detail: z.string().optional() }).nullable(),
  startedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  cancelRequested: z.boolean(),
})
export type Job = z.infer<typeof Job>

const id = z.strictObject({ id: z.uuid() })

export const list = endpoint({
  method: 'GET',
  path: '/jobs',
  access: 'job.read',
  summary: 'Jobs, newest first: one’s own, and everybody’s for those who manage them',
  query: z.strictObject({
    ...pageQuery,
    state: z.enum([...JobState.options, 'unfinished']).optional(),
    kind: z.string().max(60).optional(),
    mine: queryFlag.optional(),
  }),
  reply: page(Job),
})

export const get = endpoint({
  method: 'GET',
  path: '/jobs/:id',
  access: 'job.read',
  summary: 'One job with its progress',
  params: id,
  reply: Job,
  problems: ['job-not-found'],
})

export const cancel = endpoint({
  method: 'POST',
  path: '/jobs/:id/cancel',
  access: 'job.read',
  summary: 'Asks a job to stop; within five seconds no query of it runs in either engine',
  params: id,
  reply: Job,
  problems: ['job-not-found', 'job-finished'],
})

/**
 * Server-sent events: `job` (a Job) on every progress, `notice` when a job that one started oneself, not by a key, has finished,
 * `rights` when the caller's own have changed, `ping` every 15 s.
 */
export const events = endpoint({
  method: 'GET',
  path: '/events',
  access: 'signed-in',
  summary: 'Live stream (server-sent events) of job progress and notices for the caller',
  reply: z.unknown(),
  replyType: 'events',
})
