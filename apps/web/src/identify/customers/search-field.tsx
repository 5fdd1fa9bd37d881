import { type KeyboardEvent as PressedKey, useEffect, useRef, useState } from 'react'
import { focusFirstRow } from '../../ui/first-row.ts'
import { useTranslation } from '../../ui/translation.ts'
import { useDebounced } from '../../ui/use-debounced.ts'

/** Searches while one types. / comes here from anywhere, ↓ goes on into the list, Esc clears. */
export function SearchField({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const rested = useDebounced(typed.trim(), 200)
  const shown = useRef(text)
  useEffect(() => {
    if (rested === shown.current) return
    shown.current = rested
    onSearch(rested)
  }, [rested, onSearch])
  // The address changed by another way than typing: back, a cleared filter.
  useEffect(() => {
    if (text === shown.current) return
    shown.current = text
    setTyped(text)
  }, [text])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        (event.target as Element).closest('input, textarea, select, [contenteditable]')
      )
        return
      event.preventDefault()
      field.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const onKeyDown = (event: PressedKey) => {
    // Within an input method these keys choose characters.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && typed !== '') setTyped('')
    else if (event.key !== 'ArrowDown' || !focusFirstRow()) return
    event.preventDefault()
  }
  const clear = () => {
    setTyped('')
    field.current?.focus()
  }
  return (
    <span className="search-field">
      <input
        ref={field}
        type="search"
        className="input"
        value={typed}
        maxLength={100}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
        placeholder={t('customers.search')}
        aria-label={t('customers.search.label')}
      />
      {typed === '' ? (
        <kbd aria-hidden>/</kbd>
      ) : (
        <button type="button" className="search-clear" tabIndex={-1} aria-label={t('customers.search.clear')} onClick={clear}>
          ×
        </button>
      )}
    </span>
  )
}
