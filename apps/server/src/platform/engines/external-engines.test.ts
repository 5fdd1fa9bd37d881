import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseAddress } from './engine.ts'
import { type Engines, startEngines } from './engines.ts'
import { checkDatabase, checkWarehouse, databaseAddress } from './external-engines.ts'
import { openPostgres } from './postgres-client.ts'
import { temporaryFolder } from './testing/engine-fixtures.ts'

// The embedded engines of another folder stand in for somebody else's servers.
const [theirs, ours] = [temporaryFolder(), temporaryFolder()]
let elsewhere: Engines

beforeAll(async () => {
  elsewhere = await startEngines({ dataFolder: theirs.path, log: () => {}, durable: false })
})
afterAll(async () => {
  await elsewhere.stop()
  theirs.remove()
  ours.remove()
})

function urlOf({ host, port, user, password, database }: DatabaseAddress): string {
  return `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}

const startOn = (databaseUrl: string, warehouseUrl: string) =>
  startEngines({ dataFolder: ours.path, databaseUrl, warehouseUrl, log: () => {} })

test('servers elsewhere are used as they are', async () => {
  const engines = await startOn(urlOf(elsewhere.database), elsewhere.warehouse.url)
  expect(engines.kind).toEqual({ database: 'external', warehouse: 'external' })
  expect(engines.status()).toEqual({ database: 'up', warehouse: 'up' })
  expect(engines.database).toEqual(elsewhere.database)
  expect(engines.processIds()).toEqual([])
  await engines.stop()
})

test('an address is taken apart', () => {
  expect(databaseAddress('postgres://zhike:p%40ss@db.example.cn/crm?sslmode=require')).toEqual({
    host: 'db.example.cn',
    port: 5432,
    user: 'zhike',
    password: 'p@ss',
    database: 'crm',
    ssl: true,
  })
})

test.each([
  ['a wrong password', (d: DatabaseAddress) => ({ ...d, password: 'x' }), 'wrong-password', /refuses the user zhike or its password/],
  ['a database that is not there', (d: DatabaseAddress) => ({ ...d, database: 'none' }), 'database-missing', /has no database none/],
  [
    'nobody at the address',
    (d: DatabaseAddress) => ({ ...d, host: '127.0.0.1', port: 9 }),
    'unreachable',
    /cannot be reached \(ECONNREFUSED\)/,
  ],
])('PostgreSQL with %s is one clear sentence', async (_, changed, code, sentence) => {
  const start = startOn(urlOf(changed(elsewhere.database)), elsewhere.warehouse.url)
  await expect(start).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) })
})

test.each([
  ['a wrong password', (url: string) => url.replace(/:[^:@]+@/, ':x@'), 'wrong-password'],
  ['nobody at the address', () => 'http://a:b@127.0.0.1:9', 'unreachable'],
  ['an address of another kind', () => 'tcp://127.0.0.1', 'address-invalid'],
])('a warehouse with %s is one clear sentence', async (_, changed, code) => {
  await expect(startOn(urlOf(elsewhere.database), changed(elsewhere.warehouse.url))).rejects.toMatchObject({ code })
})

test('an older server is refused, naming its version and the one needed, in both languages', async () => {
  await expect(checkDatabase(elsewhere.database, 190_000)).rejects.toMatchObject({
    code: 'version-unsupported',
    texts: {
      en: expect.stringMatching(/version 18\.\d+; version 19 or later is needed/),
      zh: expect.stringContaining('需要 19 或更高版本'),
    },
  })
  await expect(checkWarehouse(elsewhere.warehouse.url, '99.1')).rejects.toMatchObject({ code: 'version-unsupported' })
})

test('a database in another encoding is refused', async () => {
  const sql = openPostgres({ ...elsewhere.database, max: 1 })
  await sql`create database latin encoding 'LATIN1' template template0 locale 'C' locale_provider 'libc'`
  await sql.end()
  await expect(checkDatabase({ ...elsewhere.database, database: 'latin' })).rejects.toMatchObject({ code: 'encoding-unsupported' })
})
