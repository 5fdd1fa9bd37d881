import { type KeyboardEvent as PressedKey, useEffect, useRef, useState } from 'react'
import { focusFirstRow } from './first-row.ts'
import { useTranslation } from './translation.ts'
import { useDebounced } from './use-debounced.ts'

interface Props {
  label: string
  /** What it looks in, where the label says less. */
  placeholder?: string
  text: string
  onSearch: (text: string) => void
}

/** Searches while one types. / comes here from anywhere on the page, ↓ goes on into the list, Esc or × clears. */
export function SearchInput({ label, placeholder = label, text, onSearch }: Props) {
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
      if (event.key !== '/' || event.ctrlKey || event.metaKey) return
      if ((event.target as Element).closest('input, textarea, select, [contenteditable]')) return
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
        placeholder={placeholder}
        aria-label={label}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
      />
      {typed === '' ? (
        <kbd aria-hidden>/</kbd>
      ) : (
        <button type="button" className="search-clear" tabIndex={-1} aria-label={t('search.clear')} onClick={clear}>
          ×
        </button>
      )}
    </span>
  )
}
