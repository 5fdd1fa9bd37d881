import { isDeclared } from '../ui/text-pair.ts'
import { useTranslation } from '../ui/translation.ts'
import type { TextKey } from './texts.ts'

/** A text for a code of the server; the code itself where it is newer than this page. */
export function useCodeText(): (prefix: string, code: string) => string {
  const { t } = useTranslation()
  return (prefix, code) => {
    const key = `${prefix}.${code}`
    return isDeclared(key) ? t(key as TextKey) : code
  }
}
