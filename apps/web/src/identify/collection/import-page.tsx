import './texts.ts'
import './field-texts.ts'
import '../customers/texts.ts'
import '../customers/field-texts.ts'
import '../../platform/jobs/texts.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { urlOf } from '@zhike/contract/client.ts'
import type { Import } from '@zhike/contract/identify/imports.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { App, Button, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '../../platform/jobs/job-progress.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { FailedRows } from './failed-rows.tsx'
import { stateTones } from './import-list-page.tsx'
import { importById, importFailures, inProgress, useImportAction } from './import-queries.ts'
import './collection.css'

const routeApi = getRouteApi('/shell/imports/$id')

/** One import: its progress while it runs, then what came of it, and the way back. */
export function ImportPage() {
  const { t } = useTranslation()
  const { id } = routeApi.useParams()
  const { data, error, isError, refetch } = useQuery(importById(id))
  useRefreshWhenDone(data?.state)
  if (isError && !data) return <Page title={t('imports.title')}>{<ProblemNotice error={error} retry={() => void refetch()} />}</Page>
  if (!data) return <Page title={t('imports.title')}>{<Skeleton active />}</Page>
  return (
    <Page
      title={
        <>
          {data.file.name} <Badge tone={stateTones[data.state]}>{t(`import.state.${data.state}`)}</Badge>
        </>
      }
      purpose={<Facts data={data} />}
      above={<Link to="/imports">{t('imports.title')}</Link>}
      actions={<Actions data={data} />}
    >
      <div className="stack">
        {inProgress(data.state) && data.jobId && (
          <Card title={data.state === 'undoing' ? t('import.undoing') : t('import.running')}>
            <JobProgress id={data.jobId} label={t('import.progress')} onFinished={() => void refetch()} />
          </Card>
        )}
        <Counts data={data} />
        {data.failed > 0 && <Failures data={data} />}
      </div>
    </Page>
  )
}

/** What an import changes stands on many pages: they are read anew once it is through. */
function useRefreshWhenDone(state: Import['state'] | undefined) {
  const client = useQueryClient()
  const before = useRef(state)
  useEffect(() => {
    if (before.current && state && inProgress(before.current) && !inProgress(state)) {
      for (const queryKey of [['customers'], ['channels'], ['imports', 'list'], ['imports', 'failures']])
        void client.invalidateQueries({ queryKey })
    }
    before.current = state
  }, [client, state])
}

function Facts({ data }: { data: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      {[
        t(`import.kind.${data.kind}`),
        data.channel.name,
        formats.bytes(data.file.bytes),
        data.startedBy.name,
        formats.moment(data.createdAt),
      ].join(' · ')}
    </>
  )
}

function Actions({ data }: { data: Import }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const formats = useFormats()
  const problemText = useProblemText()
  const action = useImportAction(data.id)
  const act = (what: 'undo' | 'resume') => action.mutateAsync(what).catch((error: unknown) => void message.error(problemText(error).title))
  const askUndo = () =>
    void modal.confirm({
      title: t('import.undo.title'),
      content: t('import.undo.text', { created: formats.count(data.created), updated: formats.count(data.updated) }),
      okText: t('import.undo'),
      okButtonProps: { danger: true },
      cancelText: t('action.cancel'),
      onOk: () => act('undo'),
    })
  const stopped = data.state === 'cancelled' || data.state === 'failed'
  return (
    <>
      {(data.state === 'done' || stopped) && <Button onClick={askUndo}>{t('import.undo')}</Button>}
      {stopped && (
        <Button type="primary" loading={action.isPending} onClick={() => void act('resume')}>
          {t('import.resume')}
        </Button>
      )}
      {data.state === 'done' && (
        <Link to={data.kind === 'customers' ? '/customers' : '/rfm'}>
          <Button type="primary" tabIndex={-1}>
            {data.kind === 'customers' ? t('import.toCustomers') : t('import.toRfm')}
          </Button>
        </Link>
      )}
    </>
  )
}

function Counts({ data }: { data: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="figures">
      {(['created', 'updated', 'unchanged', 'failed'] as const).map((name) => (
        <Figure key={name} name={t(`import.${name}`)} value={formats.count(data[name])} />
      ))}
    </div>
  )
}

function Failures({ data }: { data: Import }) {
  const { t } = useTranslation()
  const failures = useQuery(importFailures(data.id))
  return (
    <Card
      title={t('import.failures')}
      note={t('import.failures.text')}
      actions={
        <a download href={urlOf(imports.failuresFile, { id: data.id })}>
          {t('import.failures.download')}
        </a>
      }
    >
      {failures.data && <FailedRows rows={failures.data.items} />}
      {failures.isError && <ProblemNotice error={failures.error} />}
    </Card>
  )
}
