import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { stringify } from 'csv-stringify/sync'
import type { Tx } from '../../../platform/database/database.ts'
import { safeCell } from '../../../platform/files/safe-cell.ts'
import { failedRowTitles } from '../mapping/failed-row-columns.ts'
import { readFailures } from './imports.ts'
import { givesLineNumbers } from './order-lines.ts'
import { rowProblemText } from './row-problem-text.ts'

/** More failed rows than this are the file's own fault: the first ones say which. */
const mostRows = 100_000

/**
 * The failed rows as a CSV file in the order and with the headers of the original, and two columns more: row number and
 * reasons. It can be corrected and imported as it is: a line of an order brings its number along, so that it takes its own place.
 */
export async function failuresCsv(tx: Tx, importId: string, locale: Locale): Promise<string> {
  const [row] = await tx<{ settings: ImportSettings }[]>`select settings from import where id = ${importId}`
  const headers: string[] = []
  for (const { index, header } of row?.settings.columns ?? []) headers[index] = header
  const numbered = row?.settings.kind === 'order-lines' && !givesLineNumbers(row.settings)
  const { line, row: rowTitle, reason } = failedRowTitles[locale]
  const titles = [...Array.from(headers, (header) => header ?? ''), ...(numbered ? [line] : []), rowTitle, reason]
  const failures = await readFailures(tx, importId, 0, mostRows)
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
