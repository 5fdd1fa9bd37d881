import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { ClvSummary, type Run } from '@zhike/contract/differentiate/analyses.ts'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { AnalysisPage } from '../analyses/analysis-page.tsx'
import { memberTotal } from '../analyses/analysis-queries.ts'
import { DefinitionCard } from '../analyses/definition-card.tsx'
import { Drill } from '../analyses/drill.tsx'
import { AliveCard, FutureCard } from './distribution-cards.tsx'
import { MatrixCard } from './matrix-card.tsx'
import { QualityCard } from './quality-card.tsx'
import { TrackingCard } from './tracking-card.tsx'
import './clv.css'

export function ClvPage() {
  return (
    <AnalysisPage method="clv" schema={ClvSummary}>
      {({ run, summary, earlier }) => (
        <>
          <QualityCard run={run} summary={summary} />
          <Figures run={run} summary={summary} />
          <MatrixCard run={run} summary={summary} earlier={earlier} />
          <div className="analysis-columns">
            <AliveCard run={run} summary={summary} />
            <FutureCard run={run} summary={summary} />
          </div>
          <div className="analysis-columns">
            <TrackingCard summary={summary} />
            <Definition run={run} summary={summary} />
          </div>
        </>
      )}
    </AnalysisPage>
  )
}

/** VIPs less likely than this to be alive, in percent, are at risk. */
const atRiskBelow = 50

function Figures({ run, summary }: { run: Run; summary: ClvSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { customers, currency, currentValue, futureValue, expectedPurchases, horizonMonths } = summary
  const atRisk = { group: 'vip', aliveBelow: atRiskBelow }
  const atRiskTotal = useQuery(memberTotal(run.id, atRisk))
  const about = (formula: string, unit: string) => ({ formula, unit, source: t('clv.figure.source'), asOf: run.asOf })
  return (
    <div className="figures">
      <Figure
        name={t('clv.figure.atRisk')}
        value={atRiskTotal.data === undefined ? '…' : formats.count(atRiskTotal.data)}
        note={t('clv.figure.atRisk.note', { percent: formats.percent(atRiskBelow / 100) })}
        about={about(t('clv.figure.atRisk.formula', { percent: formats.percent(atRiskBelow / 100) }), t('clv.unit.people'))}
        drill={
          <Drill runId={run.id} filter={atRisk} count={atRiskTotal.data ?? 0} label={t('clv.figure.atRisk')}>
            {t('clv.figure.atRisk.list')}
          </Drill>
        }
      />
      <Figure
        name={t('clv.figure.customers')}
        value={formats.count(customers)}
        about={about(t('clv.figure.customers.formula'), t('clv.unit.people'))}
        drill={
          <Drill runId={run.id} filter={{}} count={customers} label={t('clv.figure.customers')}>
            {t('figure.people')}
          </Drill>
        }
      />
      <Figure
        name={t('clv.figure.current')}
        value={formats.moneyShort(currentValue, currency)}
        about={about(t('clv.figure.current.formula'), currency)}
      />
      <Figure
        name={t('clv.figure.future', { count: horizonMonths })}
        value={formats.moneyShort(futureValue, currency)}
        note={t('clv.figure.future.note', { purchases: formats.count(Math.round(expectedPurchases)) })}
        about={about(t('clv.figure.future.formula'), currency)}
      />
    </div>
  )
}

function Definition({ run, summary }: { run: Run; summary: ClvSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (run.definition.method !== 'clv') return null
  const { horizonMonths, discountRate, value } = run.definition
  return (
    <DefinitionCard
      run={run}
      currency={summary.currency}
      formula={t('clv.definition.formula', { count: horizonMonths, rate: formats.percent(discountRate) })}
      more={[
        [t('clv.definition.value'), t(`clv.definition.value.${value}`)],
        [t('clv.definition.quadrants'), t('clv.definition.quadrants.text')],
      ]}
      without={t('analysis.definition.without.usual')}
      method={t('clv.definition.method')}
    />
  )
}
