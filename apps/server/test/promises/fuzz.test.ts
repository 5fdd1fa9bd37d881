import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { type Api, readApi } from './api.ts'
import { rawBodies, requestsOf } from './arbitrary.ts'
import { givenRecords } from './company.ts'
import { figure, seed, size } from './proof.ts'
import { type Answer, leakOf, type Sent, send } from './send.ts'
import { type WriteWatch, watchWrites } from './watch-writes.ts'

/** Requests of each operation. */
const requests = size(12, 3000)
const longest = 2000

let server: TestServer
let api: Api
let writes: WriteWatch
let ids: string[]
let user: TestUser

beforeAll(async () => {
  // Without a worker: whatever is written, a request has written.
  server = await startTestServer({ roles: ['web'] })
  api = await readApi(server.url)
  const records = await givenRecords(server, server.as(await server.given.administrator()))
  const { customer, other, product, order, analysis } = records
  const people = await Promise.all(['a', 'b'].map((name) => server.given.user({ name })))
  const team = await server.given.team('Lisbon')
  ids = [customer.id, other.id, product.id, order.id, analysis.id, records.fileId, records.importId, team, ...people.map(({ id }) => id)]
  ids.push(...[customer, other].flatMap(({ profiles }) => profiles.map(({ id }) => id)))
  user = await server.given.administrator()
  // Built once, as a worker would have.
  await server.app.sync.rebuild()
  writes = await watchWrites(server.owner)
})
afterAll(() => server.stop())

/** Two of these cost a password hash each, which is what they are for. */
const hashing = new Set(['POST /session', 'POST /links/use', 'POST /session/password', 'POST /setup'])
const slowest = { ms: 0, name: '' }
let sent = 0

async function attack(name: string, request: Sent): Promise<void> {
  const answer = await answerOf(request)
  sent++
  if (answer.ms > slowest.ms) Object.assign(slowest, { ms: answer.ms, name })
  const said = `${answer.status} ${answer.text.slice(0, 300)}`
  if (answer.status >= 500) throw new Error(said)
  if (answer.status >= 400 && leakOf(answer.text)) throw new Error(`leaks ${leakOf(answer.text)}: ${said}`)
  // Lines beyond measure are refused by the parser of HTTP, before the server sees a request.
  if (answer.status >= 400 && answer.problem === '' && answer.status !== 431) throw new Error(`no problem document: ${said}`)
  const { audit_event: _, ...written } = await writes.take()
  if (answer.status >= 400 && Object.keys(written).length > 0) throw new Error(`refused, yet wrote ${JSON.stringify(written)}: ${said}`)
  if (request.method === 'GET' && Object.keys(written).length > 0) throw new Error(`a reading wrote ${JSON.stringify(written)}`)
  if (answer.ms > longest) {
    // On a machine that is busy with something else, only what is slow again is slow.
    const again = await answerOf(request)
    if (again.ms > longest) throw new Error(`${Math.round(again.ms)} ms: ${said}`)
  }
}

/** Another administrator takes over when the attack has shut its own out. */
async function answerOf(request: Sent): Promise<Answer> {
  const answer = await send(server.url, request, user.apiKey)
  if (answer.status === 401 && answer.problem === 'not-signed-in' && request.headers?.['authorization'] === undefined)
    user = await server.given.administrator()
  return answer
}

describe('G15: bodies that no program of ours would write', () => {
  test('each of them, at a door that is open to everybody and at one that is not', { timeout: 60_000 }, async () => {
    const before = sent
    for (const body of rawBodies) {
      await attack('POST /links/read', { method: 'POST', path: '/links/read', body })
      await attack('POST /customers', { method: 'POST', path: '/customers', body })
      await attack('POST /customers', { method: 'POST', path: '/customers', body, headers: { 'idempotency-key': 'raw' } })
    }
    expect(sent - before).toBe(3 * rawBodies.length)
  })
})

describe('G15, G11: whatever is sent, the answer is quick, says nothing of the program, and a refusal has written nothing', () => {
  test('every operation of the API', { timeout: size(120_000, 24 * 3_600_000) }, async () => {
    const found: string[] = []
    for (const operation of api.operations) {
      if (operation.replyType === 'events') continue
      const runs = hashing.has(operation.name) ? Math.ceil(requests / 5) : requests
      const property = fc.asyncProperty(requestsOf(operation, { api, ids }), (request) => attack(operation.name, request))
      const result = await fc.check(property, {
        seed,
        numRuns: runs,
        interruptAfterTimeLimit: size(20_000, 3_600_000),
        markInterruptAsFailure: false,
      })
      if (result.failed) {
        found.push(
          `${operation.name}: ${(result.errorInstance as Error | null)?.message} for ${JSON.stringify(result.counterexample).slice(0, 500)}`,
        )
      }
    }
    figure('G15', 'requests', sent)
    figure('G15', 'slowest answer, ms', Math.round(slowest.ms))
    figure('G15', 'slowest operation', slowest.name)
    expect(found, `seed ${seed}`).toEqual([])
    expect(sent).toBeGreaterThan(api.operations.length)
  })
})
