import type { Locale } from '@zhike/contract/texts/locale.ts'

/** The columns behind those of the original in a file of failed rows. `line`: only of order lines that the original did not number. */
export const failedRowTitles: Record<Locale, { line: string; row: string; reason: string }> = {
  zh: { line: '订单内第几行', row: '原文件行号', reason: '未导入原因' },
  en: { line: 'Line within the order', row: 'Row in the file', reason: 'Why it failed' },
}

/** What was added to a file of failed rows: where its own columns end, and which column numbers the lines of orders. */
export interface AddedColumns {
  own: number
  line: number | undefined
}

/** The columns that were added to a file of failed rows, which may have been through several times. */
export function addedColumns(headers: readonly string[]): AddedColumns {
  // A title that stands there already gets a number when the file is read.
  const bare = headers.map((header) => header.replace(/ \(\d+\)$/, ''))
  const titles = Object.values(failedRowTitles)
  let own = headers.length
  let line: number | undefined
  while (own >= 2 && titles.some(({ row, reason }) => bare[own - 2] === row && bare[own - 1] === reason)) {
    own -= 2
    if (titles.some((title) => title.line === bare[own - 1])) {
      own--
      line ??= own
    }
  }
  return { own, line }
}
