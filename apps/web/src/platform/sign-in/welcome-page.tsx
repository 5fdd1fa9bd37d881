import './texts.ts'
import '../jobs/texts.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { loadDemo } from '@zhike/contract/platform/demo.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { useCallback } from 'react'
import { api, queryClient } from '../../app/api.ts'
import { useCodeText } from '../../app/code-text.ts'
import { meQuery, useAllowed, useMe } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { JobProgress } from '../jobs/job-progress.tsx'
import { jobById } from '../jobs/job-queries.ts'
import './welcome.css'

/** After the first run: whether to look around with invented customers, or to begin with one's own. */
export function WelcomePage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { company } = useMe()
  return (
    <Page title={t('welcome.title')} purpose={t('welcome.purpose')}>
      <div className="welcome">
        {may('import.run') && (
          <Card title={t('welcome.own')}>
            <p>{t('welcome.own.text')}</p>
            <Link to="/imports/new" className={buttonClass('primary')}>
              {t('welcome.own.action')}
            </Link>
          </Card>
        )}
        {may('system.manage') && <DemoCard />}
      </div>
      {!company?.generated && (
        <p>
          <Link to="/">{t('welcome.empty')}</Link>
        </p>
      )}
    </Page>
  )
}

/** The latest load of the demo, so that a page opened again shows how far it is. */
const demoJob = {
  queryKey: ['jobs', 'demo'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const query = { kind: 'demo', limit: 1, after: undefined, state: undefined }
    return (await api(jobs.list, { query }, { signal })).items[0] ?? null
  },
}

function DemoCard() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const latest = useQuery(demoJob)
  const start = useMutation({
    mutationFn: () => api(loadDemo, { body: {} }),
    onSuccess: (job) => {
      queryClient.setQueryData(demoJob.queryKey, job)
      return queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
  const onFinished = useCallback(
    ({ state }: jobs.Job) => {
      if (state === 'done') void navigate({ to: '/customers', search: {} })
    },
    [navigate],
  )
  const job = latest.data
  const running = job && !job.finishedAt
  return (
    <Card title={t('welcome.demo')}>
      <p>{t('welcome.demo.text')}</p>
      {start.isError && <ProblemNotice error={start.error} />}
      {job && (running || job.state === 'failed') ? (
        <>
          <DemoStage id={job.id} />
          <JobProgress id={job.id} label={t('welcome.demo')} onFinished={onFinished} />
          {running && <p className="muted small">{t('welcome.demo.leave')}</p>}
        </>
      ) : (
        <Button busy={start.isPending} disabled={latest.isPending || job?.state === 'done'} onClick={() => start.mutate()}>
          {job?.state === 'done' ? t('welcome.demo.done') : t('welcome.demo.action')}
        </Button>
      )}
    </Card>
  )
}

function DemoStage({ id }: { id: string }) {
  const text = useCodeText()
  const { data } = useQuery(jobById(id))
  return <p role="status">{data?.stage && text('welcome.stage', data.stage)}</p>
}
