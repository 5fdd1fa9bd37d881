import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '@zhike/analytics/random.ts'
import { createClient } from '@zhike/contract/client.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { serverProcess } from './child-server.ts'
import { startImport } from './company.ts'
import { figure, seed, size } from './proof.ts'
import { send } from './send.ts'

let server: TestServer
let admin: TestUser
const random = seededRandom(seed)

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

describe('G18: an import that is killed goes on behind its last row', () => {
  const rows = size(15_000, 1_000_000)
  const killings = size(2, 20)
  const isBad = (i: number) => i % 997 === 0

  test('nothing is lost, nothing is there twice', { timeout: size(180_000, 4 * 3_600_000) }, async () => {
    const api = server.as(admin)
    const line = (i: number) => `K${String(i).padStart(7, '0')},客户${i},${isBad(i) ? '12345' : `139${String(10_000_000 + i)}`},杭州市\n`
    const text = `\ufeff会员号,姓名,手机号码,城市\n${Array.from({ length: rows }, (_, i) => line(i)).join('')}`
    const { id } = await startImport(api, text, { channel: 'killed' })
    const read = async () => (await api(imports.get, { params: { id } })).rows
    let killed = 0
    const marks: number[] = []
    for (let kills = 0; kills < killings; kills++) {
      const worker = await serverProcess(server, { roles: ['worker'] })
      const before = await read()
      await expect
        .poll(async () => (await server.owner`select 1 from job where state = 'running'`).length, { timeout: 60_000, interval: 20 })
        .toBe(1)
      // Every other one dies in its beginning, the others a while after they have written something.
      if (kills % 2 === 0) await expect.poll(read, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before)
      await sleep(random() * size(800, 10_000))
      await worker.kill()
      killed++
      marks.push((await read()) - before)
      if ((await api(imports.get, { params: { id } })).state !== 'running' && (await read()) >= rows) break
    }
    const worker = await serverProcess(server, { roles: ['worker'] })
    const ended = async (): Promise<string> => {
      const { state } = await api(imports.get, { params: { id } })
      // Given up after several deaths without progress: a person goes on with it.
      if (state === 'failed' || state === 'cancelled') await api(imports.resume, { params: { id } })
      return state
    }
    await expect.poll(ended, { timeout: size(120_000, 3_600_000), interval: 200 }).toBe('done')
    await worker.kill()
    const bad = Array.from({ length: rows }, (_, i) => i).filter(isBad).length
    expect(await api(imports.get, { params: { id } })).toMatchObject({
      created: rows - bad,
      updated: 0,
      unchanged: 0,
      failed: bad,
      rows,
    })
    const [counts] = await server.owner`
      select (select count(*)::int from customer where member_number like 'K%') as customers,
             (select count(distinct member_number)::int from customer where member_number like 'K%') as numbers,
             (select count(*)::int from profile p join profile_customer l on l.profile_id = p.id join customer c on c.id = l.customer_id where c.member_number like 'K%') as profiles,
             (select count(*)::int from import_failure where import_id = ${id}) as failures,
             (select count(distinct row_number)::int from import_failure where import_id = ${id}) as failed_rows`
    expect(counts).toEqual({ customers: rows - bad, numbers: rows - bad, profiles: rows - bad, failures: bad, failed_rows: bad })
    figure('G18', 'rows', rows)
    figure('G18', 'killed in the middle', killed)
    figure('G18', 'rows written before each death', marks.join(' '))
  })

  test('the file of its failures is for its owner only', async () => {
    const [row] = await server.owner<{ id: string }[]>`select id from import limit 1`
    const stranger = await server.given.user({ grants: ['import.run'] })
    for (const path of [`/imports/${row?.id}/failures`, `/imports/${row?.id}/failures.csv`, `/imports/${row?.id}`]) {
      expect((await send(server.url, { method: 'GET', path }, admin.apiKey)).status).toBe(200)
      expect(await send(server.url, { method: 'GET', path }, stranger.apiKey)).toMatchObject({ status: 404, problem: 'import-not-found' })
    }
  })
})

/** A way to a server on which requests go through and answers are lost. */
async function wayWithoutAnswers(url: string): Promise<{ url: string; cut(): void }> {
  const sockets = new Set<Socket>()
  const way = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    near.pipe(far)
    far.resume()
    far.once('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    cut: () => {
      for (const socket of sockets) socket.destroy()
      way.close()
    },
  }
}

describe('G21, G32: a server killed between commit and answer', () => {
  test('each key takes effect once and each effect has its one event', { timeout: size(180_000, 4 * 3_600_000) }, async () => {
    const rounds = size(2, 100)
    const each = size(40, 100)
    let doneBefore = 0
    for (let round = 0; round < rounds; round++) {
      const first = await serverProcess(server, { roles: ['web'] })
      const way = await wayWithoutAnswers(first.url)
      const create = (url: string, i: number) =>
        createClient({
          baseUrl: url,
          headers: () => ({ authorization: `Bearer ${admin.apiKey}`, 'idempotency-key': `kill-${round}-${i}` }),
        })(customers.create, {
          body: { kind: 'person', values: { name: `杀${round}号${i}`, phone: `136${String(10_000_000 + round * each + i)}` } },
        })
      const made = async () => (await server.owner`select 1 from customer where name like ${`杀${round}号%`}`).length
      const unanswered = Promise.allSettled(Array.from({ length: each }, (_, i) => create(way.url, i)))
      const enough = 1 + Math.floor(random() * each * 0.8)
      await expect.poll(made, { timeout: 30_000, interval: 2 }).toBeGreaterThanOrEqual(enough)
      await first.kill()
      way.cut()
      expect((await unanswered).filter(({ status }) => status === 'fulfilled')).toEqual([])
      doneBefore += await made()
      // The same again, to a server that lives: whatever had happened is answered, the rest happens now.
      const again = await Promise.all(Array.from({ length: each }, (_, i) => create(server.url, i)))
      expect(new Set(again.map(({ id }) => id)).size).toBe(each)
      const [state] = await server.owner`
        select count(*)::int as customers,
               (select count(*)::int from audit_event e join customer c on c.id::text = e.object_id where c.name like ${`杀${round}号%`} and e.action like 'customer%') as events,
               (select count(*)::int from outbox o, jsonb_array_elements_text(o.payload -> 'ids') i join customer c on c.id::text = i where o.type = 'customer.created' and c.name like ${`杀${round}号%`}) as told
          from customer where name like ${`杀${round}号%`}`
      expect(state).toEqual({ customers: each, events: each, told: each })
    }
    figure('G21', 'requests that got no answer', rounds * each)
    figure('G21', 'of them done, and answered by the repetition', doneBefore)
    expect(doneBefore).toBeGreaterThan(0)
  })
})
