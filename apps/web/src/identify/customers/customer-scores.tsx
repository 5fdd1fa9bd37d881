import { Link } from '@tanstack/react-router'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import { useCodeText } from '../../app/code-text.ts'
import { AboutFigure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { whereIs } from './list-conditions.ts'

const scores = [
  { label: 'rfmGroup', texts: 'rfm.group' },
  { label: 'abcClass', texts: 'abc.class' },
  { label: 'valueLevel', texts: 'abc.level' },
  { label: 'clvQuadrant', texts: 'clv.quadrant' },
] as const

/** What the analyses say about a customer, what it means, and who else they say it of. */
export function CustomerScores({ customer: { labels } }: { customer: Customer }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const formats = useFormats()
  const { rfmCell, alive, expectedPurchases } = labels
  const known = scores.filter(({ label }) => labels[label] !== undefined && labels[label] !== null)
  if (known.length === 0) return null
  const more = {
    rfmGroup: rfmCell ? String(rfmCell) : '',
    abcClass: '',
    valueLevel: '',
    clvQuadrant:
      typeof alive === 'number' && typeof expectedPurchases === 'number'
        ? t('scores.clv', { alive: formats.decimal(alive), purchases: formats.decimal(expectedPurchases, 1) })
        : '',
  }
  return (
    <Card title={t('scores.title')}>
      <dl className="values">
        {known.map(({ label, texts }) => (
          <div className="value" key={label}>
            <dt>{t(`scores.${label}`)}</dt>
            <dd>
              <span>
                <Link to="/customers" search={{ where: whereIs(label, String(labels[label])) }}>
                  {text(texts, String(labels[label]))}
                </Link>{' '}
                <span className="muted small">{more[label]}</span>
              </span>
              <AboutFigure name={t(`scores.${label}`)} about={{ formula: t(`scores.${label}.about`) }} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
