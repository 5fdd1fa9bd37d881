import { useCodeText } from '../../app/code-text.ts'
import { useMe } from '../../app/session.ts'
import { Select } from '../../ui/field.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { PersonPicker } from '../people/person-picker.tsx'
import type { AuditState } from './audit-queries.ts'
import './audit.css'

/** What actions begin with, by what people ask for. */
const groups = [
  'session',
  'user',
  'team',
  'role',
  'api-key',
  'customer',
  'order',
  'import',
  'channel',
  'analysis',
  'file',
  'settings',
  'backup',
  'audit',
] as const
const ways = ['session', 'api-key', 'job', 'system'] as const

interface Props {
  state: AuditState
  onChange: (next: Partial<AuditState>) => void
}

export function AuditFilters({ state, onChange }: Props) {
  const { t } = useTranslation()
  const text = useCodeText()
  const { user } = useMe()
  const what = groups.map((group) => ({ value: `${group}.`, label: t(`audit.group.${group}`) }))
  // A link may name one action, or one whose group is not in the list.
  const one =
    state.what && !what.some(({ value }) => value === state.what) ? [{ value: state.what, label: text('audit.action', state.what) }] : []
  return (
    <div className="toolbar">
      <PersonPicker
        aria-label={t('audit.who')}
        value={state.who}
        first={[
          { value: '', label: t('audit.who.any') },
          { value: user.id, label: t('picker.me', { name: user.name }) },
        ]}
        onChange={(who) => onChange({ who: who || undefined })}
      />
      <Select
        aria-label={t('audit.what')}
        value={state.what ?? ''}
        options={[{ value: '', label: t('audit.what.any') }, ...what, ...one]}
        onChange={(value) => onChange({ what: value || undefined })}
      />
      <Select
        aria-label={t('audit.via')}
        value={state.via ?? ''}
        options={[{ value: '', label: t('audit.via.any') }, ...ways.map((value) => ({ value, label: t(`audit.via.${value}`) }))]}
        onChange={(via) => onChange({ via: via || undefined })}
      />
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="audit-day">
          {t(`audit.${end}`)}
          <input
            type="date"
            className="input"
            value={state[end] ?? ''}
            onChange={({ target }) => onChange({ [end]: target.value || undefined })}
          />
        </label>
      ))}
      {state.object && (
        <span className="chip chip-on">
          <button
            type="button"
            className="chip-button"
            onClick={() => onChange({ object: undefined, id: undefined })}
            title={t('audit.object.clear')}
          >
            {t('audit.object')} <strong>{text('audit.object', state.object)}</strong> <span translate="no">{state.id?.slice(-8)}</span> ×
          </button>
        </span>
      )}
    </div>
  )
}
