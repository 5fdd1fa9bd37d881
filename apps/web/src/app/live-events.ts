import { useQueryClient } from '@tanstack/react-query'
import { urlOf } from '@zhike/contract/client.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { Job } from '@zhike/contract/platform/jobs.ts'
import { useEffect, useState } from 'react'

/**
 * Listens to the server: the progress of a job goes into its query as it comes. While the stream is broken, running jobs
 * are polled (see `jobById`).
 * @returns whether the stream is open; a short break does not count
 */
export function useLiveEvents(): boolean {
  const client = useQueryClient()
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    const source = new EventSource(urlOf(jobs.events))
    let timer: ReturnType<typeof setTimeout> | undefined
    source.addEventListener('open', () => {
      clearTimeout(timer)
      timer = undefined
      setConnected(true)
    })
    source.addEventListener('error', () => {
      timer ??= setTimeout(() => setConnected(false), 5_000)
    })
    source.addEventListener('job', ({ data }) => {
      const parsed = Job.safeParse(JSON.parse(data as string))
      if (!parsed.success) return
      client.setQueryData<Job>(['jobs', 'one', parsed.data.id], (now) => later(now, parsed.data))
      if (parsed.data.finishedAt) void client.invalidateQueries({ queryKey: ['jobs', 'list'] })
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client])
  return connected
}

/** Of two views of one job, the one that is further on: an event may overtake an answer. */
function later(a: Job | undefined, b: Job): Job {
  return a && (a.finishedAt !== null || a.done > b.done) && b.finishedAt === null ? a : b
}
