import type { Channel } from '@zhike/contract/identify/catalog.ts'
import { ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { DateFormat } from '@zhike/contract/identify/imports.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import type { Inspection } from './import-queries.ts'
import { fileSources, type Plan } from './plan.ts'

const another = ' new'
/** Amounts are in one of these more often than in all others together; the company's own comes first. */
const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'TWD', 'KRW', 'SGD', 'AUD', 'CAD', 'THB', 'MYR', 'VND']

interface Props {
  inspection: Inspection
  plan: Plan
  channels: readonly Channel[]
  onPlan: (plan: Plan) => void
  onReread: (as: { file?: undefined; kind?: ImportKind | undefined; sheet?: string | undefined }) => void
}

/** What the file is as a whole: its kind, its sheet, its source, and how it writes dates and money. */
export function FileSettings({ inspection, plan, channels, onPlan, onReread }: Props) {
  const { t } = useTranslation()
  const { file, sheets, dateFormat, dateFormatAmbiguous } = inspection
  const { settings } = plan
  const set = (more: Partial<Plan['settings']>) => onPlan({ ...plan, settings: { ...settings, ...more } })
  return (
    <Card className="wizard-settings">
      <SelectField
        label={t('wizard.kind')}
        value={settings.kind}
        options={ImportKind.options.map((kind) => ({ value: kind, label: t(`import.kind.${kind}`) }))}
        onChange={(kind) => onReread({ kind })}
      />
      {sheets.length > 1 && (
        <SelectField
          label={t('wizard.sheet')}
          value={settings.sheet ?? sheets[0] ?? ''}
          options={sheets.map((sheet) => ({ value: sheet, label: sheet }))}
          onChange={(sheet) => onReread({ kind: undefined, sheet })}
        />
      )}
      <ChannelField plan={plan} channels={channels} onPlan={onPlan} />
      {(dateFormat !== null || dateFormatAmbiguous) && (
        <SelectField
          label={t('wizard.dateFormat')}
          value={settings.dateFormat ?? ''}
          problem={settings.dateFormat === undefined ? t('wizard.dateFormat.ambiguous') : undefined}
          options={[
            ...(settings.dateFormat === undefined ? [{ value: '' as const, label: t('wizard.choose') }] : []),
            ...DateFormat.options.map((value) => ({ value, label: t(`dateFormat.${value}`) })),
          ]}
          onChange={(chosen) => chosen !== '' && set({ dateFormat: chosen })}
        />
      )}
      <CurrencyField plan={plan} onCurrency={(currency) => set({ currency })} />
      <Button kind="link" onClick={() => onReread({ file: undefined, kind: undefined, sheet: undefined })}>
        {file.name} · {t('wizard.other')}
      </Button>
    </Card>
  )
}

/** Which registered source the file comes from, or the name of a new one. */
function ChannelField({ plan, channels, onPlan }: Pick<Props, 'plan' | 'channels' | 'onPlan'>) {
  const { t } = useTranslation()
  const { channel, newChannel } = plan
  const chosen = newChannel === undefined ? (channel ?? '') : another
  return (
    <>
      <SelectField
        label={t('wizard.channel')}
        value={chosen}
        options={[
          ...(chosen === '' ? [{ value: '', label: t('wizard.channel.needed') }] : []),
          ...fileSources(channels).map(({ code, name }) => ({ value: code, label: name })),
          { value: another, label: t('wizard.channel.new') },
        ]}
        onChange={(value) =>
          onPlan(value === another ? { ...plan, channel: undefined, newChannel: '' } : { ...plan, channel: value, newChannel: undefined })
        }
      />
      {newChannel !== undefined && (
        <TextField
          label={t('wizard.channel.name')}
          placeholder={t('wizard.channel.example')}
          maxLength={80}
          value={newChannel}
          onFocus={(event) => event.target.select()}
          onChange={(name) => onPlan({ ...plan, newChannel: name })}
        />
      )}
    </>
  )
}

/** The currency of sums that do not name one; a kind without sums is not asked. */
function CurrencyField({ plan, onCurrency }: { plan: Plan; onCurrency: (currency: string | undefined) => void }) {
  const { t } = useTranslation()
  const { company } = useMe()
  const { kind, columns, currency } = plan.settings
  const types: Record<string, { type: string }> = importKinds[kind]
  const money = columns.some(({ field }) => field !== null && ['amount', 'price'].includes(types[field]?.type ?? ''))
  if (!money) return null
  const own = company?.currency ?? 'CNY'
  return (
    <SelectField
      label={t('wizard.currency')}
      value={currency ?? own}
      options={[...new Set([own, ...currencies])].map((code) => ({ value: code, label: code }))}
      onChange={(code) => onCurrency(code === own ? undefined : code)}
    />
  )
}
