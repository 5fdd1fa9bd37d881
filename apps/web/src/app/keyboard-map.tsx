import { useEffect, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { useTranslation } from '../ui/translation.ts'
import { useAllowedEntries } from './navigation.ts'
import { isTyping } from './shortcuts.ts'
import type { TextKey } from './texts.ts'

const keys = [
  [/mac/i.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K', 'keys.palette'],
  ['/', 'keys.search'],
  ['↑ ↓ Home End', 'keys.move'],
  ['Enter', 'keys.open'],
  ['Esc', 'keys.close'],
  ['?', 'keys.map'],
] as const

/** What the keyboard can do; shown by `?`. */
export function KeyboardMap() {
  const { t } = useTranslation()
  const entries = useAllowedEntries()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (!open) return null
  const pages = entries.flatMap(({ letter, text }) => (letter ? [[`g ${letter}`, text] as const] : []))
  return (
    <Dialog title={t('keys.title')} onClose={() => setOpen(false)}>
      <Keys rows={keys} />
      <h3>{t('keys.pages')}</h3>
      <Keys rows={pages} />
    </Dialog>
  )
}

function Keys({ rows }: { rows: readonly (readonly [string, TextKey])[] }) {
  const { t } = useTranslation()
  return (
    <dl className="pairs keys">
      {rows.map(([key, text]) => (
        <div key={key}>
          <dt>
            {key.split(' ').map((each) => (
              <kbd key={each}>{each}</kbd>
            ))}
          </dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  )
}
