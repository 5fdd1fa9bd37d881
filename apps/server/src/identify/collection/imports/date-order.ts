import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import type { ColumnMapping, ImportSettings } from '@zhike/contract/identify/imports.ts'
import { dateOrderOf, isDateProblem, parseDate } from '../../identity/normalise/date-time.ts'
import { type ReadOptions, readTable } from '../files/table.ts'

/** As many rows as a dry run reads. */
const mostRows = 100_000

/** Indexes of the columns that become dates. */
export function dateColumns(kind: ImportKind, columns: readonly Pick<ColumnMapping, 'index' | 'field'>[]): number[] {
  const types: Record<string, { type: string }> = importKinds[kind]
  return columns
    .filter(({ field }) => field !== null && /^(?:date|datetime|birthDate)$/.test(types[field]?.type ?? ''))
    .map(({ index }) => index)
}

/**
 * Reads on where the sample leaves open whether days or months come first: a file in the order of time may begin with twelve days
 * that could be either. Undefined when no row settles it, or rows contradict each other.
 */
export async function readDateOrder(
  path: string,
  options: ReadOptions,
  columns: readonly number[],
): Promise<'day-first' | 'month-first' | undefined> {
  const seen = new Set<string>()
  let rows = 0
  for await (const batch of readTable(path, { ...options, batchSize: 2000 })) {
    for (const cells of batch.rows) {
      for (const index of columns) {
        const order = dateOrderOf(cells[index] ?? '')
        if (order === 'day-first' || order === 'month-first') seen.add(order)
      }
    }
    rows += batch.rows.length
    if (seen.size > 0 || rows >= mostRows) break
  }
  const [only, other] = [...seen] as ('day-first' | 'month-first')[]
  return other === undefined ? only : undefined
}

/** A date of these rows that could be read in two ways, and how it is read; null without one, or while nobody has said how. */
export function dateExample(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
  format: ImportSettings['dateFormat'],
): { text: string; day: string } | null {
  if (format !== 'day-first' && format !== 'month-first') return null
  for (const cells of rows) {
    for (const index of columns) {
      const text = cells[index] ?? ''
      if (dateOrderOf(text) !== 'open') continue
      const day = parseDate(text, { format })
      if (day !== undefined && !isDateProblem(day)) return { text, day }
    }
  }
  return null
}
