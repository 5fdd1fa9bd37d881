import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import type { ReactNode } from 'react'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'

interface Props {
  run: Run
  currency: string
  formula: ReactNode
  /** What else is to be said of the method: term and text. */
  more?: readonly (readonly [term: string, text: ReactNode])[]
  without: ReactNode
  /** Where the method comes from. */
  method: string
}

/** How the figures of a result were made: formula, unit, source, what is left out. */
export function DefinitionCard({ run, currency, formula, more = [], without, method }: Props) {
  const { t } = useTranslation()
  const rows: (readonly [string, ReactNode])[] = [
    [t('analysis.definition.formula'), formula],
    ...more,
    [t('analysis.definition.unit'), t('analysis.definition.unit.money', { currency })],
    [t('analysis.definition.source'), t(`analysis.definition.source.${run.definition.basis.returns}`, { day: run.asOf })],
    [t('analysis.definition.without'), without],
    [t('analysis.definition.method'), method],
  ]
  return (
    <Card title={t('analysis.definition.title')}>
      <dl className="pairs pairs-dense">
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
