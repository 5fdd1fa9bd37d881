import type { Locale } from '@zhike/contract/texts/locale.ts'

/** The two columns behind those of the original in a file of failed rows. */
export const failedRowTitles: Record<Locale, readonly [string, string]> = {
  zh: ['原文件行号', '未导入原因'],
  en: ['Row in the file', 'Why it failed'],
}

/** How many columns a file has before those that tell of failed rows, which are no data; it may have been through several times. */
export function ownColumns(headers: readonly string[]): number {
  const [reason, row] = [headers.at(-1), headers.at(-2)]
  const added = Object.values(failedRowTitles).some((titles) => titles[0] === row && titles[1] === reason)
  return added ? ownColumns(headers.slice(0, -2)) : headers.length
}
