import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { readAll, scratchFolder, workbookParts, zip } from './files.test-support.ts'
import { inspectTable } from './table.ts'

const save = scratchFolder()

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<string> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return save(`${Math.random()}.xlsx`, Buffer.from(await book.xlsx.writeBuffer()))
}

test('cells are read as they are seen: dates as ISO, numbers exact, formulas by their kept value', async () => {
  const path = await workbook((book) => {
    const sheet = book.addWorksheet('客户')
    sheet.addRow(['姓名', '生日', '金额', '公式', '手机', '真假', '富文本', '时间'])
    sheet.addRow([
      '张三 & <李四>',
      new Date('1990-02-03T00:00:00Z'),
      29.330000000000002,
      { formula: '1+1', result: 2 },
      13812346721,
      true,
      { richText: [{ text: '红' }, { text: '色', font: { bold: true } }] },
      new Date('2026-01-03T08:05:00Z'),
    ])
    sheet.getCell('B2').numFmt = 'yyyy/m/d'
    sheet.getCell('H2').numFmt = 'yyyy"年"m"月"d"日" h:mm'
    book.addWorksheet('其他').addRow(['x'])
    book.addWorksheet('藏', { state: 'hidden' }).addRow(['y'])
  })
  expect((await readAll(path)).rows.get(2)).toEqual([
    '张三 & <李四>',
    '1990-02-03',
    '29.33',
    '2',
    '13812346721',
    'TRUE',
    '红色',
    '2026-01-03 08:05:00',
  ])
  expect(await inspectTable(path)).toMatchObject({ format: 'xlsx', sheets: ['客户', '其他'], sheet: '客户', estimatedRows: 1 })
  expect((await readAll(path, { sheet: '其他' })).rows.get(1)).toEqual(['x'])
  await expect(readAll(path, { sheet: '没有' })).rejects.toMatchObject({ code: 'sheet-missing' })
})

test('blank rows and columns keep their places', async () => {
  const path = await workbook((book) => {
    const sheet = book.addWorksheet('a')
    sheet.getCell('A1').value = 'h'
    sheet.getCell('C3').value = 'x'
    sheet.getCell('B5000').value = 'far'
  })
  const { rows } = await readAll(path)
  expect([rows.get(1), rows.get(2), rows.get(3), rows.get(5000)]).toEqual([['h'], [], ['', '', 'x'], ['', 'far']])
})

test('reading goes on at any row', async () => {
  const path = await workbook((book) => {
    const sheet = book.addWorksheet('a')
    for (let i = 1; i <= 2500; i++) sheet.addRow([i])
  })
  const { rows } = await readAll(path, { startRow: 2400, batchSize: 30 })
  expect([rows.size, rows.get(2400), rows.get(2500)]).toEqual([101, ['2400'], ['2500']])
})

describe('what spreadsheet programs write differently', () => {
  const only = async (sheetXml: string, extra?: Parameters<typeof workbookParts>[1]) =>
    (await readAll(save('hand.xlsx', zip(workbookParts(sheetXml, extra))))).rows
  test('prefixes, cells without references, inline strings, entities, phonetic text, days since 1904-free styles', async () => {
    const rows = await only(
      '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a&amp;amp;&#x4e2d;</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c s="1"><x:v>32907</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      {
        strings: '<sst><si><r><t>東</t></r><r><t xml:space="preserve"> 京</t></r><rPh sb="0" eb="1"><t>とう</t></rPh></si></sst>',
        styles:
          '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
      },
    )
    expect(rows.get(1)).toEqual(['a&amp;中', '東 京', '1990-02-03', '#N/A'])
  })

  test('long and tiny numbers have no exponent noise', async () => {
    const rows = await only(
      '<worksheet><sheetData><row r="1"><c r="A1"><v>0.1</v></c><c r="B1"><v>1.3812346721E10</v></c><c r="C1"><v>0.30000000000000004</v></c><c r="D1"><v>-5</v></c></row></sheetData></worksheet>',
    )
    expect(rows.get(1)).toEqual(['0.1', '13812346721', '0.3', '-5'])
  })
})

test('a large sheet is streamed: the reader keeps only the batch at hand', async () => {
  const path = join(tmpdir(), `zhike-large-${process.pid}.xlsx`)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = book.addWorksheet('a')
  for (let i = 0; i < 20_000; i++) sheet.addRow([`name ${i}`, i, i / 4]).commit()
  await book.commit()
  try {
    const { rows } = await readAll(path)
    expect([rows.size, rows.get(20_000)]).toEqual([20_000, ['name 19999', '19999', '4999.75']])
  } finally {
    rmSync(path)
  }
}, 30_000)
