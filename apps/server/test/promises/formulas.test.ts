import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer } from '../harness.ts'
import { importEnded, startImport } from './company.ts'
import { figure } from './proof.ts'

/** What a spreadsheet may take for a formula, also behind blanks and signs that are not seen. */
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
const before = ['', ' ', '  ', '\t', '\u00a0', '\u3000', '\u200b', '\ufeff', "'", '"', '\u202e', '\u00ad']
const prefixes = [
  ...signs.flatMap((sign) => before.map((blank) => `${blank}${sign}`)),
  "''=",
  "'",
  '%',
  '|',
  ';=',
  ',=',
  '\r=',
  '\n=',
  '\r\n=',
  '\t=',
]

describe('G20: what is exported is no formula, and comes back as it was', () => {
  test('there are sixty ways to begin a formula, and more', () => expect(prefixes.length).toBeGreaterThanOrEqual(60))

  test.each(['csv', 'xlsx'] as const)('%s', { timeout: 90_000 }, async (format) => {
    const here = await oneServer(async (server) => {
      const api = server.as(await server.given.administrator())
      for (const [i, prefix] of prefixes.entries()) {
        const text = `${prefix}cmd|' /C calc'!A0`
        const values = { memberNumber: `M${i}`, name: text, note: text, employer: text, jobTitle: `${prefix}1+1` }
        await api(customers.create, { body: { kind: 'person', values } })
      }
      const response = await api.raw(customers.exportFile, { query: { format } }, { headers: { 'zhike-purpose': 'service' } })
      return { content: new Uint8Array(await response.arrayBuffer()), kept: await keptBy(server) }
    })
    if (format === 'csv') expect(formulasIn(Buffer.from(here.content).toString('utf8'))).toEqual([])
    const there = await oneServer(async (server) => {
      const api = server.as(await server.given.administrator())
      const started = await startImport(api, here.content, { name: `customers.${format}`, channel: 'copied', kind: 'customers' })
      expect(await importEnded(api, started.id)).toMatchObject({ state: 'done', created: prefixes.length, failed: 0 })
      return keptBy(server)
    })
    expect(there).toEqual(here.kept)
    figure('G20', `${format}: texts that came back as they were`, prefixes.length * 4)
  })

  test('the file of failed rows is safe too, and its owner’s only', async () => {
    await oneServer(async (server) => {
      const api = server.as(await server.given.administrator())
      const lines = prefixes.filter((prefix) => !/[\r\n"]/.test(prefix)).map((prefix, i) => `"F${i}","${prefix}1+1","12345"`)
      const started = await startImport(api, `会员号,姓名,手机号码\n${lines.join('\n')}\n`, { channel: 'failing' })
      const done = await importEnded(api, started.id)
      expect(done).toMatchObject({ failed: lines.length, created: 0 })
      const text = await (await api.raw(imports.failuresFile, { params: { id: done.id } })).text()
      expect(formulasIn(text)).toEqual([])
      const stranger = server.as(await server.given.user({ grants: ['import.run', 'customer.read', 'job.read'] }))
      expect(await refusal(stranger.raw(imports.failuresFile, { params: { id: done.id } }))).toMatchObject({ status: 404 })
    })
  })
})

/** A server for as long as it is needed. */
async function oneServer<T>(work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startTestServer()
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

const keptBy = (server: TestServer) =>
  server.owner`select c.member_number as number, c.name, c.employer, c.job_title as job, p.values ->> 'note' as note
    from customer c join profile_customer l on l.customer_id = c.id join profile p on p.id = l.profile_id order by 1`

/** Cells of a CSV text that a spreadsheet would run. */
function formulasIn(text: string): string[] {
  const cells = [...text.replace(/^\ufeff/, '').matchAll(/"((?:[^"]|"")*)"|([^,\r\n"]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
  return cells.filter((cell) => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell) && !/^[+-]?\d+(?:\.\d+)?$/.test(cell))
}
