import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import { useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { isText, useProblemText } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { jobById, useCancelJob } from './job-queries.ts'

/** How far a job is, with the way to stop it. Calls back once when it is over. */
export function JobProgress({ id, label, onFinished }: { id: string; label: string; onFinished?: (job: Job) => void }) {
  const { data: job } = useQuery(jobById(id))
  const told = useRef<string>(undefined)
  useEffect(() => {
    if (!job?.finishedAt || told.current === job.id) return
    told.current = job.id
    onFinished?.(job)
  }, [job, onFinished])
  if (!job) return <Progress label={label} share={undefined} />
  if (job.state === 'failed' && job.problem) {
    return (
      <Notice tone="bad" title={job.problem.title}>
        {isText(job.problem.detail) && job.problem.detail}
      </Notice>
    )
  }
  return (
    <div className="row-between">
      <JobBar job={job} label={label} />
      <CancelJob job={job} />
    </div>
  )
}

/** Stops a job that has not ended. */
export function CancelJob({ job, small = false }: { job: Job; small?: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const cancel = useCancelJob()
  if (job.finishedAt) return null
  const stopping = job.cancelRequested || cancel.isPending
  return (
    <Button
      small={small}
      busy={stopping}
      onClick={() => cancel.mutate(job.id, { onError: (error) => say({ text: problemText(error).title, tone: 'bad' }) })}
    >
      {stopping ? t('job.cancelling') : t('job.cancel')}
    </Button>
  )
}

/** A bar and the same in figures. Where the total is not known, only what is done is said. */
export function JobBar({ job, label }: { job: Job; label: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { done, state } = job
  // An estimate while it runs, of no use afterwards.
  const total = job.finishedAt ? null : job.total
  const share = state === 'done' ? 1 : job.finishedAt || state === 'waiting' ? 0 : total ? Math.min(done / total, 1) : undefined
  return (
    <div className="job-bar">
      <Progress label={label} share={share} />
      <span className="muted small">
        {state === 'waiting'
          ? t('job.state.waiting')
          : total
            ? t('job.progress', { done: formats.count(done), total: formats.count(total) })
            : t('job.progress.open', { done: formats.count(done) })}
      </span>
    </div>
  )
}
