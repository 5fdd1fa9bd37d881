import './texts.ts'
import '../../platform/jobs/texts.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Analysis, AnalysisDefinition, AnalysisMethod, Run } from '@zhike/contract/differentiate/analyses.ts'
import { type ReactNode, useCallback, useState } from 'react'
import type { z } from 'zod'
import { useAllowed } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Hint } from '../../ui/hint.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { analysisList, analysisOf, runById, runList, useSaveAnalysis, useStartRun } from './analysis-queries.ts'
import { DefinitionEditor } from './definition-editor.tsx'
import { type CutOffs, withDefinition } from './draft.ts'
import { Drill } from './drill.tsx'
import { ExportButton } from './export-button.tsx'
import { RunChips } from './run-chips.tsx'
import { UnfinishedRun } from './unfinished-run.tsx'
import './analyses.css'

/** Which result is looked at, and which earlier one it is compared with; in the address. */
export interface ShownRun {
  run?: string | undefined
  earlier?: string | undefined
}

/** A finished result with what can be done with it. */
export interface Result<Summary> {
  run: Run
  summary: Summary
  earlier: Run | undefined
  /** Stores another definition of the analysis and runs it for the same day; absent for who may not. */
  redefine: ((definition: AnalysisDefinition) => Promise<unknown>) | undefined
}

interface Props<Summary> {
  /** Its words are `rfm.title`, `rfm.purpose`, `rfm.hint`, and where it has not been run `rfm.empty`. */
  method: AnalysisMethod
  schema: z.ZodType<Summary>
  children: (result: Result<Summary>) => ReactNode
}

/** The frame of every analysis: its results, one of them in view, the way to change and run it, and what stands there without a result. */
export function AnalysisPage<Summary>({ method, schema, children }: Props<Summary>) {
  const { t } = useTranslation()
  const may = useAllowed()
  const [shown, onShow] = useShownRun()
  const [editing, setEditing] = useState(false)
  const analyses = useQuery(analysisList)
  const analysis = analyses.data && analysisOf(method, analyses.data.items)
  const runs = useQuery({ ...runList(analysis?.id ?? ''), enabled: analysis !== undefined })
  const items = runs.data?.items ?? []
  const runId = shown.run ?? (items.find(({ state }) => state === 'done') ?? items[0])?.id
  const run = useQuery({ ...runById(runId ?? ''), enabled: runId !== undefined })
  const summary = schema.safeParse(run.data?.summary)
  const show = useCallback((id: string) => onShow({ run: id, earlier: undefined }), [onShow])
  const act = useRunAgain(analysis, run.data, show)
  const failed = [analyses, runs, run].find(({ isError }) => isError)
  const waiting = analyses.isPending || (analysis !== undefined && runs.isPending) || (runId !== undefined && run.isPending)
  const mayRun = may('analysis.run')
  const edit = mayRun ? () => setEditing(true) : undefined
  return (
    <Page
      title={t(`${method}.title`)}
      purpose={t(`${method}.purpose`)}
      actions={
        <>
          {run.data?.state === 'done' && <ExportButton runId={run.data.id} filter={{}} />}
          {mayRun && runId !== undefined && (
            <Button kind="primary" busy={act.busy} onClick={() => act.again()}>
              {t('analysis.run')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {act.error !== null && <ProblemNotice error={act.error} />}
        {failed && <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />}
        {!failed && waiting && !run.data && <Skeleton rows={8} />}
        {!failed && !waiting && runId === undefined && (
          <NotYet method={method} busy={act.busy} onRun={mayRun ? act.again : undefined} onEdit={edit} />
        )}
        {run.data && <RunChips run={run.data} runs={items} analysis={analysis} earlierId={shown.earlier} onShow={onShow} onEdit={edit} />}
        {run.data && run.data.state !== 'done' && <UnfinishedRun run={run.data} onEdit={edit} onAgain={mayRun ? act.again : undefined} />}
        {run.data?.state === 'done' && summary.success && (
          <>
            <Hint name={method}>{t(`${method}.hint`)}</Hint>
            {children({
              run: run.data,
              summary: summary.data,
              earlier: items.find(({ id, state }) => id === shown.earlier && state === 'done'),
              redefine: mayRun && analysis ? act.redefine : undefined,
            })}
            <RunStatus run={run.data} />
          </>
        )}
        {run.data?.state === 'done' && !summary.success && <Empty title={t('analysis.outdated')} text={t('analysis.outdated.text')} />}
      </div>
      {editing && (
        <DefinitionEditor
          method={method}
          analysis={analysis}
          newName={t(`${method}.title`)}
          asOf={run.data?.asOf}
          found={summary.success ? cutOffsOf(summary.data) : undefined}
          onClose={() => setEditing(false)}
          onStarted={(id) => {
            setEditing(false)
            show(id)
          }}
        />
      )}
    </Page>
  )
}

/** The result that the address names. Beside another one only the way of looking stays; whatever else stands there belongs to this one. */
function useShownRun(): [shown: ShownRun, show: (next: ShownRun) => void] {
  const { run, earlier } = useSearch({ strict: false })
  const navigate = useNavigate()
  const show = useCallback((next: ShownRun) => void navigate({ to: '.', search: ({ view }) => ({ view, ...next }) }), [navigate])
  return [{ run, earlier }, show]
}

const cutOffsOf = (summary: unknown): CutOffs | undefined => (summary as { cutOffs?: CutOffs }).cutOffs

/** Runs the analysis as it is, or with another definition. */
function useRunAgain(analysis: Analysis | undefined, run: Run | undefined, onStarted: (id: string) => void) {
  const client = useQueryClient()
  const save = useSaveAnalysis()
  const start = useStartRun()
  const begin = (asOf?: string) => {
    if (analysis) start.mutate({ analysisId: analysis.id, asOf }, { onSuccess: ({ id }) => onStarted(id) })
  }
  const redefine = async (definition: AnalysisDefinition) => {
    if (!analysis) return
    const saved = await save.mutateAsync({ analysis, draft: withDefinition(analysis, definition) }).catch(() => undefined)
    // Somebody else was quicker: the next attempt begins with what is there now.
    if (!saved) return client.invalidateQueries({ queryKey: ['analyses', 'list'] })
    begin(run?.asOf)
  }
  return { again: () => begin(), redefine, busy: save.isPending || start.isPending, error: save.error ?? start.error }
}

interface NotYetProps {
  method: AnalysisMethod
  busy: boolean
  onRun: (() => void) | undefined
  onEdit: (() => void) | undefined
}

function NotYet({ method, busy, onRun, onEdit }: NotYetProps) {
  const { t } = useTranslation()
  const may = useAllowed()
  return (
    <Empty
      title={t(`${method}.empty`)}
      text={[t(`${method}.empty.text`), onRun ? '' : t('analysis.mayNotRun')].filter(Boolean).join(' ')}
      action={
        <div className="form-actions">
          {onRun && (
            <Button kind="primary" busy={busy} onClick={onRun}>
              {t('analysis.begin')}
            </Button>
          )}
          {onEdit && <Button onClick={onEdit}>{t('analysis.edit')}</Button>}
          {may('import.run') && (
            <Link to="/imports/new" className={buttonClass('quiet')}>
              {t('analysis.importOrders')}
            </Link>
          )}
        </div>
      }
    />
  )
}

function RunStatus({ run }: { run: Run }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const count = run.customers ?? 0
  return (
    <p className="status-line">
      <span>
        {t('analysis.status', {
          version: run.definitionVersion,
          seconds: formats.decimal((run.milliseconds ?? 0) / 1000, 1),
        })}
      </span>
      <span>
        <Drill runId={run.id} filter={{}} count={count} label={t('figure.people')}>
          {t('analysis.status.customers', { count, number: formats.count(count) })}
        </Drill>
      </span>
      <span>{run.finishedAt && t('analysis.status.finished', { time: formats.moment(run.finishedAt) })}</span>
    </p>
  )
}
