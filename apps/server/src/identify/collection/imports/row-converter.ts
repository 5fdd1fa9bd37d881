import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { type ConvertedRow, compileRow, type RowOptions } from '../mapping/convert-row.ts'

/** What the company supplies where the file and the settings are silent. */
export type ImportOptions = Pick<RowOptions, 'timeZone' | 'currency'>

export type CompiledRow = (cells: readonly string[]) => ConvertedRow<ImportKind>

/** The function that converts a row under an import's settings. */
export function compileImport(settings: ImportSettings, options: ImportOptions): CompiledRow {
  return compileRow(settings.kind, settings.columns, { ...options, dateFormat: settings.dateFormat })
}
