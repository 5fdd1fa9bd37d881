import { useMutation } from '@tanstack/react-query'
import { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { DateFormat, type ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { StoredFile } from '@zhike/contract/platform/files.ts'
import { Alert, Button, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { useListText } from '../../ui/list-text.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { ChannelField } from './channel-field.tsx'
import { importFieldKey } from './field-texts.ts'
import { type Check, type Inspection, inspectFile, useCheck } from './import-queries.ts'
import { MappingTable } from './mapping-table.tsx'
import { mappingGaps, type Plan } from './plan.ts'
import { SaveMapping } from './save-mapping.tsx'
import { Setting } from './setting.tsx'

interface Props {
  file: StoredFile
  inspection: Inspection
  plan: Plan
  onPlan: (plan: Plan) => void
  onInspected: (inspection: Inspection) => void
  onChecked: (check: Check) => void
  onOther: () => void
}

/** Which column becomes what, where the file comes from, and how its dates are written. */
export function MappingStep({ file, inspection, plan, onPlan, onInspected, onChecked, onOther }: Props) {
  const { t } = useTranslation()
  const list = useListText()
  const text = useCodeText()
  const check = useCheck()
  const hintId = useId()
  const { settings, channel, newChannel } = plan
  const again = useMutation({
    mutationFn: ({ kind, sheet }: { kind?: ImportKind; sheet?: string }) => inspectFile(file.id, kind, sheet),
    onSuccess: onInspected,
  })
  const { twice, missing } = mappingGaps(settings.kind, settings.columns)
  const nameOf = (field: string) => {
    const [prefix, ...rest] = importFieldKey(settings.kind, field).split('.')
    return text(prefix!, rest.join('.'))
  }
  const gaps = [
    ...twice.map((field) => t('wizard.columns.twice', { field: nameOf(field) })),
    ...(missing.length > 0 ? [t('wizard.columns.missing', { fields: list(missing.map(nameOf)) })] : []),
  ]
  const unclearDates = inspection.dateFormatAmbiguous && settings.dateFormat === undefined
  const hasChannel = channel !== undefined || Boolean(newChannel?.trim())
  const hindrances = [
    ...gaps,
    ...(unclearDates ? [t('wizard.dateFormat.ambiguous')] : []),
    ...(hasChannel ? [] : [newChannel === undefined ? t('wizard.channel.needed') : t('wizard.channel.nameless')]),
  ]
  const run = () => check.mutate({ fileId: file.id, channel: channel ?? 'new-channel', settings, rows: 100_000 }, { onSuccess: onChecked })
  return (
    <div className="stack">
      <Card className="wizard-settings">
        <Setting label={t('wizard.kind')}>
          <Select<ImportKind>
            aria-label={t('wizard.kind')}
            value={settings.kind}
            loading={again.isPending}
            options={ImportKind.options.map((kind) => ({ value: kind, label: t(`import.kind.${kind}`) }))}
            onChange={(kind) => again.mutate({ kind, ...(settings.sheet ? { sheet: settings.sheet } : {}) })}
          />
        </Setting>
        {inspection.sheets.length > 1 && (
          <Setting label={t('wizard.sheet')}>
            <Select
              aria-label={t('wizard.sheet')}
              value={settings.sheet ?? inspection.sheets[0]!}
              options={inspection.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
              onChange={(sheet) => again.mutate({ sheet })}
            />
          </Setting>
        )}
        <ChannelField plan={plan} onPlan={onPlan} />
        {(inspection.dateFormat || inspection.dateFormatAmbiguous) && (
          <Setting label={t('wizard.dateFormat')}>
            <Select<NonNullable<ImportSettings['dateFormat']>>
              aria-label={t('wizard.dateFormat')}
              {...(unclearDates ? { status: 'error' as const, placeholder: t('wizard.dateFormat.ambiguous') } : {})}
              value={settings.dateFormat ?? null}
              options={DateFormat.options.map((value) => ({ value, label: t(`dateFormat.${value}`) }))}
              onChange={(dateFormat) => onPlan({ ...plan, settings: { ...settings, dateFormat } })}
            />
          </Setting>
        )}
        <Button type="link" onClick={onOther}>
          {file.name} · {t('wizard.other')}
        </Button>
      </Card>
      {inspection.savedMapping && <Alert type="info" title={t('wizard.saved', { name: inspection.savedMapping })} />}
      <MappingTable inspection={inspection} plan={plan} onPlan={onPlan} nameOf={nameOf} />
      {again.isError && <ProblemNotice error={again.error} />}
      {check.isError && <ProblemNotice error={check.error} />}
      <div className="page-actions">
        <Button type="primary" disabled={hindrances.length > 0} aria-describedby={hintId} loading={check.isPending} onClick={run}>
          {check.isPending ? t('wizard.checking') : t('wizard.check')}
        </Button>
        <span id={hintId} role="status" className="wizard-hint">
          {hindrances.join(' · ')}
        </span>
        <SaveMapping settings={settings} />
      </div>
    </div>
  )
}
