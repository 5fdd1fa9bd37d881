import { useState } from 'react'
import { Field } from './field.tsx'
import { useTranslation } from './translation.ts'

interface Props {
  label: string
  help?: React.ReactNode
  problem?: string | undefined
  value: string
  maxLength?: number | undefined
  autoComplete?: string
  autoFocus?: boolean
  onChange: (value: string) => void
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({ label, help, problem, onChange, ...input }: Props) {
  const { t } = useTranslation()
  const [seen, setSeen] = useState(false)
  return (
    <Field label={label} help={help} problem={problem}>
      {(ids) => (
        <span className="input-with-button">
          <input
            className="input"
            {...input}
            {...ids}
            type={seen ? 'text' : 'password'}
            onChange={({ target }) => onChange(target.value)}
          />
          <button
            type="button"
            className="button button-quiet button-small"
            aria-label={t(seen ? 'password.hide' : 'password.show')}
            onClick={() => setSeen(!seen)}
          >
            {t(seen ? 'password.hide.short' : 'password.show.short')}
          </button>
        </span>
      )}
    </Field>
  )
}
