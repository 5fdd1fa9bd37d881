import { type ReactNode, useState } from 'react'
import { useTranslation } from './translation.ts'

const place = (name: string) => `zhike.hint.${name}`

/** First steps on a page: shown until somebody has read them, on this device. */
export function Hint({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  const [read, setRead] = useState(() => localStorage.getItem(place(name)) !== null)
  if (read) return null
  const close = () => {
    localStorage.setItem(place(name), 'read')
    setRead(true)
  }
  return (
    <aside className="hint" aria-label={t('hint.label')}>
      <div>{children}</div>
      <button type="button" className="button button-quiet button-small" onClick={close}>
        {t('hint.close')}
      </button>
    </aside>
  )
}
