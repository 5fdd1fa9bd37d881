import { useTranslation } from 'react-i18next'
import { type TextKey, texts } from './texts.ts'

/** A text for a code of the server; the code itself where it is newer than this page. */
export function useCodeText(): (prefix: string, code: string) => string {
  const { t } = useTranslation()
  return (prefix, code) => {
    const key = `${prefix}.${code}`
    return key in texts ? t(key as TextKey) : code
  }
}
