import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { useCodeText } from '../../app/code-text.ts'
import { importFieldKey } from './field-texts.ts'

/** The name of what a column of a kind of file becomes. */
export function useFieldName(kind: ImportKind): (field: string) => string {
  const text = useCodeText()
  return (field) => {
    const [prefix = '', ...rest] = importFieldKey(kind, field).split('.')
    return text(prefix, rest.join('.'))
  }
}
