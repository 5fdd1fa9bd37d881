import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AbcSummary, type Run } from '@zhike/contract/differentiate/analyses.ts'
import { Button, Skeleton } from 'antd'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllowed } from '../../app/session.ts'
import { JobProgress } from '../../platform/jobs/job-progress.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { analysisList, analysisOf, runById, runList, useRunAnalysis } from '../rfm/analysis-queries.ts'

const ParetoCurve = lazy(() => import('./pareto-curve.tsx'))

/** How concentrated the revenue is: the Pareto curve of the latest ABC run, or the way to make one. */
export function AbcCard() {
  const { t } = useTranslation()
  const may = useAllowed()
  const client = useQueryClient()
  const [started, setStarted] = useState<string>()
  const analyses = useQuery(analysisList)
  const analysis = analyses.data && analysisOf('abc', analyses.data.items)
  const runs = useQuery({ ...runList(analysis?.id ?? ''), enabled: analysis !== undefined })
  const id = started ?? runs.data?.items.find(({ state }) => state === 'done')?.id
  const run = useQuery({ ...runById(id ?? ''), enabled: id !== undefined })
  const start = useRunAnalysis('abc', t('abc.empty'))
  const finished = useCallback(() => void client.invalidateQueries({ queryKey: ['analyses'] }), [client])
  const summary = AbcSummary.safeParse(run.data?.summary)
  if (run.data && summary.success) return <Curve run={run.data} summary={summary.data} />
  if (analyses.isPending || (analysis && runs.isPending) || (id && run.isPending)) return <Card>{<Skeleton active />}</Card>
  if (run.data?.jobId) {
    return (
      <Card title={t('abc.empty')}>
        <JobProgress id={run.data.jobId} label={t('rfm.running')} onFinished={finished} />
      </Card>
    )
  }
  return (
    <Card title={t('abc.empty')}>
      {start.isError && <ProblemNotice error={start.error} />}
      <Empty
        title={t('abc.empty.text')}
        action={
          may('analysis.run') && (
            <Button loading={start.isPending} onClick={() => start.mutate({}, { onSuccess: (begun) => setStarted(begun.id) })}>
              {t('abc.empty.action')}
            </Button>
          )
        }
      />
    </Card>
  )
}

function Curve({ run, summary }: { run: Run; summary: AbcSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { classes, customers, revenue } = summary
  const a = classes.find((each) => each.class === 'A')
  const cut = run.definition.method === 'abc' ? run.definition.a / 100 : 0.8
  const share = customers > 0 && a ? a.customers / customers : 0
  return (
    <Card title={t('abc.title', { share: formats.percent(share), a: formats.percent(cut) })} note={t('abc.note')}>
      <Suspense fallback={<div className="pareto" />}>
        <ParetoCurve summary={summary} />
      </Suspense>
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('abc.class')}</th>
            <th scope="col" className="end">
              {t('abc.customers')}
            </th>
            <th scope="col" className="end">
              {t('abc.revenue')}
            </th>
            <th scope="col" className="end">
              {t('rfm.column.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {classes.map((each) => (
            <tr key={each.class}>
              <td>
                <Link to="/rfm/$id/people" params={{ id: run.id }} search={{ group: each.class }}>
                  {t(`abc.class.${each.class}`)}
                </Link>
              </td>
              <td className="end">{formats.count(each.customers)}</td>
              <td className="end">{formats.money(each.revenue, summary.currency)}</td>
              <td className="end">{formats.percent(revenue > 0 ? each.revenue / revenue : 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
