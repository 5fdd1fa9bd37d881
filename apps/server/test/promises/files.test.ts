import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@zhike/contract/client.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workbookParts, zip } from '../../src/identify/collection/files/files.test-support.ts'
import { startTestServer, type TestServer } from '../harness.ts'
import { upload } from './company.ts'
import { figure, size } from './proof.ts'

let server: TestServer
let api: Client

beforeAll(async () => {
  server = await startTestServer({ uploadLimit: 64 * 1024 * 1024 })
  api = server.as(await server.given.administrator())
})
afterAll(() => server.stop())

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer)
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024, '<row/>')

/** Files that ask for more than they look like, with the name each is sent under. */
const hostile: readonly (readonly [what: string, name: string, make: () => Uint8Array<ArrayBuffer>])[] = [
  ['432 MB in one sheet', 'bomb.xlsx', () => bytes(zip(workbookParts(zeros(432))))],
  [
    '50,000 entries',
    'many.xlsx',
    () => bytes(zip(Array.from({ length: 50_000 }, (_, i) => ({ name: `x${i}`, content: Buffer.alloc(0) })))),
  ],
  [
    'an entry that lies about its size',
    'liar.xlsx',
    () => bytes(zip(workbookParts(zeros(40)).map((part) => (part.name.includes('sheet1') ? { ...part, claimedSize: 100 } : part)))),
  ],
  [
    'names that leave the folder',
    'slip.xlsx',
    () => bytes(zip([{ name: '../../../../tmp/x', content: Buffer.from('x') }, ...workbookParts(sheet(''))])),
  ],
  [
    'entities that double',
    'laughs.xlsx',
    () =>
      bytes(
        zip(
          workbookParts(
            `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${sheet('<row><c t="inlineStr"><is><t>&b;</t></is></c></row>')}`,
          ),
        ),
      ),
  ],
  [
    'an entity that reads a file',
    'xxe.xlsx',
    () =>
      bytes(
        zip(
          workbookParts(
            `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${sheet('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>')}`,
          ),
        ),
      ),
  ],
  [
    'a cell a million columns away',
    'far.xlsx',
    () => bytes(zip(workbookParts(sheet('<row r="1048576"><c r="ZZZZZZ1048576"><v>1</v></c></row>')))),
  ],
  ['100,000 levels of elements', 'deep.xlsx', () => bytes(zip(workbookParts(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)))],
  ['a million columns', 'wide.csv', () => bytes(Buffer.from(`${'a,'.repeat(1_000_000)}b\n`))],
  ['a line of 40 MB', 'line.csv', () => bytes(Buffer.alloc(40 * 1024 * 1024, 'x'))],
  [
    'a quote that nobody closes',
    'quote.csv',
    () => bytes(Buffer.concat([Buffer.from('姓名,手机\n"'), Buffer.alloc(30 * 1024 * 1024, 'a,b\n')])),
  ],
  [
    'encodings one after the other',
    'mixed.csv',
    () =>
      bytes(
        Buffer.concat([
          Buffer.from('姓名,手机\n张伟,13800138001\n'),
          Buffer.from([0xd5, 0xc5, 0xce, 0xb0, 0x2c, 0x31, 0x0a, 0xff, 0xfe, 0x41, 0x00, 0x0a]),
          Buffer.from('李娜,13900139001\n'),
        ]),
      ),
  ],
  ['zeros only', 'zeros.csv', () => bytes(Buffer.alloc(5 * 1024 * 1024))],
  ['nothing', 'empty.csv', () => bytes(Buffer.alloc(0))],
  ['a program', 'program.xlsx', () => bytes(readFileSync(process.execPath).subarray(0, 2_000_000))],
  ['a zip of nothing', 'empty.xlsx', () => bytes(zip([]))],
]

describe('G17: no file brings the server down', () => {
  test.each(hostile)('%s', { timeout: 60_000 }, async (_what, name, make) => {
    const content = make()
    let longest = 0
    let last = performance.now()
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 20)
      last = performance.now()
    }, 20)
    const memory = process.memoryUsage().rss
    const file = await upload(api, content, name)
    const began = performance.now()
    // It is read, or refused for a reason: anything else throws.
    const outcome = await api(imports.inspect, { body: { fileId: file.id, kind: 'customers' } }).then(
      ({ columns }) => `read ${columns.length} columns`,
      (error: { body?: { status: number }; problem?: string }) => `${error.body?.status} ${error.problem}`,
    )
    const took = Math.round(performance.now() - began)
    if (!outcome.startsWith('read')) expect(outcome).toMatch(/^(?:422 file-unreadable|400 invalid-request)/)
    else {
      const columns = [{ index: 0, header: '姓名', field: 'name' }]
      await api(imports.dryRun, { body: { fileId: file.id, channel: 'till', settings: { kind: 'customers', columns }, rows: 1000 } }).catch(
        (error: { body?: { status: number } }) => expect(error.body?.status).toBeLessThan(500),
      )
    }
    clearInterval(pulse)
    figure(
      'G17',
      `${name}: outcome, ms, longest pause ms, MB more`,
      `${outcome}, ${took}, ${Math.round(longest)}, ${Math.round((process.memoryUsage().rss - memory) / 1e6)}`,
    )
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(took).toBeLessThan(15_000)
    // The making of the file, here in the same process, is not counted; the reading may grow by less than the file unpacked.
    expect(process.memoryUsage().rss - memory).toBeLessThan(400e6)
  })
})

test('a thousand small files at once are all answered', { timeout: 120_000 }, async () => {
  const count = size(60, 1000)
  const outcomes = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await sleep(i)
      const file = await upload(api, `姓名,手机\n张${i},1380013${String(8000 + i)}\n`)
      return (await api(imports.inspect, { body: { fileId: file.id } })).columns.length
    }),
  )
  expect(new Set(outcomes)).toEqual(new Set([2]))
})
