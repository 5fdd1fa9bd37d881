import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { stringify } from 'csv-stringify/sync'
import { safeCell } from '../../../platform/files/safe-cell.ts'
import { failedRowTitles } from '../mapping/failed-row-columns.ts'
import type { KeptFailure } from './imports.ts'
import { givesLineNumbers } from './order-lines.ts'
import { rowProblemText } from './row-problem-text.ts'

/**
 * The failed rows as a CSV file in the order and with the headers of the original, and two columns more: row number and
 * reasons. It can be corrected and imported as it is: a line of an order brings its number along, so that it takes its own place.
 */
export function failuresCsv(settings: ImportSettings, failures: readonly KeptFailure[], locale: Locale): string {
  const headers: string[] = []
  for (const { index, header } of settings.columns) headers[index] = header
  const numbered = settings.kind === 'order-lines' && !givesLineNumbers(settings)
  const { line, row: rowTitle, reason } = failedRowTitles[locale]
  const titles = [...Array.from(headers, (header) => header ?? ''), ...(numbered ? [line] : []), rowTitle, reason]
  const lines = failures.map(({ row: number, lineNumber, cells, problems }) => [
    ...Array.from(headers, (_, i) => cells[i] ?? ''),
    ...(numbered ? [String(lineNumber ?? '')] : []),
    String(number),
    problems
      .map(
        ({ column, code, value, values }) =>
          `${column ? `${column}: ` : ''}${rowProblemText(code, locale, values)}${value ? ` (${value})` : ''}`,
      )
      .join('; '),
  ])
  return `﻿${stringify([titles, ...lines].map((cells) => cells.map(safeCell)))}`
}
