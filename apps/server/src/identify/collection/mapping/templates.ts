import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { importFieldLabels } from '@zhike/contract/texts/import-fields.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'

export interface Template {
  fields: string[]
  /** One label per field; required ones carry a star. */
  header: string[]
  /** A made-up row that shows how values are written. */
  example: string[]
}

/** Names taken apart, whole addresses and line numbers are understood, but nobody is asked to write them. */
const leftOut = new Set(['surname', 'givenName', 'fullAddress', 'lineNumber'])

/** The rows of the file that is downloaded, filled in and uploaded again. */
export function templateRows(kind: ImportKind, locale: Locale): Template {
  const labels = importFieldLabels[kind] as Record<string, { zh: string; en: string; example?: string }>
  const definitions = importKinds[kind] as Record<string, { required?: true }>
  const fields = Object.keys(labels).filter((field) => !leftOut.has(field))
  return {
    fields,
    header: fields.map((field) => `${labels[field]?.[locale]}${definitions[field]?.required ? '*' : ''}`),
    example: fields.map((field) => labels[field]?.example ?? ''),
  }
}
