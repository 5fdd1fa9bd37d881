import type { BirthDate, ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { type KeyboardEvent, useState } from 'react'
import { Chosen } from '../../ui/chosen.tsx'
import { Checkbox, Select } from '../../ui/field.tsx'
import { useTranslation } from '../../ui/translation.ts'

interface Props {
  field: ProfileField
  id?: string
  value?: unknown
  onChange: (value: unknown) => void
  placeholder?: string
  autoFocus?: boolean
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
}

const long = new Set<ProfileField>(['note', 'preference', 'taboo'])
const types: Partial<Record<ProfileField, string>> = { registeredOn: 'date', email: 'email', phone: 'tel' }

/** The control of one field of a customer. Empty is `undefined`. */
export function FieldInput({ field, value, onChange, ...rest }: Props) {
  const { t } = useTranslation()
  const common = { ...rest, 'aria-label': rest.id ? undefined : t(`field.${field}`) }
  if (field === 'sex') {
    const options = (['female', 'male'] as const).map((sex) => ({ value: sex as string, label: t(`sex.${sex}`) }))
    return (
      <Select
        {...common}
        value={(value as string | undefined) ?? ''}
        options={[{ value: '', label: '—' }, ...options]}
        onChange={(next) => onChange(next || undefined)}
      />
    )
  }
  if (field === 'tags') return <TagsInput {...common} value={(value as string[] | undefined) ?? []} onChange={onChange} />
  if (field === 'birthDate') return <BirthDateInput {...common} value={value as BirthDate | undefined} onChange={onChange} />
  const text = {
    ...common,
    className: 'input',
    value: (value as string | undefined) ?? '',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value || undefined),
  }
  return long.has(field) ? <textarea {...text} rows={3} className="input grows" /> : <input {...text} type={types[field] ?? 'text'} />
}

interface CommonProps {
  id?: string
  'aria-label': string | undefined
  'aria-describedby'?: string | undefined
  autoFocus?: boolean
}

/** Words, each taken in with Enter or a comma; × or Backspace takes one away. */
function TagsInput({ value, onChange, ...input }: CommonProps & { value: readonly string[]; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const set = (tags: readonly string[]) => onChange(tags.length > 0 ? tags : undefined)
  const take = () => {
    const tag = typed.trim()
    setTyped('')
    if (tag !== '' && !value.includes(tag) && value.length < 50) set([...value, tag])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if ((event.key === 'Enter' && typed.trim() !== '') || event.key === ',' || event.key === '，') take()
    else if (event.key === 'Backspace' && typed === '' && value.length > 0) set(value.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span className="tags-input">
      <Chosen
        items={value.map((tag) => ({ value: tag, label: tag }))}
        remove={(tag) => t('field.tags.remove', { tag })}
        onRemove={(tag) => set(value.filter((each) => each !== tag))}
      />
      <input
        {...input}
        className="input"
        value={typed}
        maxLength={40}
        placeholder={t('field.tags.how')}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
        onBlur={take}
      />
    </span>
  )
}

/** Solar or lunar, the year may be unknown. */
function BirthDateInput({
  id,
  value,
  onChange,
  ...rest
}: CommonProps & { value: BirthDate | undefined; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const now = { calendar: 'solar', year: null, leap: false, ...value } as Partial<BirthDate>
  const set = (part: Partial<Record<keyof BirthDate, unknown>>) => {
    const next = { ...now, ...part }
    onChange(next.month || next.day || next.year ? next : undefined)
  }
  const number = (part: 'year' | 'month' | 'day', digits: number) => (
    <input
      className={`input birth-${part}`}
      inputMode="numeric"
      maxLength={digits}
      placeholder={t(`birth.${part}`)}
      aria-label={t(`birth.${part}`)}
      value={now[part] ?? ''}
      onChange={({ target }) => {
        const typed = Number(target.value.replace(/\D/g, ''))
        set({ [part]: typed > 0 ? typed : part === 'year' ? null : undefined })
      }}
    />
  )
  return (
    <span className="birth-date" role="group" aria-label={t('field.birthDate')}>
      <Select
        {...(id ? { id } : {})}
        {...rest}
        aria-label={t('birth.calendar')}
        value={now.calendar ?? 'solar'}
        options={(['solar', 'lunar'] as const).map((calendar) => ({ value: calendar, label: t(`birth.${calendar}`) }))}
        onChange={(calendar) => set({ calendar, ...(calendar === 'solar' ? { leap: false } : {}) })}
      />
      {number('year', 4)}
      {number('month', 2)}
      {number('day', 2)}
      {now.calendar === 'lunar' && (
        <Checkbox checked={now.leap ?? false} onChange={(leap) => set({ leap })}>
          {t('birth.leap')}
        </Checkbox>
      )}
    </span>
  )
}
