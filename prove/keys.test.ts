import { seededRandom } from '@zhike/analytics/random.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import { type Right, rights } from '@zhike/contract/platform/rights.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer } from '../apps/server/test/harness.ts'
import { expectedByPolicy } from '../apps/server/test/policy.ts'
import { type Operation, readApi } from '../apps/server/test/promises/api.ts'
import { figure, seed, size } from '../apps/server/test/promises/proof.ts'
import { send } from '../apps/server/test/promises/send.ts'

const people = size(3, 60)
const everyRight = Object.keys(rights) as Right[]
const random = seededRandom(seed)
const some = () => everyRight.filter(() => random() < 0.4)

let server: TestServer
let operations: readonly Operation[]

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  operations = (await readApi(server.url)).operations.filter(({ replyType }) => replyType !== 'events')
})
afterAll(() => server.stop())

/** What every operation makes of a key: whether it is let in. A key of the query that no operation knows stops it behind the door. */
async function differences(key: string, held: readonly Right[]): Promise<string[]> {
  const answers = await Promise.all(
    operations.map(async ({ method, path }) => {
      const at = path.replaceAll(/\{\w+\}/g, 'x')
      const { problem } = await send(
        server.url,
        { method, path: at, query: 'no_such_key=1', ...(method === 'GET' ? {} : { body: '{}' }) },
        key,
      )
      const answer = problem === 'not-signed-in' ? 'refused: 401' : problem === 'right-missing' ? 'refused: 403' : 'let in'
      const expected = expectedByPolicy(method, at, held)
      return answer === expected ? [] : [`${method} ${path} with ${held}: ${answer}, expected ${expected}`]
    }),
  )
  return answers.flat()
}

test('G05: whatever rights somebody has, gives a key and loses again, the key opens what both have and nothing else', async () => {
  let asked = 0
  const wrong: string[] = []
  for (let i = 0; i < people; i++) {
    const held = some()
    const owner = await server.given.user({ grants: held })
    const given = random() < 0.2 ? null : held.filter(() => random() < 0.6)
    const beyond = everyRight.find((right) => !held.includes(right))
    if (beyond) {
      const greedy = server.as(owner)(apiKeys.create, { body: { name: 'k', rights: [...held, beyond], expiresInDays: 1 } })
      expect(await refusal(greedy)).toMatchObject({ problem: 'grant-exceeds-own' })
    }
    const { key } = await server.as(owner)(apiKeys.create, { body: { name: 'k', rights: given, expiresInDays: 365 } })
    wrong.push(...(await differences(key, given ?? held)))
    const left = held.filter(() => random() < 0.5)
    await server.owner`update role set grants = ${server.owner.json(left.map((right) => ({ right, scope: 'all', pool: false })))}
      from user_role ur where ur.role_id = role.id and ur.user_id = ${owner.id}`
    await new Promise((resolve) => setTimeout(resolve, 1000))
    wrong.push(
      ...(await differences(
        key,
        left.filter((right) => given === null || given.includes(right)),
      )),
    )
    await server.owner`update users set disabled_at = now() where id = ${owner.id}`
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await send(server.url, { method: 'GET', path: '/session' }, key)).toMatchObject({ problem: 'not-signed-in' })
    asked += 2 * operations.length
  }
  figure('G05', 'keys', people)
  figure('G05', 'doors tried', asked)
  expect(wrong.slice(0, 20), `seed ${seed}`).toEqual([])
})
