import type { BirthDate, ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'

interface Props {
  field: ProfileField
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  placeholder?: string
  autoFocus?: boolean
}

const long = new Set<ProfileField>(['note', 'preference', 'taboo'])

/** The control of one field of a customer. Empty is `undefined`. */
export function FieldInput({ field, id, value, onChange, placeholder, autoFocus = false }: Props) {
  const { t } = useTranslation()
  const change = (next: unknown) => onChange?.(next === '' || next === null ? undefined : next)
  const common = { ...(id ? { id } : {}), 'aria-label': t(`field.${field}`), autoFocus, ...(placeholder ? { placeholder } : {}) }
  if (field === 'sex') {
    const options = (['female', 'male'] as const).map((sex) => ({ value: sex, label: t(`sex.${sex}`) }))
    return <Select {...common} allowClear className="full" options={options} value={value ?? null} onChange={change} />
  }
  if (field === 'tags') {
    return (
      <Select
        {...common}
        mode="tags"
        className="full"
        maxCount={50}
        value={(value as string[] | undefined) ?? []}
        onChange={(tags) => change(tags.length ? tags : undefined)}
      />
    )
  }
  if (field === 'birthDate') return <BirthDateInput value={value as BirthDate | undefined} onChange={change} {...(id ? { id } : {})} />
  const text = {
    ...common,
    value: (value as string | undefined) ?? '',
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  }
  if (long.has(field)) return <Input.TextArea {...text} rows={3} className="grows" />
  return <Input {...text} type={field === 'registeredOn' ? 'date' : field === 'email' ? 'email' : field === 'phone' ? 'tel' : 'text'} />
}

/** Solar or lunar, the year may be unknown. */
function BirthDateInput({ id, value, onChange }: { id?: string; value: BirthDate | undefined; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const now = { calendar: 'solar', year: null, leap: false, ...value } as Partial<BirthDate>
  const set = (part: Partial<BirthDate>) => {
    const next = { ...now, ...part }
    onChange(next.month || next.day || next.year ? next : undefined)
  }
  return (
    <span className="birth-date" role="group" aria-label={t('field.birthDate')}>
      <Select
        {...(id ? { id } : {})}
        aria-label={t('field.birthDate')}
        value={now.calendar ?? 'solar'}
        options={(['solar', 'lunar'] as const).map((calendar) => ({ value: calendar, label: t(`birth.${calendar}`) }))}
        onChange={(calendar) => set({ calendar, ...(calendar === 'solar' ? { leap: false } : {}) })}
      />
      <InputNumber
        min={1850}
        max={2100}
        controls={false}
        placeholder={t('birth.year')}
        aria-label={t('birth.year')}
        value={now.year ?? null}
        onChange={(year) => set({ year })}
      />
      <InputNumber
        min={1}
        max={12}
        controls={false}
        placeholder={t('birth.month')}
        aria-label={t('birth.month')}
        value={now.month ?? null}
        onChange={(month) => set({ month: month ?? undefined } as Partial<BirthDate>)}
      />
      <InputNumber
        min={1}
        max={31}
        controls={false}
        placeholder={t('birth.day')}
        aria-label={t('birth.day')}
        value={now.day ?? null}
        onChange={(day) => set({ day: day ?? undefined } as Partial<BirthDate>)}
      />
      {now.calendar === 'lunar' && (
        <Checkbox checked={now.leap ?? false} onChange={({ target }) => set({ leap: target.checked })}>
          {t('birth.leap')}
        </Checkbox>
      )}
    </span>
  )
}
