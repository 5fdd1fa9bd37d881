import './texts.ts'
import '../../identify/customers/texts.ts'
import '../../platform/jobs/texts.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { RfmSummary } from '@zhike/contract/differentiate/analyses.ts'
import { Button, Skeleton } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllowed } from '../../app/session.ts'
import { JobProgress } from '../../platform/jobs/job-progress.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { AbcCard } from '../abc/abc-card.tsx'
import { analysisList, analysisOf, runById, runList, useRunAnalysis } from './analysis-queries.ts'
import { Definition } from './definition.tsx'
import { ExportButton } from './export-button.tsx'
import { GroupTable } from './group-table.tsx'
import { HeatMap } from './heat-map.tsx'
import { RunChips } from './run-chips.tsx'
import './rfm.css'

const routeApi = getRouteApi('/shell/rfm')

export function RfmPage() {
  const { t } = useTranslation()
  const analyses = useQuery(analysisList)
  const analysis = analyses.data && analysisOf('rfm', analyses.data.items)
  const runs = useQuery({ ...runList(analysis?.id ?? ''), enabled: analysis !== undefined })
  const { run: chosen } = routeApi.useSearch()
  const items = runs.data?.items ?? []
  const runId = chosen ?? (items.find(({ state }) => state === 'done') ?? items[0])?.id
  const start = useStart()
  const failed = analyses.isError ? analyses : runs.isError ? runs : undefined
  const loading = analyses.isPending || (analysis !== undefined && runs.isPending)
  if (runId) return <RunPage id={runId} runs={items} start={start} />
  return (
    <Page title={t('rfm.title')} purpose={t('rfm.purpose')}>
      {failed ? (
        <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
      ) : loading ? (
        <Skeleton active />
      ) : (
        <NotYet start={start} />
      )}
    </Page>
  )
}

type Start = ReturnType<typeof useStart>

function useStart() {
  const { t } = useTranslation()
  const navigate = routeApi.useNavigate()
  const run = useRunAnalysis('rfm', t('rfm.title'))
  const begin = (asOf?: string) =>
    run.mutate(asOf ? { asOf } : {}, { onSuccess: ({ id }) => void navigate({ search: (now) => ({ ...now, run: id }) }) })
  return { begin, pending: run.isPending, error: run.error }
}

function NotYet({ start }: { start: Start }) {
  const { t } = useTranslation()
  const may = useAllowed()
  return (
    <>
      {start.error && <ProblemNotice error={start.error} />}
      <Empty
        title={t('rfm.empty')}
        text={t('rfm.empty.text')}
        action={
          may('analysis.run') && (
            <Button type="primary" loading={start.pending} onClick={() => start.begin()}>
              {t('rfm.empty.action')}
            </Button>
          )
        }
      />
    </>
  )
}

function RunPage({ id, runs, start }: { id: string; runs: readonly Run[]; start: Start }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const client = useQueryClient()
  const run = useQuery(runById(id))
  const { earlier } = routeApi.useSearch()
  const finished = useCallback(() => void client.invalidateQueries({ queryKey: ['analyses'] }), [client])
  const summary = RfmSummary.safeParse(run.data?.summary)
  return (
    <Page
      title={t('rfm.title')}
      purpose={t('rfm.purpose')}
      actions={
        <>
          {run.data?.state === 'done' && <ExportButton runId={id} filter={{}} />}
          {may('analysis.run') && (
            <Button type="primary" loading={start.pending} onClick={() => start.begin()}>
              {t('rfm.run')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {start.error && <ProblemNotice error={start.error} />}
        {run.isError && <ProblemNotice error={run.error} retry={() => void run.refetch()} />}
        {run.isPending && <Skeleton active />}
        {run.data && <RunChips run={run.data} runs={runs} onAsOf={start.begin} />}
        {run.data && run.data.state !== 'done' && <Unfinished run={run.data} onFinished={finished} />}
        {run.data && summary.success && <Result run={run.data} summary={summary.data} earlier={runs.find((each) => each.id === earlier)} />}
      </div>
    </Page>
  )
}

function Unfinished({ run, onFinished }: { run: Run; onFinished: () => void }) {
  const { t } = useTranslation()
  return (
    <Card title={run.state === 'running' ? t('rfm.running') : t('rfm.failed')}>
      {run.jobId && <JobProgress id={run.jobId} label={t('rfm.running')} onFinished={onFinished} />}
    </Card>
  )
}

function Result({ run, summary, earlier }: { run: Run; summary: RfmSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      <div className="rfm-columns">
        <HeatMap run={run} summary={summary} />
        <GroupTable run={run} summary={summary} earlier={earlier} />
      </div>
      <div className="rfm-columns">
        <AbcCard />
        <Definition run={run} summary={summary} />
      </div>
      <p className="status-line">
        {t('rfm.status', {
          customers: formats.count(summary.customers),
          seconds: formats.decimal((run.milliseconds ?? 0) / 1000, 1),
          time: run.finishedAt ? formats.moment(run.finishedAt) : '',
        })}
      </p>
    </>
  )
}
