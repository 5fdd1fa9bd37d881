import './texts.ts'
import '../../identify/collection/texts.ts'
import '../../differentiate/rfm/texts.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import { App, Button, Skeleton } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { JobBar } from './job-progress.tsx'
import { jobList, useCancelJob } from './job-queries.ts'
import { useJobSubject } from './job-subject.ts'

const tones: Record<Job['state'], Tone> = { waiting: 'gray', running: 'blue', done: 'jade', failed: 'seal', cancelled: 'gray' }

export function JobListPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('jobs.title')} purpose={t('jobs.purpose')}>
      <JobTable />
    </Page>
  )
}

function JobTable() {
  const { t } = useTranslation()
  const columns = useColumns()
  const list = useInfiniteQuery(jobList)
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton active className="card" />
  if (list.isError) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <Empty title={t('jobs.empty')} text={t('jobs.empty.text')} />
  return (
    <DataTable
      label={t('jobs.list')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      card={(job) => <JobCard job={job} />}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      loadMore={loadMore}
    />
  )
}

function useColumns(): Column<Job>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const subject = useJobSubject()
  return [
    {
      key: 'kind',
      title: t('jobs.column.kind'),
      width: 'minmax(180px, 1.6fr)',
      render: (job) => (
        <>
          <b>{text('job.kind', job.kind)}</b> <span className="muted small">{subject(job)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('jobs.column.state'),
      width: '100px',
      render: ({ state }) => <Badge tone={tones[state]}>{t(`job.state.${state}`)}</Badge>,
    },
    { key: 'progress', title: t('jobs.column.progress'), width: 'minmax(220px, 2fr)', render: (job) => <Outcome job={job} /> },
    {
      key: 'by',
      title: t('jobs.column.by'),
      width: 'minmax(90px, 1fr)',
      render: ({ startedBy }) => startedBy?.name ?? t('history.system'),
    },
    { key: 'when', title: t('jobs.column.when'), width: '136px', render: ({ createdAt }) => formats.moment(createdAt) },
    { key: 'cancel', title: '', width: '90px', align: 'end', render: (job) => <CancelButton job={job} /> },
  ]
}

function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.problem) return <span className="field-wrong">{job.problem.title}</span>
  return <JobBar job={job} label={t('jobs.column.progress')} />
}

function CancelButton({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const cancel = useCancelJob()
  if (job.finishedAt) return null
  return (
    <Button
      size="small"
      disabled={job.cancelRequested || cancel.isPending}
      onClick={() => cancel.mutate(job.id, { onError: (error) => void message.error(problemText(error).title) })}
    >
      {t('job.cancel')}
    </Button>
  )
}

function JobCard({ job }: { job: Job }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const subject = useJobSubject()
  return (
    <div className="row-card">
      <div>
        <span>
          <b>{text('job.kind', job.kind)}</b> <span className="muted small">{subject(job)}</span>
        </span>
        <Badge tone={tones[job.state]}>{t(`job.state.${job.state}`)}</Badge>
      </div>
      <div className="muted small">
        <span>{job.startedBy?.name}</span>
        <span>{formats.ago(job.createdAt)}</span>
      </div>
      <Outcome job={job} />
    </div>
  )
}
