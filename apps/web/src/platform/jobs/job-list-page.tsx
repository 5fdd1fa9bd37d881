import './texts.ts'
import '../../identify/collection/texts.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Job, JobState } from '@zhike/contract/platform/jobs.ts'
import { useCallback } from 'react'
import { useCodeText } from '../../app/code-text.ts'
import { useAllowed } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { isText, ProblemNotice } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { CancelJob, JobBar } from './job-progress.tsx'
import { jobList } from './job-queries.ts'
import { useJobSubject } from './job-subject.tsx'

const routeApi = getRouteApi('/shell/jobs')

const tones: Record<Job['state'], Tone> = { waiting: 'gray', running: 'blue', done: 'jade', failed: 'seal', cancelled: 'gray' }

/** What is done in the background, now and before. */
export function JobListPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { state, whose } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const all = 'all' as const
  return (
    <Page title={t('jobs.title')} purpose={t('jobs.purpose')}>
      <div className="toolbar">
        <Segments
          label={t('jobs.column.state')}
          value={state ?? all}
          options={[
            { value: all, label: t('jobs.all') },
            { value: 'unfinished' as const, label: t('jobs.unfinished') },
            ...JobState.options.map((value) => ({ value, label: t(`job.state.${value}`) })),
          ]}
          onChange={(chosen) => void navigate({ search: (now) => ({ ...now, state: chosen === all ? undefined : chosen }), replace: true })}
        />
        {may('job.manage') && (
          <Segments
            label={t('jobs.whose')}
            value={whose ?? all}
            options={[
              { value: all, label: t('jobs.whose.all') },
              { value: 'mine' as const, label: t('jobs.whose.mine') },
            ]}
            onChange={(chosen) =>
              void navigate({ search: (now) => ({ ...now, whose: chosen === all ? undefined : chosen }), replace: true })
            }
          />
        )}
      </div>
      <JobTable />
    </Page>
  )
}

function JobTable() {
  const { t } = useTranslation()
  const search = routeApi.useSearch()
  const columns = useColumns()
  const list = useInfiniteQuery(jobList(search))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton rows={10} />
  if (list.isError && !list.data) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <NoJobs />
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

function NoJobs() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { state, whose } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  if (state !== undefined || whose !== undefined) {
    return <Empty title={t('jobs.none')} action={<Button onClick={() => void navigate({ search: {} })}>{t('jobs.none.action')}</Button>} />
  }
  const begin = may('import.run') && (
    <Link to="/imports/new" className={buttonClass('primary')}>
      {t('imports.new')}
    </Link>
  )
  return <Empty title={t('jobs.empty')} text={t('jobs.empty.text')} action={begin} />
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
          <b>{text('job.kind', job.kind)}</b> {subject(job)}
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
    { key: 'by', title: t('jobs.column.by'), width: 'minmax(90px, 1fr)', render: ({ startedBy }) => startedBy?.name ?? t('jobs.system') },
    { key: 'when', title: t('jobs.column.when'), width: '136px', render: ({ createdAt }) => formats.moment(createdAt) },
    { key: 'cancel', title: '', width: '100px', align: 'end', render: (job) => <CancelJob job={job} small /> },
  ]
}

function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { problem } = job
  if (!problem) return <JobBar job={job} label={t('jobs.column.progress')} />
  const words = [problem.title, problem.detail].filter(isText).join(' ')
  return (
    <span className="field-wrong" title={words}>
      {words}
    </span>
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
          <b>{text('job.kind', job.kind)}</b> {subject(job)}
        </span>
        <Badge tone={tones[job.state]}>{t(`job.state.${job.state}`)}</Badge>
      </div>
      <div className="muted small">
        <span>{job.startedBy?.name ?? t('jobs.system')}</span>
        <span>{formats.ago(job.createdAt)}</span>
      </div>
      <div>
        <Outcome job={job} />
        <CancelJob job={job} small />
      </div>
    </div>
  )
}
