import { Select, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/page.tsx'
import { fieldsOf, requiredFields } from './field-texts.ts'
import type { Inspection } from './import-queries.ts'
import { mapColumn, type Plan } from './plan.ts'

const tones: Record<'sure' | 'likely' | 'unsure', Tone> = { sure: 'jade', likely: 'blue', unsure: 'gold' }
const skip = ' skip'

interface Props {
  inspection: Inspection
  plan: Plan
  onPlan: (plan: Plan) => void
  nameOf: (field: string) => string
}

/** Each column of the file with samples, what it becomes, and how sure we are. */
export function MappingTable({ inspection, plan, onPlan, nameOf }: Props) {
  const { t } = useTranslation()
  const { kind, columns } = plan.settings
  const required = requiredFields(kind)
  const options = [
    { value: skip, label: t('wizard.field.skip') },
    ...fieldsOf(kind).map((field) => ({ value: field, label: required.includes(field) ? `${nameOf(field)} *` : nameOf(field) })),
  ]
  return (
    <Card className="scroll-x">
      <table className="figures-table mapping" aria-label={t('wizard.columns.label')}>
        <thead>
          <tr>
            <th scope="col">{t('wizard.column.header')}</th>
            <th scope="col">{t('wizard.column.samples')}</th>
            <th scope="col">{t('wizard.column.field')}</th>
            <th scope="col">{t('wizard.column.confidence')}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map(({ index, header, samples, confidence, reason }) => {
            const field = columns.find((column) => column.index === index)?.field ?? null
            return (
              <tr key={index}>
                <th scope="row">{header}</th>
                <td className="muted samples">{samples.filter(Boolean).slice(0, 3).join(' · ')}</td>
                <td>
                  <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    className="mapping-field"
                    aria-label={t('wizard.field.of', { header })}
                    value={field ?? skip}
                    options={options}
                    onChange={(value) => onPlan(mapColumn(plan, index, value === skip ? null : value))}
                  />
                </td>
                <td>
                  {plan.decided.has(index) ? (
                    <Badge tone="gray">{t('confidence.yours')}</Badge>
                  ) : (
                    <Confidence confidence={confidence} reason={reason} />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}

function Confidence({ confidence, reason }: { confidence: 'sure' | 'likely' | 'unsure'; reason: string }) {
  const { t } = useTranslation()
  const text = useCodeText()
  return (
    <Tooltip title={text('reason', reason)}>
      <span tabIndex={0}>
        <Badge tone={tones[confidence]}>{t(`confidence.${confidence}`)}</Badge>
      </span>
    </Tooltip>
  )
}
