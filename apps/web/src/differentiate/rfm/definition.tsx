import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { DefinitionCard } from '../analyses/definition-card.tsx'

/** How the figures on the page were made, with the cut-offs that the run found. */
export function Definition({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (run.definition.method !== 'rfm') return null
  const { cutOffs, currency, anonymousOrders, anonymousRevenue } = summary
  const figures = (values: number[]) => values.map((value) => formats.count(value)).join(' · ')
  return (
    <DefinitionCard
      run={run}
      currency={currency}
      formula={t(`rfm.definition.formula.${run.definition.scoring.by}`)}
      more={[
        [t('rfm.definition.recency'), t('rfm.definition.recency.days', { values: figures(cutOffs.recencyDays) })],
        [t('rfm.definition.frequency'), t('rfm.definition.frequency.orders', { values: figures(cutOffs.frequency) })],
        [t('rfm.definition.monetary'), cutOffs.monetary.map((value) => formats.moneyShort(value, currency)).join(' · ')],
      ]}
      without={t('rfm.definition.anonymous', {
        count: anonymousOrders,
        number: formats.count(anonymousOrders),
        money: formats.money(anonymousRevenue, currency),
      })}
      method={t('rfm.definition.source.method')}
    />
  )
}
