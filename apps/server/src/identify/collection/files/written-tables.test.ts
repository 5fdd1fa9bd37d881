import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { safeCell, unsafeCell } from '../../../platform/files/safe-cell.ts'
import { type Cell, type TableFormat, writeTable } from '../../../platform/files/table-writer.ts'
import { readTable } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhike-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inBatches(rows: Cell[][], size: number) {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size)
}

async function roundTrip(format: TableFormat, rows: Cell[][]): Promise<string[][]> {
  const chunks: Buffer[] = []
  for await (const chunk of writeTable(format, ['a', 'b'], inBatches(rows, 7))) chunks.push(chunk)
  const path = join(folder, `table.${format}`)
  await writeFile(path, Buffer.concat(chunks))
  const read: string[][] = []
  for await (const batch of readTable(path)) read.push(...batch.rows)
  return read
}

/** What may stand before a formula sign, and the signs. */
const before = ['', ' ', '\u3000', '\t', '\u0001', '\u200b', "'", "''"]
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
const attacks = before.flatMap((lead) => signs.map((sign) => `${lead}${sign}cmd|'/c calc'!A1`))

describe.each<TableFormat>(['csv', 'xlsx'])('%s', (format) => {
  test('every text that could be a formula stands as text and reads back unchanged', async () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60)
    const read = await roundTrip(
      format,
      attacks.map((attack) => [attack, 'x']),
    )
    expect(read.slice(1).map(([cell]) => cell?.[0])).toEqual(attacks.map(() => "'"))
    expect(read.slice(1).map(([cell]) => unsafeCell(cell ?? ''))).toEqual(attacks)
  })

  test('quotes, line ends, commas, blanks at the ends, XML signs and underscores come back as they were', async () => {
    const texts = ['a "b", c', 'two\nlines', ' ends ', '<b>&amp;</b>', '_x0041_', '张伟民', '😀', "it's"]
    const read = await roundTrip(
      format,
      texts.map((text) => [text, null]),
    )
    expect(read.slice(1).map(([cell]) => cell)).toEqual(texts)
  })

  test('numbers stay numbers', async () => {
    const read = await roundTrip(format, [
      [-12.5, 0],
      [1e15, 49.05],
    ])
    expect(read.slice(1)).toEqual([
      ['-12.5', '0'],
      ['1000000000000000', '49.05'],
    ])
  })
})

test('a text that is safe is left alone', () => {
  for (const text of ['张', 'a=b', 'x-1', '', "it's"]) expect(safeCell(text)).toBe(text)
})
