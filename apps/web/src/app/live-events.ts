import { useQueryClient } from '@tanstack/react-query'
import { urlOf } from '@zhike/contract/client.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { Job } from '@zhike/contract/platform/jobs.ts'
import { useEffect, useRef, useState } from 'react'
import { api, meKey } from './api.ts'

const beforeItCounts = 5_000
const beforeOpeningAnew = 5_000

/**
 * Listens to the server: the progress of a job goes into its query as it comes. While the stream is broken, running jobs
 * are polled (see `jobById`).
 * @param onFinished told of each of one's own jobs that has ended
 * @returns whether the stream is open; a short break does not count
 */
export function useLiveEvents(onFinished: (job: Job) => void): boolean {
  const client = useQueryClient()
  const [connected, setConnected] = useState(true)
  const tell = useRef(onFinished)
  useEffect(() => {
    tell.current = onFinished
  }, [onFinished])
  useEffect(() => {
    let source: EventSource
    let broken: ReturnType<typeof setTimeout> | undefined
    let anew: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      source = new EventSource(urlOf(jobs.events))
      source.addEventListener('open', () => {
        clearTimeout(broken)
        broken = undefined
        setConnected(true)
      })
      source.addEventListener('error', () => {
        broken ??= setTimeout(() => setConnected(false), beforeItCounts)
        // It also ends when one loses what it needs: a right, or the session.
        void client.invalidateQueries({ queryKey: meKey })
        // Refused, and the browser will not ask again.
        if (source.readyState === EventSource.CLOSED) anew = setTimeout(open, beforeOpeningAnew)
      })
      // What one may see and do has changed: everything on the page is read anew.
      source.addEventListener('rights', () => void client.invalidateQueries())
      source.addEventListener('job', ({ data }) => {
        const job = jobIn(data)
        if (!job) return
        if (!job.finishedAt) client.setQueryData<Job>(['jobs', 'one', job.id], (now) => later(now, job))
        // The stream speaks the browser's language; how a job ended is read in that of the page.
        else void client.invalidateQueries({ queryKey: ['jobs'] })
      })
      source.addEventListener('notice', ({ data }) => {
        const job = jobIn(data)
        if (job)
          void api(jobs.get, { params: { id: job.id } }).then(
            (read) => tell.current(read),
            () => {},
          )
      })
    }
    open()
    return () => {
      clearTimeout(broken)
      clearTimeout(anew)
      source.close()
    }
  }, [client])
  return connected
}

function jobIn(data: unknown): Job | undefined {
  const read = JSON.parse(String(data)) as { job?: unknown }
  return Job.safeParse(read.job ?? read).data
}

/** Of two views of one job, the one that is further on: an event may overtake an answer. */
function later(a: Job | undefined, b: Job): Job {
  return a && (a.finishedAt !== null || a.done > b.done) && b.finishedAt === null ? a : b
}
