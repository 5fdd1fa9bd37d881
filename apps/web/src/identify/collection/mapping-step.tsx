import { Link } from '@tanstack/react-router'
import type { Channel } from '@zhike/contract/identify/catalog.ts'
import { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { useListText } from '../../ui/list-text.ts'
import { Notice } from '../../ui/notice.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useFieldName } from './field-name.ts'
import { FileSettings } from './file-settings.tsx'
import type { Inspection } from './import-queries.ts'
import { MappingTable } from './mapping-table.tsx'
import { mappingGaps, type Plan } from './plan.ts'
import { SaveMapping } from './save-mapping.tsx'

interface Props {
  inspection: Inspection
  plan: Plan
  channels: readonly Channel[]
  onPlan: (plan: Plan) => void
  /** Reads the file as another kind, another sheet of it, or another file. */
  onReread: (as: { file?: undefined; kind?: ImportKind | undefined; sheet?: string | undefined }) => void
  onCheck: () => void
}

/** Which column becomes what, where the file comes from, and how its dates and sums are written. */
export function MappingStep({ inspection, plan, channels, onPlan, onReread, onCheck }: Props) {
  const { t } = useTranslation()
  const hintId = useId()
  const nameOf = useFieldName(plan.settings.kind)
  const hindrances = useHindrances(inspection, plan, nameOf)
  return (
    <div className="stack">
      {inspection.kindConfidence === 'unsure' && inspection.savedMapping === null && (
        <Notice tone="warning" title={t('wizard.kind.unsure', { kind: t(`import.kind.${plan.settings.kind}`) })} />
      )}
      {inspection.savedMapping && (
        <Notice title={t('wizard.saved', { name: inspection.savedMapping })}>
          <Link to="/imports/mappings">{t('mappings.title')}</Link>
        </Notice>
      )}
      <FileSettings inspection={inspection} plan={plan} channels={channels} onPlan={onPlan} onReread={onReread} />
      <MappingTable inspection={inspection} plan={plan} onPlan={onPlan} nameOf={nameOf} />
      <div className="page-actions">
        <Button kind="primary" disabled={hindrances.length > 0} aria-describedby={hintId} onClick={onCheck}>
          {t('wizard.check')}
        </Button>
        <SaveMapping settings={plan.settings} />
        <span id={hintId} role="status" className="wizard-hint">
          {hindrances.join(' · ')}
        </span>
      </div>
    </div>
  )
}

/** What must be decided before the file can be checked, in words. */
function useHindrances({ dateFormatAmbiguous }: Inspection, { settings, channel, newChannel }: Plan, nameOf: (field: string) => string) {
  const { t } = useTranslation()
  const list = useListText()
  const { twice, missing } = mappingGaps(settings.kind, settings.columns)
  return [
    ...twice.map((field) => t('wizard.columns.twice', { field: nameOf(field) })),
    ...(missing.length > 0 ? [t('wizard.columns.missing', { fields: list(missing.map(nameOf)) })] : []),
    ...(dateFormatAmbiguous && settings.dateFormat === undefined ? [t('wizard.dateFormat.ambiguous')] : []),
    ...(channel === undefined && newChannel === undefined ? [t('wizard.channel.needed')] : []),
    ...(newChannel?.trim() === '' ? [t('wizard.channel.nameless')] : []),
  ]
}
