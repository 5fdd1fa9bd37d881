import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as customers from '@zhike/contract/identify/customers.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { unsafeCell } from '../../platform/files/safe-cell.ts'
import { readTable } from '../collection/files/table.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhike-export-'))
let server: TestServer
let admin: TestUser

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
  const api = server.as(admin)
  await api(customers.create, {
    body: {
      kind: 'person',
      values: {
        name: '=HYPERLINK("http://x")',
        phone: '13812346721',
        email: 'a@example.com',
        sex: 'female',
        birthDate: { calendar: 'lunar', year: 1990, month: 4, day: 8, leap: true },
        tags: ['老客', '茶'],
        jobTitle: "'=1+1",
      },
    },
  })
  await api(customers.create, {
    body: { kind: 'organization', values: { name: '杭州云栖茶叶有限公司', city: '杭州市', phone: '0571-88882209' } },
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
})

async function exported(user: TestUser, query: Record<string, unknown>, purpose?: string): Promise<Record<string, string>[]> {
  const response = await server
    .as(user)
    .raw(customers.exportFile, { query: query as never }, purpose ? { headers: { 'zhike-purpose': purpose } } : {})
  const path = join(folder, `export.${query['format'] ?? 'csv'}`)
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  const rows: string[][] = []
  for await (const batch of readTable(path)) rows.push(...batch.rows)
  const [header = [], ...rest] = rows
  return rest.map((cells) => Object.fromEntries(header.map((name, i) => [name, unsafeCell(cells[i] ?? '')])))
}

const exportEvents = () =>
  server.owner<{ details: Record<string, unknown> }[]>`select details from audit_event where action = 'customer.export' order by id`

test.each(['csv', 'xlsx'])('a %s export holds the list, texts as they are, and is audited with its count', async (format) => {
  const before = (await exportEvents()).length
  const rows = await exported(admin, { format, sort: 'name', locale: 'en' })
  expect(rows.map((row) => row['Name']).sort()).toEqual(['=HYPERLINK("http://x")', '杭州云栖茶叶有限公司'])
  expect(rows.find((row) => row['Sex'] === 'Female')).toMatchObject({
    Phone: '138****6721',
    'Job title': "'=1+1",
    Tags: '老客；茶',
    'Birth date': '1990-**-**',
  })
  const events = await exportEvents()
  expect(events.slice(before).map(({ details }) => details)).toEqual([{ format, purpose: null, clear: [], count: 2, complete: true }])
})

test('with a purpose, and by right, personal values are there, and the log says which', async () => {
  const [row] = await exported(
    admin,
    { filter: { match: 'all', conditions: [{ field: 'kind', operator: 'is', value: 'person' }] } },
    'delivery',
  )
  expect(row).toMatchObject({ 手机号: '13812346721', 邮箱: 'a@example.com', 生日: '农历1990年闰4月8日' })
  expect((await exportEvents()).at(-1)?.details).toMatchObject({
    purpose: 'delivery',
    count: 1,
    clear: expect.arrayContaining(['phone', 'email']),
  })
})

test('a purpose shows nothing to whom only masks are shown, and hidden fields have no column', async () => {
  const clerk = await server.given.user({ grants: ['customer.export', 'customer.read'], personal: 'masked', sensitive: 'hidden' })
  const rows = await exported(clerk, { locale: 'en' }, 'sales')
  expect(rows.map((row) => row['Phone'])).toContain('138****6721')
  expect(Object.keys(rows[0] ?? {})).not.toContain('Identity number')
})

test('a wrong filter is refused before a byte is sent, and without the right nothing is', async () => {
  const wrong = {
    query: { filter: { match: 'all' as const, conditions: [{ field: 'spent' as const, operator: 'is' as const, value: 'x' }] } },
  }
  expect(await refusal(server.as(admin).raw(customers.exportFile, wrong))).toMatchObject({ status: 400 })
  const reader = await server.given.user({ grants: ['customer.read'] })
  expect(await refusal(server.as(reader).raw(customers.exportFile, {}))).toMatchObject({ status: 403 })
})
