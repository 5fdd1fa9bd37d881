import { join } from 'node:path'
import type { DemoChannel } from './channels.ts'
import type { Cell, CsvFile, Encoding } from './csv-file.ts'
import { openCsvFile } from './csv-file.ts'

/** A file as one system exports it: `columns` are header and cell. `importKind`: as the import calls it. */
export interface FileFormat<Facts> {
  file: string
  importKind: 'customers' | 'products' | 'order-lines' | 'payments' | 'returns' | 'contacts'
  channel: DemoChannel
  locale: 'zh-CN' | 'en'
  encoding: Encoding
  delimiter?: string
  columns: readonly (readonly [header: string, cell: (facts: Facts) => Cell])[]
}

/** One file of the company, in the order of loading. `rows` does not count the header. */
export interface ManifestFile {
  file: string
  importKind: FileFormat<never>['importKind']
  channel: DemoChannel
  rows: number
  locale: 'zh-CN' | 'en'
}

export interface FormattedFile<Facts> {
  write(facts: Facts): void
  close(): ManifestFile
}

export function openFormatted<Facts>(folder: string, format: FileFormat<Facts>): FormattedFile<Facts> {
  const { file, importKind, channel, locale, encoding, delimiter = ',', columns } = format
  const header = columns.map(([title]) => title)
  const csv: CsvFile = openCsvFile(join(folder, file), header, { encoding, delimiter, lineEnd: encoding === 'gb18030' ? '\r\n' : '\n' })
  return {
    write: (facts) => csv.row(columns.map(([, cell]) => cell(facts))),
    close: () => {
      csv.close()
      return { file, importKind, channel, rows: csv.rows, locale }
    },
  }
}

/** Fen as yuan with two decimals, 1234.50. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2)

/** Fen as a ledger writes them, 1,234.50. */
export const groupedYuan = (fen: number): string => yuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',')
