import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'

/** How the figures on the page were made: formula, cut-offs found, source, what is left out, which definition. */
export function Definition({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { definition, asOf, definitionVersion } = run
  if (definition.method !== 'rfm') return null
  const { cutOffs, currency, anonymousOrders, anonymousRevenue } = summary
  const figures = (values: number[]) => values.map((value) => formats.count(value)).join(' · ')
  const rows = [
    [t('rfm.definition.formula'), t(`rfm.definition.formula.${definition.scoring.by}`)],
    [t('rfm.definition.recency'), t('rfm.definition.recency.days', { values: figures(cutOffs.recencyDays) })],
    [t('rfm.definition.frequency'), t('rfm.definition.frequency.orders', { values: figures(cutOffs.frequency) })],
    [t('rfm.definition.monetary'), cutOffs.monetary.map((value) => formats.money(value, currency)).join(' · ')],
    [t('rfm.definition.source'), t(`rfm.definition.source.${definition.basis.returns}`, { day: asOf })],
    [
      t('rfm.definition.without'),
      t('rfm.definition.anonymous', {
        count: formats.count(anonymousOrders) as unknown as number,
        money: formats.money(anonymousRevenue, currency),
      }),
    ],
    [t('rfm.definition.version'), t('rfm.definition.versionOf', { version: definitionVersion })],
  ]
  return (
    <Card title={t('rfm.definition.title')}>
      <dl className="pairs">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
