import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAllowedEntries } from './navigation.ts'

/** Whether a key belongs to what somebody types, or to a dialog that is open. */
export const isTyping = (event: KeyboardEvent): boolean =>
  event.isComposing ||
  document.querySelector('dialog[open]') !== null ||
  (event.target as Element).closest('input, textarea, select, [contenteditable]') !== null

const patience = 1500

/** `g`, then the letter of a page, goes there. */
export function usePageShortcuts(): void {
  const navigate = useNavigate()
  const entries = useAllowedEntries()
  useEffect(() => {
    let begunAt = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      if (event.key === 'g') {
        begunAt = event.timeStamp
        return
      }
      const entry = entries.find(({ letter }) => letter === event.key)
      if (entry && event.timeStamp - begunAt < patience) {
        event.preventDefault()
        void navigate({ to: entry.to })
      }
      begunAt = Number.NEGATIVE_INFINITY
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, entries])
}
