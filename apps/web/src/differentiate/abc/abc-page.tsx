import './texts.ts'
import { getRouteApi } from '@tanstack/react-router'
import { type AbcDefinition, AbcSummary, type Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import { Button } from '../../ui/button.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { AnalysisPage, type Result } from '../analyses/analysis-page.tsx'
import { DefinitionCard } from '../analyses/definition-card.tsx'
import { Drill } from '../analyses/drill.tsx'
import { shareOf } from '../analyses/share-bar.tsx'
import { ClassTable } from './class-table.tsx'
import type { Cuts } from './curve.ts'
import { MoveTable } from './move-table.tsx'
import { ParetoCard } from './pareto-card.tsx'
import { Pyramid } from './pyramid.tsx'
import './abc.css'

const routeApi = getRouteApi('/shell/abc')

export function AbcPage() {
  return (
    <AnalysisPage method="abc" schema={AbcSummary}>
      {(result) => result.run.definition.method === 'abc' && <Content key={result.run.id} {...result} definition={result.run.definition} />}
    </AnalysisPage>
  )
}

type Definition = z.output<typeof AbcDefinition>

function Content({ run, summary, earlier, redefine, definition }: Result<AbcSummary> & { definition: Definition }) {
  const { t } = useTranslation()
  const { a, b } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const kept = { a: definition.a, b: definition.b }
  const inAddress = a !== undefined && b !== undefined && a < b ? { a, b } : kept
  const move = useCallback(
    (cuts: Cuts | undefined) => void navigate({ search: (now) => ({ ...now, a: cuts?.a, b: cuts?.b }), replace: true, resetScroll: false }),
    [navigate],
  )
  return (
    <>
      <Figures run={run} summary={summary} />
      <div className="analysis-columns">
        <div className="stack">
          <ParetoCard summary={summary} kept={kept} cuts={inAddress} onMove={redefine && move} />
          <Pyramid run={run} summary={summary} earlier={earlier} />
        </div>
        <div className="stack">
          {redefine && (inAddress.a !== kept.a || inAddress.b !== kept.b) && (
            <Moved cuts={inAddress} onApply={() => redefine({ ...definition, ...inAddress })} onReset={() => move(undefined)} />
          )}
          <ClassTable run={run} summary={summary} earlier={earlier} />
          <MoveTable run={run} earlier={earlier} />
          <DefinitionCard
            run={run}
            currency={summary.currency}
            formula={t('abc.definition.formula', kept)}
            more={[[t('abc.gini'), t('abc.gini.formula')]]}
            without={t('analysis.definition.without.usual')}
            method={t('abc.definition.method')}
          />
        </div>
      </div>
    </>
  )
}

function Moved({ cuts, onApply, onReset }: { cuts: Cuts; onApply: () => Promise<unknown>; onReset: () => void }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const apply = () => {
    setBusy(true)
    void onApply().finally(() => setBusy(false))
  }
  return (
    <div className="notice notice-info" role="status">
      <div>
        <strong>{t('abc.moved', { a: cuts.a, b: cuts.b })}</strong>
        <div>{t('abc.moved.text')}</div>
      </div>
      <div className="form-actions">
        <Button small onClick={onReset}>
          {t('abc.moved.reset')}
        </Button>
        <Button small kind="primary" busy={busy} onClick={apply}>
          {t('abc.moved.apply')}
        </Button>
      </div>
    </div>
  )
}

function Figures({ run, summary }: { run: Run; summary: AbcSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { customers, revenue, currency, gini, topFifthShare } = summary
  const about = (formula: string, unit: string) => ({ formula, unit, source: t('abc.figure.source'), asOf: run.asOf })
  return (
    <div className="figures">
      <Figure
        name={t('abc.figure.customers')}
        value={formats.count(customers)}
        about={about(t('abc.figure.customers.formula'), t('abc.unit.people'))}
        drill={
          <Drill runId={run.id} filter={{}} count={customers} label={t('abc.figure.customers')}>
            {t('figure.people')}
          </Drill>
        }
      />
      <Figure
        name={t('abc.figure.revenue')}
        value={formats.moneyShort(revenue, currency)}
        note={t('abc.figure.average', { money: formats.moneyShort(Math.round(shareOf(revenue, customers)), currency) })}
        about={about(t('abc.figure.revenue.formula'), currency)}
      />
      <Figure
        name={t('abc.figure.topFifth')}
        value={formats.percent(topFifthShare)}
        note={t('abc.figure.topFifth.note')}
        about={about(t('abc.figure.topFifth.formula'), '%')}
      />
      <Figure name={t('abc.gini')} value={formats.decimal(gini)} note={t('abc.gini.note')} about={about(t('abc.gini.formula'), '0–1')} />
    </div>
  )
}
