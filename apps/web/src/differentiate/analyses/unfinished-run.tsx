import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { useAllowed } from '../../app/session.ts'
import { JobProgress } from '../../platform/jobs/job-progress.tsx'
import { jobById } from '../../platform/jobs/job-queries.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Card } from '../../ui/page.tsx'
import { isText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'

interface Props {
  run: Run
  onEdit: (() => void) | undefined
  onAgain: (() => void) | undefined
}

/** A run that is under way, or that came to nothing: why, and what to do. */
export function UnfinishedRun({ run, onEdit, onAgain }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const finished = useCallback(() => void client.invalidateQueries({ queryKey: ['analyses'] }), [client])
  if (run.state === 'running') {
    return (
      <Card title={t('analysis.running')} note={t('analysis.running.note')}>
        {run.jobId && <JobProgress id={run.jobId} label={t('analysis.running')} onFinished={finished} />}
      </Card>
    )
  }
  return <Broken run={run} onEdit={onEdit} onAgain={onAgain} />
}

function Broken({ run, onEdit, onAgain }: Props) {
  const { t } = useTranslation()
  const may = useAllowed()
  const job = useQuery({ ...jobById(run.jobId ?? ''), enabled: run.jobId !== null && may('job.read') })
  const problem = job.data?.problem
  const withoutSales = problem?.type === '/problems/nothing-to-analyse'
  const title = withoutSales ? t('analysis.noSales') : t(run.state === 'cancelled' ? 'analysis.cancelled' : 'analysis.failed')
  const detail = problem && [problem.title, problem.detail].filter(isText).join(' ')
  return (
    <Empty
      title={title}
      text={withoutSales ? t('analysis.noSales.text', { day: run.asOf }) : (detail ?? t('analysis.failed.text'))}
      action={
        <div className="form-actions">
          {withoutSales && may('import.run') && (
            <Link to="/imports/new" className={buttonClass('primary')}>
              {t('analysis.importOrders')}
            </Link>
          )}
          {onAgain && !withoutSales && (
            <Button kind="primary" onClick={onAgain}>
              {t('analysis.run')}
            </Button>
          )}
          {onEdit && <Button onClick={onEdit}>{t('analysis.edit')}</Button>}
        </div>
      }
    />
  )
}
