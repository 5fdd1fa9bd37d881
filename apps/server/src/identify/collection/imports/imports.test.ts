import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../../test/harness.ts'

let server: TestServer
let admin: TestUser
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

/** Uploads, maps by itself and imports; waits for the end. */
async function importText(
  text: string | Uint8Array<ArrayBuffer>,
  options: { kind?: ImportKind; channel?: string; name?: string; as?: TestUser; trust?: number; currency?: string } = {},
) {
  const call = server.as(options.as ?? admin)
  const form = new FormData()
  form.append('file', new Blob([text]), options.name ?? 'file.csv')
  const file = await call(files.upload, { body: form })
  const found = await call(imports.inspect, { body: { fileId: file.id, ...(options.kind ? { kind: options.kind } : {}) } })
  const started = await call(imports.start, {
    body: {
      fileId: file.id,
      channel: options.channel ?? 'till',
      newChannel: { name: 'Till', kind: 'till', trust: options.trust ?? 60 },
      settings: {
        kind: found.kind,
        ...(options.currency ? { currency: options.currency } : {}),
        columns: found.columns.map(({ index, header, field }) => ({ index, header, field })),
      },
    },
  })
  return finished(started.id, options.as)
}

async function finished(id: string, as: TestUser = admin) {
  const call = server.as(as)
  await expect
    .poll(async () => (await call(imports.get, { params: { id } })).state, { timeout: 20_000, interval: 50 })
    .toMatch(/done|failed|cancelled|undone/)
  return call(imports.get, { params: { id } })
}

const names = async () =>
  (await server.owner<{ name: string }[]>`select name from customer where live order by name`).map(({ name }) => name)

test('a customer file is mapped by itself, imported and counted; bad rows are kept with their reasons', async () => {
  const done = await importText(
    '会员号,姓名,手机号码,城市\nM001,张伟,138 0013 8001,杭州\nM002,李娜,+86 139-1234-5001,上海\nM003,王芳,12345,南京\n',
  )
  expect(done).toMatchObject({ state: 'done', kind: 'customers', created: 2, updated: 0, failed: 1, rows: 3 })
  const { items } = await server.as(admin)(imports.failures, { params: { id: done.id } })
  expect(items).toMatchObject([{ row: 4, cells: ['M003', '王芳', '12345', '南京'], problems: [{ column: '手机号码', field: 'phone' }] }])
  expect(await names()).toEqual(['张伟', '李娜'])
})

test('every count is of rows of data: neither the header nor a blank row is one', async () => {
  const call = server.as(admin)
  const text = 'Members of May,,\n会员号,姓名,手机\nM901,周一,13812340901\n,,\nM902,周二,1\n\n'
  const form = new FormData()
  form.append('file', new Blob([text]), 'blank.csv')
  const file = await call(files.upload, { body: form })
  const found = await call(imports.inspect, { body: { fileId: file.id, kind: 'customers' } })
  const settings = { kind: found.kind, columns: found.columns.map(({ index, header, field }) => ({ index, header, field })) }
  const checked = await call(imports.dryRun, { body: { fileId: file.id, channel: 'till', settings } })
  const done = await importText(text, { kind: 'customers', channel: 'blank' })
  const { done: counted, total, result } = await call(jobs.get, { params: { id: done.jobId ?? '' } })
  expect([found.rows, checked.rows, done.rows, counted, total, result?.['rows']]).toEqual([2, 2, 2, 2, 2, 2])
  await call(imports.undo, { params: { id: done.id } })
  await finished(done.id)
})

describe('days and months that could be taken for each other', () => {
  const inspected = async (rows: readonly string[]) => {
    const call = server.as(admin)
    const form = new FormData()
    form.append('file', new Blob([`订单号,会员号,下单时间,金额\n${rows.join('\n')}\n`]), 'dates.csv')
    const file = await call(files.upload, { body: form })
    const found = await call(imports.inspect, { body: { fileId: file.id, kind: 'orders' } })
    const columns = found.columns.map(({ index, header, field }) => ({ index, header, field }))
    const dryRun = (dateFormat: { dateFormat?: 'day-first' | 'month-first' }) =>
      call(imports.dryRun, { body: { fileId: file.id, channel: 'till', settings: { kind: 'orders', columns, ...dateFormat } } })
    return { found, dryRun }
  }
  const row = (date: string, i: number) => `D${1000 + i},M001,${date},10.00`

  test('are settled by one value over 12, however far down the column', async () => {
    const open = Array.from({ length: 3000 }, (_, i) => row(`0${(i % 9) + 1}/04/2025`, i))
    expect((await inspected([...open, row('13/04/2025', 9000)])).found).toMatchObject({
      dateFormat: 'day-first',
      dateFormatAmbiguous: false,
    })
    expect((await inspected([row('04/13/2025', 9000), ...open])).found).toMatchObject({
      dateFormat: 'month-first',
      dateFormatAmbiguous: false,
    })
  })

  test('are asked about while the file leaves them open, and refused rather than guessed', async () => {
    const { found, dryRun } = await inspected([row('03/04/2025', 1), row('05/06/2025', 2), row('07/07/2025', 3)])
    expect(found).toMatchObject({ dateFormat: null, dateFormatAmbiguous: true })
    expect(await dryRun({})).toMatchObject({ good: 1, bad: 2, problems: [{ code: 'date-ambiguous', rows: 2 }], dateExample: null })
  })

  test('are read as somebody says, and the dry run shows how', async () => {
    const { dryRun } = await inspected([row('07/07/2025', 1), row('03/04/2025', 2)])
    expect(await dryRun({ dateFormat: 'day-first' })).toMatchObject({ bad: 0, dateExample: { text: '03/04/2025', day: '2025-04-03' } })
    expect(await dryRun({ dateFormat: 'month-first' })).toMatchObject({ bad: 0, dateExample: { text: '03/04/2025', day: '2025-03-04' } })
  })
})

test('the dry run tells how many rows speak of records that the channel has brought before; the file is named', async () => {
  const call = server.as(admin)
  const form = new FormData()
  form.append('file', new Blob(['会员号,姓名,手机号码\nM001,张伟,13800138001\nM777,新人,13700137777\n']), 'again.csv')
  const file = await call(files.upload, { body: form })
  const found = await call(imports.inspect, { body: { fileId: file.id, kind: 'customers' } })
  expect(found.file).toEqual({ id: file.id, name: 'again.csv', bytes: file.bytes })
  const columns = found.columns.map(({ index, header, field }) => ({ index, header, field }))
  const known = async (channel: string) =>
    (await call(imports.dryRun, { body: { fileId: file.id, channel, settings: { kind: 'customers', columns } } })).known
  expect([await known('till'), await known('not-yet')]).toEqual([1, 0])
})

test('importing the same file again changes nothing', async () => {
  const again = await importText('会员号,姓名,手机号码,城市\nM001,张伟,138 0013 8001,杭州\nM002,李娜,+86 139-1234-5001,上海\n')
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2, failed: 0 })
})

test('the same person from another channel is linked by the phone, and undoing that import takes only its words away', async () => {
  const before = await server.owner`select id, name, city, email, profiles from customer where name = '张伟'`
  const shop = await importText('customer_id,name,mobile,email\nW1,张玮,13800138001,zw@example.com\nW2,赵敏,13700137002,zm@example.com\n', {
    channel: 'web-shop',
    kind: 'customers',
    trust: 40,
  })
  expect(shop).toMatchObject({ state: 'done', created: 2 })
  const [linked] = await server.owner`select name, email, profiles from customer where member_number = 'M001'`
  expect(linked).toMatchObject({ name: '张伟', email: 'zw@example.com', profiles: 2 })
  await server.as(admin)(imports.undo, { params: { id: shop.id } })
  expect(await finished(shop.id)).toMatchObject({ state: 'undone' })
  expect(await server.owner`select id, name, city, email, profiles from customer where member_number = 'M001'`).toEqual(before)
  expect(await names()).toEqual(['张伟', '李娜'])
})

test('order lines make orders, customers and sums; corrections are revisions; undo brings the former lines back', async () => {
  const lines = (price: string) =>
    `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\nA1,P1,Tea,2,2026-03-01 10:00,${price},C9\nA1,P2,Cup,1,2026-03-01 10:00,20.00,C9\nA2,P1,Tea,1,2026-03-02 11:00,10.00,\n`
  expect(await importText(lines('10.00'))).toMatchObject({ kind: 'order-lines', created: 3, failed: 0 })
  const spent = () =>
    server.owner`select c.orders, c.spent from customer c join profile_customer l on l.customer_id = c.id join profile p on p.id = l.profile_id where p.source_key = 'id:C9'`
  expect(await spent()).toEqual([{ orders: 1, spent: 4000 }])
  const corrected = await importText(lines('12.50'))
  expect(corrected).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
  expect(await spent()).toEqual([{ orders: 1, spent: 4500 }])
  await server.as(admin)(imports.undo, { params: { id: corrected.id } })
  await finished(corrected.id)
  expect(await spent()).toEqual([{ orders: 1, spent: 4000 }])
})

test('an import is seen, undone and downloaded only by its owner and by those who manage imports', async () => {
  const owner = await server.given.user({ grants: ['import.run', 'job.read'] })
  const other = await server.given.user({ grants: ['import.run', 'job.read'] })
  const done = await importText('姓名,手机\n钱七,13600136001\n坏行,1\n', { as: owner })
  const params = { id: done.id }
  for (const endpoint of [imports.get, imports.failures, imports.failuresFile, imports.undo]) {
    expect(await refusal(server.as(other)(endpoint, { params } as never))).toMatchObject({ status: 404, problem: 'import-not-found' })
  }
  expect(await (await server.as(owner).raw(imports.failuresFile, { params })).text()).toContain('坏行')
  expect((await server.as(admin)(imports.get, { params })).id).toBe(done.id)
})

test('a mapping without a required column, to an unknown field, or twice to one field is refused', async () => {
  const call = server.as(admin)
  const form = new FormData()
  form.append('file', new Blob(['a,b\n1,2\n']), 'x.csv')
  const file = await call(files.upload, { body: form })
  const start = (kind: ImportKind, fields: (string | null)[]) =>
    call(imports.start, {
      body: {
        fileId: file.id,
        channel: 'till',
        settings: { kind, columns: fields.map((field, index) => ({ index, header: 'ab'[index] ?? '', field })) },
      },
    })
  expect(await refusal(start('orders', ['number', null]))).toMatchObject({ status: 422, problem: 'mapping-incomplete' })
  expect(await refusal(start('orders', ['nonsense', 'amount']))).toMatchObject({ status: 400, fields: ['body.settings.columns.0.field'] })
  expect(await refusal(start('customers', ['name', 'name']))).toMatchObject({ status: 400 })
})

test('customers imported are found in the list', async () => {
  const { items } = await server.as(admin)(customers.list, { query: { search: '张伟' } })
  expect(items.map(({ name }) => name)).toContain('张伟')
})

test('lines in a currency without a rate are refused in the check as in the import, nobody is made of them, and once there is a rate their failed rows can be imported', async () => {
  const call = server.as(admin)
  const form = new FormData()
  form.append('file', new Blob(['订单号,客户ID,下单时间,数量,单价\nX1,new-1,2026-03-01,1,10\nX2,new-2,2026-03-02,2,5\n']), 'usd.csv')
  const file = await call(files.upload, { body: form })
  const { kind, columns } = await call(imports.inspect, { body: { fileId: file.id, kind: 'order-lines' } })
  const settings = { kind, currency: 'USD', columns: columns.map(({ index, header, field }) => ({ index, header, field })) }
  const before = await names()
  const dry = await call(imports.dryRun, { body: { fileId: file.id, channel: 'till', settings } })
  expect(dry).toMatchObject({ good: 0, bad: 2, problems: [{ code: 'rate-missing', rows: 2 }] })
  const { id } = await call(imports.start, { body: { fileId: file.id, channel: 'till', settings } })
  expect(await finished(id)).toMatchObject({ created: 0, failed: 2 })
  expect(await names()).toEqual(before)

  await call(rates.set, { body: { rates: [{ currency: 'USD', day: '2026-03-01', rate: 7 }] } })
  const failed = await (await call.raw(imports.failuresFile, { params: { id } })).text()
  expect(await importText(failed, { kind: 'order-lines', currency: 'USD' })).toMatchObject({ created: 2, failed: 0 })
  expect(await server.owner`select number, amount_reporting::int as amount from orders where number in ('X1', 'X2') order by 1`).toEqual([
    { number: 'X1', amount: 7000 },
    { number: 'X2', amount: 7000 },
  ])
})

test('a line without price and amount is refused rather than taken for free', async () => {
  const done = await importText('订单号,下单时间,商品编码,数量,单价\nF1,2026-03-01,P1,1,10\nF1,2026-03-01,P2,1,\n', { kind: 'order-lines' })
  expect(done).toMatchObject({ created: 1, failed: 1 })
})

describe('lines of orders', () => {
  const lines = (number: string) =>
    server.owner<{ ordinal: number; product: string; amount: number }[]>`
      select l.ordinal, l.product_code as product, l.amount::int as amount from order_line l join orders o on o.id = l.order_id
       where o.number = ${number} and l.superseded_by is null and l.retracted_at is null order by 1`
  const headers = '订单号,下单时间,商品编码,数量,单价'
  const failedRows = async ({ id }: { id: string }) => (await server.as(admin).raw(imports.failuresFile, { params: { id } })).text()
  const checked = async (text: string, channel: string) => {
    const call = server.as(admin)
    const form = new FormData()
    form.append('file', new Blob([text]), 'lines.csv')
    const file = await call(files.upload, { body: form })
    const found = await call(imports.inspect, { body: { fileId: file.id, kind: 'order-lines' } })
    const columns = found.columns.map(({ index, header, field }) => ({ index, header, field }))
    return call(imports.dryRun, { body: { fileId: file.id, channel, settings: { kind: 'order-lines', columns } } })
  }

  test('keep their numbers when one is refused, so that it takes its own place once it is repaired', async () => {
    const file = `${headers}\nL1,2026-03-01,P1,1,10\nL1,2026-03-01,P2,x,20\nL2,2026-03-01,P9,1,9\nL1,2026-03-01,P3,1,30\n`
    const first = await importText(file, { kind: 'order-lines', channel: 'numbers' })
    expect(first).toMatchObject({ created: 3, failed: 1 })
    const repaired = (await failedRows(first)).replace(',x,', ',2,')
    expect(await checked(repaired, 'numbers')).toMatchObject({ good: 1, lines: { added: 1, replaced: 0, unchanged: 0 } })
    expect(await importText(repaired, { kind: 'order-lines', channel: 'numbers' })).toMatchObject({ created: 1, updated: 0, failed: 0 })
    const whole = [
      { ordinal: 1, product: 'P1', amount: 1000 },
      { ordinal: 2, product: 'P2', amount: 4000 },
      { ordinal: 3, product: 'P3', amount: 3000 },
    ]
    expect(await lines('L1')).toEqual(whole)
    expect(await importText(repaired, { kind: 'order-lines', channel: 'numbers' })).toMatchObject({ unchanged: 1 })
    expect(await importText(file.replace(',x,', ',2,'), { kind: 'order-lines', channel: 'numbers' })).toMatchObject({ unchanged: 4 })
    expect(await lines('L1')).toEqual(whole)
  })

  test('keep their numbers through any number of repairs', async () => {
    const file = ['P1,1,1', 'P2,x,2', 'P3,1,', 'P4,1,'].map((line) => `M1,2026-03-01,${line}\n`).join('')
    const first = await importText(`${headers}\n${file}`, { kind: 'order-lines', channel: 'numbers' })
    const half = (await failedRows(first)).replace('P3,1,', 'P3,1,3').replace('P4,1,', 'P4,1,4')
    const second = await importText(half, { kind: 'order-lines', channel: 'numbers' })
    expect(second).toMatchObject({ created: 2, failed: 1 })
    const third = await importText((await failedRows(second)).replace(',x,', ',1,'), { kind: 'order-lines', channel: 'numbers' })
    expect(third).toMatchObject({ created: 1, failed: 0 })
    expect(await lines('M1')).toMatchObject([
      { ordinal: 1, product: 'P1' },
      { ordinal: 2, product: 'P2' },
      { ordinal: 3, product: 'P3' },
      { ordinal: 4, product: 'P4' },
    ])
  })

  test('of a refused row without an order number have none, and it must be written before the row is taken', async () => {
    const first = await importText(`${headers}\nN1,2026-03-01,P1,1,1\n,2026-03-01,P2,1,2\n`, { kind: 'order-lines', channel: 'numbers' })
    const repaired = (await failedRows(first)).replace(/^,/m, 'N1,')
    const second = await importText(repaired, { kind: 'order-lines', channel: 'numbers' })
    expect(second).toMatchObject({ created: 0, updated: 0, failed: 1 })
    const { items } = await server.as(admin)(imports.failures, { params: { id: second.id } })
    expect(items).toMatchObject([{ problems: [{ column: 'Line within the order', field: 'lineNumber', code: 'value-missing' }] }])
    await importText(repaired.replace(',2,,', ',2,2,'), { kind: 'order-lines', channel: 'numbers' })
    expect(await lines('N1')).toMatchObject([{ product: 'P1' }, { product: 'P2' }])
  })

  test('are numbered alike by an import that is broken off and goes on', async () => {
    const call = server.as(admin)
    const rows = Array.from({ length: 16_000 }, (_, i) => `S${i % 700},2026-03-01,P${i},${i % 5 === 3 ? 'x' : 1},1\n`)
    const form = new FormData()
    form.append('file', new Blob([`${headers}\n${rows.join('')}`]), 'long.csv')
    const file = await call(files.upload, { body: form })
    const columns = ['orderNumber', 'placedAt', 'productCode', 'quantity', 'unitPrice'].map((field, index) => ({
      index,
      header: headers.split(',')[index] ?? '',
      field,
    }))
    const { id, jobId } = await call(imports.start, {
      body: { fileId: file.id, channel: 'numbers', settings: { kind: 'order-lines', columns } },
    })
    const read = () => call(imports.get, { params: { id } })
    await expect.poll(async () => (await read()).rows, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0)
    await call(jobs.cancel, { params: { id: jobId ?? '' } }).catch(() => {})
    if ((await finished(id)).state === 'cancelled') await call(imports.resume, { params: { id } })
    expect(await finished(id)).toMatchObject({ state: 'done', rows: 16_000, failed: 3200 })
    const [wrong] = await server.owner`
      select count(*)::int as lines from order_line l join orders o on o.id = l.order_id
       where o.number like 'S%' and l.product_code ~ '^P[0-9]+$' and o.channel_id = (select id from channel where code = 'numbers')
         and l.ordinal <> substr(l.product_code, 2)::int / 700 + 1`
    expect(wrong).toEqual({ lines: 0 })
    const [refused] = await server.owner`
      select count(*)::int as rows from import_failure where import_id = ${id} and line_number <> (row_number - 2) / 700 + 1`
    expect(refused).toEqual({ rows: 0 })
  })

  test('that the file numbers are known by these numbers: the check tells which are added and which are replaced', async () => {
    const numbered = (rows: string) => `订单号,订单行号,下单时间,商品编码,数量,单价\n${rows}`
    await importText(numbered('O1,10,2026-03-01,P1,1,1\nO1,20,2026-03-01,P2,1,2\n'), { kind: 'order-lines', channel: 'numbers' })
    const later = numbered('O1,30,2026-03-01,P3,1,3\nO1,20,2026-03-01,P2,2,2\nO1,10,2026-03-01,P1,1,1\n')
    expect(await checked(later, 'numbers')).toMatchObject({ good: 3, lines: { added: 1, replaced: 1, unchanged: 1 } })
    expect(await checked(later, 'elsewhere')).toMatchObject({ lines: { added: 3, replaced: 0, unchanged: 0 } })
    expect(await importText(later, { kind: 'order-lines', channel: 'numbers' })).toMatchObject({ created: 1, updated: 1, unchanged: 1 })
    expect(await lines('O1')).toMatchObject([{ ordinal: 10 }, { ordinal: 20, amount: 400 }, { ordinal: 30 }])
  })

  test('without numbers are the first lines of a known order, and the check says that they replace them', async () => {
    await importText(`${headers}\nQ1,2026-03-01,P1,1,1\nQ1,2026-03-01,P2,1,2\n`, { kind: 'order-lines', channel: 'numbers' })
    const further = `${headers}\nQ1,2026-03-01,P3,1,3\n`
    expect(await checked(further, 'numbers')).toMatchObject({ lines: { added: 0, replaced: 1, unchanged: 0 } })
  })

  test('whose number comes twice in a file are refused, in the check as in the import', async () => {
    const file = '订单号,订单行号,下单时间,商品编码,数量,单价\nR1,1,2026-03-01,P1,1,1\nR1,1,2026-03-01,P2,1,2\nR1,0,2026-03-01,P2,1,2\n'
    expect(await checked(file, 'numbers')).toMatchObject({ good: 1, bad: 2 })
    const done = await importText(file, { kind: 'order-lines', channel: 'numbers' })
    expect(done).toMatchObject({ created: 1, failed: 2 })
    const { items } = await server.as(admin)(imports.failures, { params: { id: done.id } })
    expect(items.map(({ problems }) => problems[0]?.code)).toEqual(['line-number-repeated', 'line-number-invalid'])
    expect(await lines('R1')).toEqual([{ ordinal: 1, product: 'P1', amount: 100 }])
  })
})

test('the key of a record that has no number is not shown while the phone is masked', async () => {
  await importText('姓名,手机\n钟敏,13912345678\n', { channel: 'roll' })
  const reader = await server.given.user({ grants: ['customer.read'] })
  const { items } = await server.as(reader)(customers.list, { query: { search: '钟敏' } })
  const whole = await server.as(reader)(customers.get, { params: { id: items[0]?.id ?? '' } })
  expect(JSON.stringify(whole)).not.toContain('13912345678')
})

describe('what an import brought is listed', () => {
  const by = (field: 'createdByImport' | 'updatedByImport', { id }: { id: string }): customers.Filter => ({
    match: 'all',
    conditions: [{ field, operator: 'is', value: id }],
  })
  const people = async (filter: customers.Filter, as: TestUser = admin) => {
    const { items } = await server.as(as)(customers.list, { query: { filter, sort: 'name' } })
    expect((await server.as(as)(customers.count, { query: { filter } })).count).toBe(items.length)
    return items.map(({ name }) => name)
  }
  const orders = async (query: { createdByImport?: string; updatedByImport?: string }) => {
    const { items } = await server.as(admin)(catalog.listOrders, { query })
    expect((await server.as(admin)(catalog.orderTotals, { query })).orders).toBe(items.length)
    return items.map(({ number }) => number).sort()
  }
  const products = async (query: { createdByImport?: string; updatedByImport?: string }) => {
    const { items } = await server.as(admin)(catalog.listProducts, { query })
    expect((await server.as(admin)(catalog.productTotals, { query })).products).toBe(items.length)
    return items.map(({ code }) => code)
  }

  test('customers: the new ones, the changed ones, and of who is changed later still by whom they came', async () => {
    const channel = { kind: 'customers' as const, channel: 'brought' }
    const first = await importText('客户编号,姓名,城市\nB1,甲一,杭州\nB2,甲二,杭州\nB3,甲三,杭州\n', channel)
    const second = await importText('客户编号,姓名,城市\nB1,甲一,上海\nB3,甲三,杭州\nB4,甲四,上海\n', channel)
    expect(second).toMatchObject({ created: 1, updated: 1, unchanged: 1 })
    expect(await people(by('createdByImport', first))).toEqual(['甲二', '甲三', '甲一'])
    expect(await people(by('createdByImport', second))).toEqual(['甲四'])
    expect(await people(by('updatedByImport', second))).toEqual(['甲一'])
    await importText('客户编号,姓名,城市\nB1,甲一,北京\n', channel)
    expect(await people(by('updatedByImport', second))).toEqual(['甲一'])
    const contacts = await importText('客户编号,沟通时间,渠道,内容\nB2,2026-03-01 10:00,电话,问候\n', {
      kind: 'contacts',
      channel: 'brought',
    })
    expect(await people(by('createdByImport', contacts))).toEqual(['甲二'])
    await server.as(admin)(imports.undo, { params: { id: second.id } })
    await finished(second.id)
    expect(await people(by('createdByImport', second))).toEqual([])
    expect(await people(by('updatedByImport', second))).toEqual([])
  })

  test('orders: by their lines, their own values, and what hangs on them', async () => {
    const orderFile = (rows: string) => importText(`订单号,下单时间,金额,订单状态\n${rows}`, { kind: 'orders', channel: 'brought' })
    const first = await orderFile('P1,2026-03-01,10,已付款\nP2,2026-03-01,20,已付款\nP3,2026-03-01,30,已付款\n')
    const second = await orderFile('P1,2026-03-01,11,已付款\nP2,2026-03-01,20,已完成\nP3,2026-03-01,30,已付款\nP4,2026-03-01,40,已付款\n')
    expect(second).toMatchObject({ created: 1, updated: 2, unchanged: 1 })
    expect(await orders({ createdByImport: first.id })).toEqual(['P1', 'P2', 'P3'])
    expect(await orders({ createdByImport: second.id })).toEqual(['P4'])
    expect(await orders({ updatedByImport: second.id })).toEqual(['P1', 'P2'])
    const paid = await importText('订单号,付款时间,付款金额\nP3,2026-03-02,30\n', { kind: 'payments', channel: 'brought' })
    expect(await orders({ createdByImport: paid.id })).toEqual(['P3'])
    await server.as(admin)(imports.undo, { params: { id: second.id } })
    await finished(second.id)
    expect(await orders({ updatedByImport: second.id })).toEqual([])
  })

  test('products: made, and changed afterwards', async () => {
    const first = await importText('商品编码,商品名称,单价\nG1,龙井,10\nG2,肉桂,20\n', { kind: 'products' })
    const second = await importText('商品编码,商品名称,单价\nG2,肉桂,25\nG3,白茶,30\n', { kind: 'products' })
    expect(second).toMatchObject({ created: 1, updated: 1 })
    expect(await products({ createdByImport: first.id })).toEqual(['G1', 'G2'])
    expect(await products({ createdByImport: second.id })).toEqual(['G3'])
    expect(await products({ updatedByImport: second.id })).toEqual(['G2'])
  })

  test('only to who may import, of imports that they may see, and of customers in their scope', async () => {
    const own = await server.given.user({ grants: ['import.run', 'job.read', { right: 'customer.read', scope: 'own', pool: false }] })
    const done = await importText('客户编号,姓名\nC1,乙一\nC2,乙二\n', { kind: 'customers', channel: 'scoped' })
    const mine = await importText('客户编号,姓名\nC3,乙三\nC4,乙四\n', { kind: 'customers', channel: 'scoped', as: own })
    await server.owner`update customer set owner_id = ${own.id} where name in ('乙一', '乙三')`
    expect(await people(by('createdByImport', done), own)).toEqual([])
    expect(await people(by('createdByImport', mine), own)).toEqual(['乙三'])
    const reader = await server.given.user({ grants: ['customer.read', 'order.read', 'product.read'] })
    const asks = server.as(reader)
    expect(await refusal(asks(customers.list, { query: { filter: by('createdByImport', done) } }))).toMatchObject({
      fields: ['query.filter.conditions.0.field'],
    })
    for (const endpoint of [catalog.listOrders, catalog.orderTotals, catalog.listProducts, catalog.productTotals]) {
      const refused = asks(endpoint, { query: { createdByImport: done.id } } as never)
      expect(await refusal(refused)).toMatchObject({ fields: ['query.createdByImport'] })
    }
  })
})
