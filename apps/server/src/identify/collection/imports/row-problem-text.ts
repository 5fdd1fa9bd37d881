import { rowProblemTexts } from '@zhike/contract/texts/import-problems.ts'
import { fill, type Locale } from '@zhike/contract/texts/locale.ts'

/** Why a row or a cell was refused, in the reader's language. */
export function rowProblemText(code: string, locale: Locale, values: Record<string, unknown> = {}): string {
  const text = (rowProblemTexts as Record<string, Record<Locale, string>>)[code]
  return text ? fill(text[locale], values) : code
}
