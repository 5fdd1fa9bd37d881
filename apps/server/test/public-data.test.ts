import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runToEnd } from '../src/differentiate/testing/run-analysis.ts'
import { startTestServer, type TestServer } from './harness.ts'

// Public data sets through the ordinary import, mapped by themselves. The same on generated data: demo.test.ts, imports.test.ts.
const folder = process.env['ZHIKE_REFERENCE_DATA'] ?? ''
const missing = !existsSync(join(folder, 'online_retail_2010_2011.csv.gz'))

let server: TestServer
let api: Client

async function start(currency: string): Promise<void> {
  server = await startTestServer()
  await server.owner`update company set currency = ${currency}, time_zone = 'Etc/UTC', margin = 1`
  api = server.as(await server.given.administrator())
}

const contentOf = (name: string): string => gunzipSync(readFileSync(join(folder, name))).toString('utf8')

/** Imports a file as a person would who accepts what is suggested. */
async function importFile(name: string, content: string, kind?: imports.Import['kind']): Promise<imports.Import> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const file = await api(files.upload, { body: form })
  const found = await api(imports.inspect, { body: { fileId: file.id, ...(kind ? { kind } : {}) } })
  const { id } = await api(imports.start, {
    body: {
      fileId: file.id,
      channel: 'shop',
      newChannel: { name: 'Shop', kind: 'web', trust: 50 },
      settings: {
        kind: found.kind,
        columns: found.columns.map(({ index, header, field }) => ({ index, header, field })),
        ...(found.dateFormat ? { dateFormat: found.dateFormat } : {}),
      },
    },
  })
  for (;;) {
    const { state } = await api(imports.get, { params: { id } })
    if (state !== 'ready' && state !== 'running') break
    await setTimeout(250)
  }
  return api(imports.get, { params: { id } })
}

async function resultOf(definition: object, asOf: string): Promise<unknown> {
  await server.app.sync.caughtUp(120_000)
  const { id } = await api(analyses.create, { body: { name: JSON.stringify(definition).slice(0, 80), definition: definition as never } })
  return (await runToEnd(api, id, asOf)).summary
}

describe.skipIf(missing)('Online Retail: 541,909 dirty invoice lines', () => {
  let done: imports.Import
  beforeAll(async () => {
    await start('GBP')
    const content = contentOf('online_retail_2010_2011.csv.gz')
    // The roll of customers first, in the order of the reference: it decides who stands before whom among equals.
    const ids = content
      .split('\n')
      .slice(1)
      .flatMap((line) => /,(\d{5}),[^,]*$/.exec(line.trim())?.[1] ?? [])
    await importFile('customers.csv', `customer_id\n${[...new Set(ids)].toSorted().join('\n')}\n`, 'customers')
    done = await importFile('online_retail_2010_2011.csv', content)
  }, 500_000)
  afterAll(() => server?.stop())

  test('every line is in the file of orders, none is lost and none doubled', async () => {
    expect(done).toMatchObject({ state: 'done', kind: 'order-lines', created: 541_909, updated: 0, unchanged: 0, failed: 0 })
    const [lines] = await server.owner`select count(*)::int as lines, count(distinct order_id)::int as orders from order_line`
    expect(lines).toEqual({ lines: 541_909, orders: 25_900 })
    const [people] = await server.owner`select count(*)::int as customers from customer where live`
    expect(people).toEqual({ customers: 4372 })
  })

  test('RFM: customers, revenue and the corner cells of the reference', async () => {
    const summary = analyses.RfmSummary.parse(await resultOf({ method: 'rfm', basis: { returns: 'ignore' } }, '2011-12-09'))
    expect(summary.customers).toBe(4338)
    // 8,911,407.904 with four lines at a tenth of a penny, which are rounded.
    expect(Math.abs(summary.revenue - 891_140_790)).toBeLessThan(10)
    const cell = (r: number, f: number, m: number) =>
      summary.cells.find((each) => each.r === r && each.f === f && each.m === m)?.customers ?? 0
    expect([cell(5, 5, 5), cell(1, 1, 1)]).toEqual([348, 185])
  })

  test('ABC: the classes, the share of the first fifth and the Gini coefficient of the reference', async () => {
    const summary = analyses.AbcSummary.parse(await resultOf({ method: 'abc', basis: { returns: 'ignore' } }, '2011-12-09'))
    expect(summary.classes.map(({ customers }) => customers)).toEqual([1133, 1469, 1736])
    expect(summary.topFifthShare).toBeCloseTo(0.7462, 4)
    expect(summary.gini).toBeCloseTo(0.71514, 4)
  })
})

describe.skipIf(missing)('CDNOW: 69,659 purchases', () => {
  beforeAll(() => start('USD'))
  afterAll(() => server?.stop())

  test('the whole file fits as the reference does', async () => {
    const done = await importFile('cdnow_master.csv', contentOf('cdnow_master.csv.gz'))
    expect(done).toMatchObject({ state: 'done', kind: 'orders', created: 69_659, failed: 0 })
    const summary = analyses.ClvSummary.parse(
      await resultOf({ method: 'clv', value: 'revenue', calibrationEnd: '1997-09-30' }, '1998-06-30'),
    )
    const { parameters, logLikelihood } = summary.bgnbd as unknown as { parameters: Record<string, number>; logLikelihood: number }
    expect(summary.customers).toBe(23_570)
    expect(parameters['r']).toBeCloseTo(0.251624, 3)
    expect(parameters['alpha']).toBeCloseTo(4.788945, 2)
    expect(parameters['a']).toBeCloseTo(0.723433, 2)
    expect(parameters['b']).toBeCloseTo(2.161087, 1)
    expect(logLikelihood).toBeCloseTo(-95_368.444, 1)
    expect(summary.holdout?.actual).toBe(19_684)
    expect(summary.holdout?.expected).toBeCloseTo(16_873.7, 0)
  }, 300_000)
})
