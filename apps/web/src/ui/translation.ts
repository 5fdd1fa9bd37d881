import i18next, { type i18n as I18n, type TFunction } from 'i18next'
import { useSyncExternalStore } from 'react'

interface Translation {
  t: TFunction
  i18n: I18n
}

let translation: Translation = { t: i18next.t, i18n: i18next }
const listeners = new Set<() => void>()

i18next.on('languageChanged', (language) => {
  translation = { t: i18next.getFixedT(language), i18n: i18next }
  for (const listener of listeners) listener()
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The texts in the language on screen. One for all: the hook of react-i18next copies the whole instance for each component that
 * uses it and subscribes anew each time that one is drawn, which was a third of what drawing a list took.
 */
export const useTranslation = (): Translation => useSyncExternalStore(subscribe, () => translation)
