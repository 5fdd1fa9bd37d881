import '../platform/jobs/texts.ts'
import { useRouter } from '@tanstack/react-router'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import { useCallback } from 'react'
import { say } from '../ui/messages.tsx'
import { useTranslation } from '../ui/translation.ts'
import { useCodeText } from './code-text.ts'

/** Where the result of a job is looked at; the list of jobs for what has no page of its own. */
export function resultPage({ kind, result }: Pick<Job, 'kind' | 'result'>): string {
  const importId = result?.['importId']
  if (typeof importId === 'string') return `/imports/${importId}`
  if (kind === 'analysis') return '/rfm'
  if (kind === 'demo' || kind === 'channel-trust') return '/customers'
  return '/jobs'
}

/** Tells of one's own job that has ended, with the way to its result; not where that is on screen already. */
export function useJobNotice(): (job: Job) => void {
  const { t } = useTranslation()
  const text = useCodeText()
  const router = useRouter()
  return useCallback(
    (job) => {
      const page = resultPage(job)
      const { pathname } = router.state.location
      const watched = pathname === page || pathname.startsWith(`${page}/`) || pathname === '/welcome'
      // Who stopped it knows.
      if (job.state === 'cancelled' || watched) return
      const what = text('job.kind', job.kind)
      const failed = job.state === 'failed'
      say({
        text: t(failed ? 'notice.failed' : 'notice.done', { what, why: job.problem?.title ?? '' }),
        tone: failed ? 'bad' : 'good',
        action: { label: t('notice.look'), run: () => router.history.push(failed ? '/jobs' : page) },
      })
    },
    [t, text, router],
  )
}
