import { ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { describe, expect, test } from 'vitest'
import { headerCase, tables } from './header-cases.test-support.ts'
import { headerKey } from './header-words.ts'
import { suggestMapping } from './suggest.ts'
import { synonyms } from './synonyms.ts'

const fieldsOf = (headers: string[], samples: string[][], kind?: ImportKind) => {
  const { columns, ...rest } = suggestMapping({ headers, samples, ...(kind ? { kind } : {}) })
  return { ...rest, columns, fields: columns.map(({ field }) => field) }
}

describe('public data sets map by themselves', () => {
  test('invoice lines of a wholesaler', () => {
    const mapping = fieldsOf(
      ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
      [
        ['536365', '85123A', 'WHITE HANGING HEART T-LIGHT HOLDER', '6', '2010-12-01 08:26:00', '2.55', '17850', 'United Kingdom'],
        ['536365', '71053', 'WHITE METAL LANTERN', '6', '2010-12-01 08:26:00', '3.39', '17850', 'United Kingdom'],
        ['C536379', 'D', 'Discount', '-1', '2010-12-01 09:41:00', '27.50', '14527', 'France'],
      ],
    )
    expect(mapping).toMatchObject({
      kind: 'order-lines',
      missing: [],
      dateFormat: 'year-first',
      fields: ['orderNumber', 'productCode', 'productName', 'quantity', 'placedAt', 'unitPrice', 'customerExternalId', 'country'],
    })
  })

  test('purchases of a music shop, whole and sample', () => {
    const rows = [
      ['00001', '1997-01-01', '1', '11.77'],
      ['00002', '1997-01-12', '1', '12.00'],
      ['00002', '1997-01-12', '5', '77.00'],
    ]
    expect(fieldsOf(['customer_id', 'date', 'cds', 'dollars'], rows)).toMatchObject({
      kind: 'orders',
      fields: ['customerExternalId', 'placedAt', 'quantity', 'amount'],
    })
    const sample = rows.map(([id = '', ...rest], i) => [id, `000${i + 1}`, ...rest])
    expect(fieldsOf(['master_id', 'sample_id', 'date', 'cds', 'dollars'], sample)).toMatchObject({
      kind: 'orders',
      fields: ['customerExternalId', null, 'placedAt', 'quantity', 'amount'],
    })
  })
})

test('day and month that cannot be told apart are said to be ambiguous', () => {
  const file = (first: string) =>
    fieldsOf(
      ['订单号', '下单时间', '金额', '会员号'],
      [
        ['SO100001', first, '12.50', 'VIP1001'],
        ['SO100002', '2/3/2025 9:00', '3.00', 'VIP1002'],
      ],
    )
  expect(file('1/2/2025 8:00')).toMatchObject({ ambiguousDate: true })
  expect(file('13/2/2025 8:00')).toMatchObject({ ambiguousDate: false, dateFormat: 'day-first' })
})

test('quantity, price and amount are told apart by their product, whatever they are called', () => {
  const samples = Array.from({ length: 20 }, (_, i) => [
    `SO10${1000 + i}`,
    `2025-01-${String(i + 1).padStart(2, '0')} 10:00:00`,
    `T${100 + i}-1`,
    String((i % 5) + 2),
    (1.25 + i).toFixed(2),
    (((i % 5) + 2) * (1.25 + i)).toFixed(2),
  ])
  expect(fieldsOf(['订单编号', '下单时间', '商品编码', 'c1', 'c2', 'c3'], samples, 'order-lines').fields.slice(3)).toEqual([
    'quantity',
    'unitPrice',
    'amount',
  ])
})

test.each([
  ['a price without a heading', 'products', ['商品编码', '商品名称', 'c1'], ['P-10', '龙井茶', '12.5'], 'price'],
  [
    'a sum without a heading',
    'order-lines',
    ['订单号', '下单时间', '商品编码', '数量', 'x1'],
    ['SO-100', '2026-01-0', 'P-10', '', '12.5'],
    'amount',
  ],
  ['a misspelt quantity', 'orders', ['订单号', '下单时间', '金额', '商品品总数'], ['SO-100', '2026-01-0', '12.5', ''], 'quantity'],
  ['a misspelt code', 'products', ['商品名称', '单价', 'SKKU码'], ['龙井茶', '12.5', 'T100-'], 'code'],
] as [string, ImportKind, string[], string[], string][])(
  'one bad cell among good ones does not stop %s from being mapped',
  (_, kind, headers, row, field) => {
    for (const bad of ['abc', '#REF!', '见备注', '']) {
      for (const rows of [3, 5, 9]) {
        // Each cell ends with a digit from 1 to 3.
        const samples = Array.from({ length: rows }, (_cells, i) => row.map((cell) => `${cell}${'121312312'[i]}`))
        samples[1]?.splice(-1, 1, bad)
        expect(fieldsOf(headers, samples, kind).fields.at(-1), `${bad} in ${rows} rows`).toBe(field)
      }
    }
  },
)

test('a good heading over values that contradict it is never sure', () => {
  const rows = [
    ['张三', 'a@b.com'],
    ['李四', 'c@d.com'],
    ['王五', 'e@f.com'],
  ]
  const { columns } = suggestMapping({ headers: ['姓名', '手机号'], samples: rows, kind: 'customers' })
  expect(columns[1]).toMatchObject({ field: 'email', confidence: 'likely' })
})

test('columns that mean nothing stay out', () => {
  expect(
    fieldsOf(
      ['姓名', '手机号', '星座运势'],
      [
        ['张三', '13812346721', '狮子'],
        ['李四', '13812346722', '双鱼'],
      ],
    ).fields[2],
  ).toBeNull()
})

test.each([
  ['原文件行号', '未导入原因'],
  ['Row in the file', 'Why it failed'],
])('the columns of a failed-rows file, %s and %s, are no data', (row, reason) => {
  const headers = ['订单号', '客户ID', '下单时间', '数量', '单价', row, reason]
  const { fields } = fieldsOf(headers, [['X1', 'C-1', '2026-03-01', '1', '10', '2', 'x']], 'order-lines')
  expect(fields).toEqual(['orderNumber', 'customerExternalId', 'placedAt', 'quantity', 'unitPrice', null, null])
})

test('the column of a failed-rows file that numbers the lines of orders goes before any other', () => {
  const headers = [
    '订单号',
    '订单行号',
    '下单时间',
    '数量',
    '单价',
    '订单内第几行',
    '原文件行号',
    '未导入原因',
    '原文件行号 (2)',
    '未导入原因 (2)',
  ]
  const { columns } = fieldsOf(headers, [['X1', '1', '2026-03-01', '1', '10', '2', '9', 'x', '2', 'y']], 'order-lines')
  expect(columns.map(({ field }) => field)).toEqual([
    'orderNumber',
    null,
    'placedAt',
    'quantity',
    'unitPrice',
    'lineNumber',
    null,
    null,
    null,
    null,
  ])
  expect(columns[5]).toMatchObject({ confidence: 'sure' })
})

test('a column that numbers the rows of the file is not taken for the numbers of lines', () => {
  const row = (i: number) => [`SO-${1000 + (i >> 1)}`, String(i + 1), '2026-03-01', 'P-10', '1', '12.50']
  const headers = ['订单号', '行号', '下单时间', '商品编码', '数量', '单价']
  const rows = Array.from({ length: 20 }, (_, i) => row(i))
  expect(fieldsOf(headers, rows, 'order-lines').columns[1]?.field).not.toBe('lineNumber')
  const numbered = rows.map(([order = '', , ...rest], i) => [order, String((i % 2) + 1), ...rest])
  expect(fieldsOf(headers, numbered, 'order-lines').columns[1]).toMatchObject({ field: 'lineNumber', confidence: 'likely' })
  expect(fieldsOf(headers.with(1, '订单行号'), numbered, 'order-lines').columns[1]).toMatchObject({
    field: 'lineNumber',
    confidence: 'sure',
  })
})

describe('headings that were never seen', () => {
  const knownKeys = new Map(
    ImportKind.options.map((kind) => [
      kind,
      new Map(
        Object.entries(synonyms[kind]).map(([field, words]) => [
          field,
          new Set([field, ...words.split('|')].map((word) => headerKey(word.replace('~', '')))),
        ]),
      ),
    ]),
  )
  const requiredOf = (kind: ImportKind) =>
    new Set(
      Object.entries(importKinds[kind])
        .filter(([, field]) => 'required' in field)
        .map(([name]) => name),
    )
  const cases = ImportKind.options.flatMap((kind, k) =>
    Array.from({ length: 15 }, (_, i) =>
      headerCase(
        kind,
        7919 * (k + 1) + i,
        requiredOf(kind),
        (field, heading) => knownKeys.get(kind)?.get(field)?.has(headerKey(heading)) ?? false,
      ),
    ),
  )

  test('the cases hold no heading of the table, and all kinds', () => {
    for (const kind of ImportKind.options) for (const { field } of tables[kind]) expect(importKinds[kind]).toHaveProperty(field)
    expect(cases.flatMap(({ headers }) => headers).length).toBeGreaterThanOrEqual(300)
  })

  test.each([
    ['with the kind given', true],
    ['with the kind to be found', false],
  ])('of 300 and more, %s, at least 95 %% map right and none wrong is sure', (_, given) => {
    let right = 0
    let total = 0
    const wrong: string[] = []
    const sureAndWrong: string[] = []
    const wrongKinds: string[] = []
    for (const { kind, headers, fields, samples, ways } of cases) {
      const mapping = suggestMapping({ headers, samples, ...(given ? { kind } : {}) })
      if (mapping.kind !== kind) wrongKinds.push(`${kind} taken for ${mapping.kind}: ${headers.join(', ')}`)
      mapping.columns.forEach(({ header, field, confidence }, i) => {
        total++
        if (mapping.kind === kind && field === fields[i]) right++
        else {
          const line = `${kind} ${ways[i]} "${header}": ${fields[i]}, not ${field} (${confidence})`
          wrong.push(line)
          if (confidence === 'sure' && mapping.kind === kind) sureAndWrong.push(line)
        }
      })
    }
    expect(sureAndWrong).toEqual([])
    expect(right / total, `${right} of ${total}\n${wrongKinds.join('\n')}\n${wrong.join('\n')}`).toBeGreaterThanOrEqual(0.95)
  })
})
