import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectTable, readTable } from '../files/table.ts'
import { compileRow } from './convert-row.ts'
import { suggestMapping } from './suggest.ts'

const reference = process.env.ZHIKE_REFERENCE_DATA
const folder = mkdtempSync(join(tmpdir(), 'zhike-reference-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function unpacked(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, gunzipSync(readFileSync(join(reference ?? '', `${name}.gz`))))
  return path
}

// its neighbour that always runs: "public data sets map by themselves" in suggest.test.ts
describe.skipIf(reference === undefined)('the public data sets, read and converted whole', () => {
  test('541,909 invoice lines: none is bad, and the clean ones add up to the published revenue', async () => {
    const path = unpacked('online_retail_2010_2011.csv')
    const inspection = await inspectTable(path)
    const mapping = suggestMapping(inspection)
    expect(mapping.columns.map(({ field }) => field)).toEqual([
      'orderNumber',
      'productCode',
      'productName',
      'quantity',
      'placedAt',
      'unitPrice',
      'customerExternalId',
      'country',
    ])
    const convert = compileRow('order-lines', mapping.columns, { timeZone: 'Europe/London', currency: 'GBP' })
    let [lines, clean, revenue] = [0, 0, 0]
    for await (const { rows, firstRow } of readTable(path, { startRow: inspection.headerRow + 1 })) {
      for (const [i, cells] of rows.entries()) {
        const row = convert(cells)
        if (row === 'blank' || 'problems' in row) throw new Error(`row ${firstRow + i}: ${JSON.stringify(row)}`)
        const { orderNumber, customerExternalId, quantity, unitPrice = 0 } = row.values
        lines++
        if (customerExternalId === undefined || orderNumber.startsWith('C') || quantity <= 0 || unitPrice <= 0) continue
        clean++
        revenue += quantity * unitPrice
      }
    }
    expect([lines, clean, revenue / 10_000]).toEqual([541_909, 397_884, 8_911_407.904])
  }, 60_000)

  test('69,659 purchases of CDNOW: customers, days, discs and dollars', async () => {
    const path = unpacked('cdnow_master.csv')
    const mapping = suggestMapping(await inspectTable(path))
    expect(mapping).toMatchObject({ kind: 'orders', missing: [] })
    const convert = compileRow('orders', mapping.columns, { timeZone: 'UTC', currency: 'USD' })
    const customers = new Set<string | undefined>()
    let orders = 0
    for await (const { rows } of readTable(path, { startRow: 2 })) {
      for (const cells of rows) {
        const row = convert(cells)
        if (row === 'blank' || 'problems' in row) throw new Error(JSON.stringify(row))
        customers.add(row.values.customerExternalId)
        orders++
      }
    }
    expect([orders, customers.size]).toEqual([69_659, 23_570])
  }, 30_000)

  test('in the sample the customer is the master number', async () => {
    const { kind, columns } = suggestMapping(await inspectTable(join(reference ?? '', 'cdnow_sample.csv')))
    expect([kind, ...columns.map(({ field }) => field)]).toEqual(['orders', 'customerExternalId', null, 'placedAt', 'quantity', 'amount'])
  })
})
