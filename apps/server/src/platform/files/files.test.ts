import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { download, upload } from '@zhike/contract/platform/files.ts'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { attachment, safeFileName } from './file-name.ts'
import { createFileStore } from './file-store.ts'

let server: TestServer
let ana: TestUser

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'], uploadLimit: 1024 * 1024 })
  ana = await server.given.user({ grants: ['import.run'] })
})
afterAll(() => server.stop())

const form = (...parts: [field: string, content: string | Uint8Array<ArrayBuffer>, name?: string][]): FormData => {
  const data = new FormData()
  for (const [field, content, name] of parts) {
    if (name === undefined) data.append(field, String(content))
    else data.append(field, new Blob([content], { type: 'text/csv' }), name)
  }
  return data
}

const filesOnDisk = () => {
  const folder = join(inject('engines').dataFolder, server.app.database.address.database)
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
}

describe('uploading', () => {
  test('what was sent comes back byte by byte, under its name', async () => {
    const content = crypto.getRandomValues(new Uint8Array(60_000))
    const stored = await server.as(ana)(upload, { body: form(['file', content, '客户 名单.csv']) })
    expect(stored).toMatchObject({ name: '客户 名单.csv', mediaType: 'text/csv', bytes: 60_000 })
    const response = await server.as(ana).raw(download, { params: { id: stored.id } })
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true)
    expect(response.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('客户 名单.csv')}`)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const [row] = await server.owner<{ sha256: Buffer }[]>`select sha256 from stored_file where id = ${stored.id}`
    expect(row?.sha256).toEqual(createHash('sha256').update(content).digest())
    const store = createFileStore(join(inject('engines').dataFolder, server.app.database.address.database))
    const open = await server.app.database.system.begin((tx) => store.open(tx as never, stored.id))
    expect(open).toMatchObject({ name: '客户 名单.csv', bytes: 60_000 })
  })

  test('a file over the limit is refused and leaves nothing behind', async () => {
    const before = filesOnDisk()
    const big = form(['file', new Uint8Array(1024 * 1024 + 1), 'big.csv'])
    expect(await refusal(server.as(ana)(upload, { body: big }))).toMatchObject({ status: 413, problem: 'body-too-large' })
    expect(filesOnDisk()).toBe(before)
  })

  test.each([
    ['a field we do not know', () => form(['note', 'x'], ['file', 'a', 'a.csv']), 'body.note'],
    ['a field after the file', () => form(['file', 'a', 'a.csv'], ['note', 'x']), 'body.note'],
    ['a file in another field', () => form(['data', 'a', 'a.csv']), 'body.data'],
    ['no file', () => form(), 'body.file'],
  ])('%s is refused, and nothing is kept', async (_what, body, field) => {
    const before = filesOnDisk()
    expect(await refusal(server.as(ana)(upload, { body: body() }))).toMatchObject({ status: 400, fields: [field] })
    expect(filesOnDisk()).toBe(before)
  })

  test('two files at once are refused', async () => {
    const before = filesOnDisk()
    const refused = await refusal(server.as(ana)(upload, { body: form(['file', 'a', 'a.csv'], ['file', 'b', 'b.csv']) }))
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(refused.status).toBeLessThan(500)
    expect(filesOnDisk()).toBe(before)
  })

  test('needs the right to import, and leaves one event in the audit log', async () => {
    const ben = await server.given.user({ grants: ['job.read'] })
    expect(await refusal(server.as(ben)(upload, { body: form(['file', 'a', 'a.csv']) }))).toMatchObject({ status: 403 })
    const stored = await server.as(ana)(upload, { body: form(['file', 'a', 'a.csv']) })
    const log = await server.owner`select action, user_id as by from audit_event where object_id = ${stored.id}`
    expect(log).toEqual([{ action: 'file.upload', by: ana.id }])
  })

  test('under an Idempotency-Key a file is stored once; another file under the same key is refused', async () => {
    const before = filesOnDisk()
    const send = (content: string) =>
      server.as(ana)(upload, { body: form(['file', content, 'a.csv']) }, { headers: { 'idempotency-key': 'one-file' } })
    const first = await send('a')
    expect(await send('a')).toEqual(first)
    expect(await refusal(send('b'))).toMatchObject({ status: 422, problem: 'idempotency-key-reused' })
    expect(filesOnDisk()).toBe(before + 1)
    expect(await server.owner`select count(*)::int as events from audit_event where object_id = ${first.id}`).toEqual([{ events: 1 }])
  })

  test('a body that breaks off leaves nothing behind', async () => {
    const before = filesOnDisk()
    const response = await fetch(`${server.url}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.apiKey}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhalf a fi',
    })
    expect(response.status).toBe(400)
    expect(filesOnDisk()).toBe(before)
  })
})

test('a file is there for its owner, and of those who manage imports for who sees everything in clear and says why', async () => {
  const [ben, clerk, boss] = await Promise.all([
    server.given.user({ grants: ['import.run'] }),
    server.given.user({ grants: ['import.manage'], personal: 'clear', sensitive: 'masked' }),
    server.given.user({ grants: ['import.manage'], personal: 'clear', sensitive: 'clear' }),
  ])
  const { id } = await server.as(ana)(upload, { body: form(['file', 'secret', 'a.csv']) })
  expect(await refusal(server.as(ben).raw(download, { params: { id } }))).toMatchObject({ status: 404, problem: 'file-not-found' })
  expect(await refusal(server.as(clerk).raw(download, { params: { id } }))).toMatchObject({ problem: 'file-not-found' })
  expect(await refusal(server.as(boss).raw(download, { params: { id } }))).toMatchObject({ problem: 'purpose-needed' })
  const purpose = { headers: { 'zhike-purpose': 'legal-request' } }
  expect(await (await server.as(boss).raw(download, { params: { id } }, purpose)).text()).toBe('secret')
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\data\\list.csv', 'list.csv'],
  ['a\u202Efdp.exe', 'afdp.exe'],
  ['  .hidden. ', 'hidden'],
  ['\u0000\r\n', 'file'],
  [`${'名'.repeat(300)}.xlsx`, `${'名'.repeat(195)}.xlsx`],
])('the file name %j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe)
})

test('a file name cannot break out of its header', () => {
  expect(attachment('a"b\r\nc%.csv')).toMatch(/^attachment; filename="a_b__c_\.csv"; filename\*=UTF-8''a%22b%0D%0Ac%25\.csv$/)
})
