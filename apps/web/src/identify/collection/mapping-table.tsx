import { useCodeText } from '../../app/code-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { type OptionGroup, Select } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { fieldGroups, requiredFields } from './field-texts.ts'
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

/** Each column of the file with samples, what it becomes, and how sure we are of it. */
export function MappingTable({ inspection, plan, onPlan, nameOf }: Props) {
  const { t } = useTranslation()
  const { kind, columns } = plan.settings
  const required = requiredFields(kind)
  const groups = fieldGroups(kind).map(
    ({ name, fields }): OptionGroup => ({
      label: t(`fieldGroup.${name}`),
      options: fields.map((field) => ({ value: field, label: required.includes(field) ? `${nameOf(field)} *` : nameOf(field) })),
    }),
  )
  const options = [{ value: skip, label: t('wizard.field.skip') }, ...groups]
  const mapped = columns.filter(({ field }) => field !== null).length
  return (
    <Card
      title={t('wizard.columns.label')}
      note={t('wizard.columns.note', { mapped: String(mapped), skipped: String(columns.length - mapped) })}
      className="scroll-x"
    >
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
              <tr key={index} className={field === null ? 'mapping-skipped' : undefined}>
                <th scope="row">{header}</th>
                <td className="muted samples">{samples.filter(Boolean).slice(0, 3).join(' · ')}</td>
                <td>
                  <Select
                    className="input mapping-field"
                    aria-label={t('wizard.field.of', { header })}
                    value={field ?? skip}
                    options={options}
                    onChange={(value) => onPlan(mapColumn(plan, index, value === skip ? null : value))}
                  />
                </td>
                <td>
                  {plan.decided.includes(index) ? (
                    <Badge tone="gray">{t('confidence.yours')}</Badge>
                  ) : (
                    <Confidence confidence={confidence} reason={reason} skipped={field === null} />
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

function Confidence({ confidence, reason, skipped }: { confidence: 'sure' | 'likely' | 'unsure'; reason: string; skipped: boolean }) {
  const { t } = useTranslation()
  const text = useCodeText()
  return (
    <span className="confidence">
      <Badge tone={skipped ? 'gray' : tones[confidence]}>{skipped ? t('wizard.field.skip') : t(`confidence.${confidence}`)}</Badge>{' '}
      <span className="muted small">{text('reason', reason)}</span>
    </span>
  )
}
