// The library itself does no I/O; this only feeds its tests.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { PurchaseLog } from '../src/clv/summarise-purchases.ts'

/** Folder with the public data sets; they are not ours to ship, so tests that need them are skipped without it. */
const folder = process.env['ZHIKE_REFERENCE_DATA']
export const withoutReferenceData = folder === undefined || folder === ''

if (folder && !existsSync(folder)) throw new Error(`ZHIKE_REFERENCE_DATA names a folder that does not exist: ${folder}`)

/** Rows of a CSV file without its header; quoted fields may hold commas and doubled quotes. */
export function referenceRows(file: string): string[][] {
  const bytes = readFileSync(join(folder ?? '', file))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.trimEnd().split(/\r?\n/).slice(1).map(fieldsOf)
}

/** Whole days since 1970 of a text that begins with a date, 2011-12-09. */
export function dayNumber(text: string): number {
  return Date.parse(text.slice(0, 10)) / 86_400_000
}

/** Purchases as the library wants them: sorted by customer and day. */
export function purchaseLog(purchases: readonly { customer: number; day: number; amount: number }[]): PurchaseLog {
  const sorted = purchases.toSorted((one, other) => one.customer - other.customer || one.day - other.day)
  return {
    customer: Float64Array.from(sorted, (purchase) => purchase.customer),
    day: Int32Array.from(sorted, (purchase) => purchase.day),
    amount: Float64Array.from(sorted, (purchase) => purchase.amount),
  }
}

export function total(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  return Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
