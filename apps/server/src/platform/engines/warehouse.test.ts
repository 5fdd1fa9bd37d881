import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engines, startEngines } from './engines.ts'
import { clientOf, temporaryFolder, until } from './testing/engine-fixtures.ts'

// The embedded warehouse through the stock client, which must not see a difference to a ClickHouse server.
const folder = temporaryFolder()
let engines: Engines
let client: ClickHouseClient

beforeAll(async () => {
  engines = await startEngines({ dataFolder: folder.path, log: () => {}, durable: false, which: ['warehouse'] })
  client = clientOf(engines.warehouse.url)
  await client.command({ query: 'create database shop' })
})
afterAll(async () => {
  await client.close()
  await engines.stop()
  folder.remove()
})

async function rows<T>(query: string, options: Record<string, unknown> = {}): Promise<T[]> {
  const answer = await client.query({ query, format: 'JSONEachRow', ...options })
  return answer.json<T>()
}

test('it answers a ping, with and without a query', async () => {
  expect(await client.ping()).toEqual({ success: true })
  expect(await client.ping({ select: true })).toEqual({ success: true })
})

test.each([
  ['JSON', { data: [{ a: 1, b: '名' }], rows: 1 }],
  ['JSONCompact', { data: [[1, '名']], rows: 1 }],
] as const)('a result comes as %s', async (format, expected) => {
  const answer = await client.query({ query: "select 1 as a, '名' as b", format })
  expect(await answer.json()).toMatchObject(expected)
})

test.each([
  ['JSONEachRow', [{ a: 1, b: '名' }]],
  ['JSONCompactEachRow', [[1, '名']]],
  [
    'JSONCompactEachRowWithNames',
    [
      ['a', 'b'],
      [1, '名'],
    ],
  ],
] as const)('a result comes as %s', async (format, expected) => {
  const answer = await client.query({ query: "select 1 as a, '名' as b", format })
  expect(await answer.json()).toEqual(expected)
})

test.each([
  ['String', ''],
  ['String', "it's \\ a\ttab,\na line, \0, 名字 and {x:UInt8}"],
  ['Int64', '-9223372036854775808'],
  ['UInt8', 255],
  ['Float64', 1.5],
  ['Bool', true],
  ['Date', '2026-02-28'],
  ['UUID', '0195d2c8-0000-7000-8000-00000000abcd'],
  ['Nullable(String)', null],
  ['Array(UInt32)', [1, 2, 3]],
  ['Array(UInt32)', []],
  ['Array(String)', ["a'b", '\\', '名\n字', '']],
  ['Array(Nullable(String))', ['a', null]],
  ['Map(String, UInt8)', { a: 1, "b'": 2 }],
])('a value of type %s comes back as it went: %j', async (type, value) => {
  const settings = { output_format_json_quote_64bit_integers: 1 }
  const found = await rows(`select {x:${type}} as x`, { query_params: { x: value }, clickhouse_settings: settings })
  expect(found).toEqual([{ x: value }])
})

test('a moment and a long list of values arrive', async () => {
  const at = new Date('2026-02-28T12:34:56.789Z')
  expect(await rows('select toUnixTimestamp64Milli({t:DateTime64(3)}) as t', { query_params: { t: at } })).toEqual([{ t: at.getTime() }])
  const many = Array.from({ length: 20_000 }, (_, i) => i)
  expect(await rows('select length({many:Array(UInt32)}) as n', { query_params: { many } })).toEqual([{ n: 20_000 }])
  const asForm = clientOf(engines.warehouse.url, { use_multipart_params: true })
  const answer = await asForm.query({ query: 'select {s:String} as s', format: 'JSONEachRow', query_params: { s: "a'b\n" } })
  expect(await answer.json()).toEqual([{ s: "a'b\n" }])
  await asForm.close()
})

test('settings, values and the database of one request do not reach the next', async () => {
  const query = "select getSetting('max_threads') as threads, currentDatabase() as place"
  const inShop = clientOf(engines.warehouse.url, { database: 'shop' })
  const answer = await inShop.query({ query, format: 'JSONEachRow', clickhouse_settings: { max_threads: 1 }, query_params: { x: 1 } })
  expect(await answer.json()).toMatchObject([{ place: 'shop' }])
  await inShop.close()
  const [after] = await rows<{ threads: number; place: string }>(query)
  expect(after?.place).toBe('default')
  await expect(rows('select {x:UInt8}')).rejects.toMatchObject({ code: '456' })
})

test('a limit of time is in force even when nobody sets one', async () => {
  expect(await rows("select getSetting('max_execution_time') > 0 as limited")).toEqual([{ limited: 1 }])
})

test.each([
  ['selec 1', '62', 'SYNTAX_ERROR'],
  ['select * from nowhere', '60', 'UNKNOWN_TABLE'],
  ['select 1 settings no_such_setting = 1', '115', 'UNKNOWN_SETTING'],
  ['select sleepEachRow(1) from numbers(5) settings max_execution_time = 1, max_block_size = 1', '159', 'TIMEOUT_EXCEEDED'],
])('%s is refused with code %s', async (query, code, type) => {
  await expect(rows(query)).rejects.toMatchObject({ code, type })
})

test('an error in the middle of a long result ends it with that error', async () => {
  const query = 'select throwIf(number = 3000000) as x from numbers(4000000) settings max_threads = 1'
  await expect(rows(query)).rejects.toMatchObject({ code: '395' })
})

test('a long result comes whole', async () => {
  const answer = await client.query({ query: 'select number from numbers(500000)', format: 'JSONCompactEachRow' })
  let count = 0
  for await (const part of answer.stream()) count += part.length
  expect(count).toBe(500_000)
})

test('compressed requests and results are understood', async () => {
  const packed = clientOf(engines.warehouse.url, { compression: { request: true, response: true } })
  await packed.command({ query: 'create table shop.packed (a UInt32) engine = MergeTree order by a' })
  await packed.insert({ table: 'shop.packed', values: [{ a: 1 }, { a: 2 }], format: 'JSONEachRow' })
  const answer = await packed.query({ query: 'select sum(a) as s from shop.packed', format: 'JSON' })
  expect(await answer.json()).toMatchObject({ data: [{ s: 3 }] })
  await packed.close()
})

test('a streamed insert of more than one piece arrives whole, and once although sent twice', async () => {
  await client.command({
    query: `create table shop.large (n UInt32, text String) engine = MergeTree order by n
            settings non_replicated_deduplication_window = 1000`,
  })
  const insert = () =>
    client.insert({
      table: 'shop.large',
      columns: ['n', 'text'],
      values: Readable.from(manyRows()),
      format: 'JSONCompactEachRow',
      clickhouse_settings: { insert_deduplication_token: 'import-1' },
    })
  await insert()
  await insert()
  expect(await rows('select count() as rows, uniqExact(n) as numbers, max(length(text)) as longest from shop.large')).toEqual([
    { rows: 120_000, numbers: 120_000, longest: 204 },
  ])
})

test('a bad row refuses its whole insert', async () => {
  await client.command({ query: 'create table shop.strict (n UInt32) engine = MergeTree order by n' })
  const values = [{ n: 1 }, { n: 'x' }]
  await expect(client.insert({ table: 'shop.strict', values, format: 'JSONEachRow' })).rejects.toMatchObject({ code: '27' })
  expect(await rows('select count() as n from shop.strict')).toEqual([{ n: 0 }])
})

test.each([
  ['counting', 'select count() from numbers(1000000000000) where sipHash64(number) = 1'],
  ['streaming', 'select number, sleepEachRow(0.00001) from numbers(100000000)'],
])('a client that goes away ends its query within 5 s: %s', async (_, query) => {
  const leaving = new AbortController()
  const answer = rows(query, { abort_signal: leaving.signal })
  await until('it runs', async () => (await running(query)) === 1)
  leaving.abort()
  await expect(answer).rejects.toThrow(/abort/i)
  await until('it has ended', async () => (await running(query)) === 0, 5000)
})

test('a client that goes away while it waits for its turn leaves nothing running', async () => {
  const leaving = new AbortController()
  const query = 'select sleep(3), 4242'
  const answers = Array.from({ length: 30 }, () => rows(query, { abort_signal: leaving.signal }).catch(() => {}))
  await sleep(300)
  leaving.abort()
  await Promise.all(answers)
  await until('all have ended', async () => (await running(query)) === 0, 5000)
  expect(await rows('select 1 as a')).toEqual([{ a: 1 }])
})

test('inserts and queries run side by side, each with its own values', async () => {
  await client.command({ query: 'create table shop.mixed (n UInt32) engine = MergeTree order by n' })
  const insert = (n: number) => client.insert({ table: 'shop.mixed', values: [{ n }, { n }], format: 'JSONEachRow' })
  const select = async (n: number) =>
    expect(
      await rows("select {n:UInt32} as n, toUInt32(getSetting('max_block_size')) as size", {
        query_params: { n },
        clickhouse_settings: { max_block_size: String(1000 + n) },
      }),
    ).toEqual([{ n, size: 1000 + n }])
  const numbers = Array.from({ length: 100 }, (_, n) => n)
  await Promise.all(numbers.flatMap((n) => [insert(n), select(n)]))
  expect(await rows('select count() as rows from shop.mixed')).toEqual([{ rows: 200 }])
})

async function running(query: string): Promise<number> {
  const [row] = await rows<{ n: number | string }>(
    "select count() as n from system.processes where position(query, {query:String}) > 0 and position(query, 'system.processes') = 0",
    {
      query_params: { query },
    },
  )
  return Number(row?.n)
}

async function* manyRows() {
  for (let n = 0; n < 120_000; n += 1) yield [n, '名'.repeat(68)]
}
