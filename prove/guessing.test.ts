import { seededRandom } from '@zhike/analytics/random.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../apps/server/src/platform/auth/password-hash.ts'
import { newId } from '../apps/server/src/platform/database/ids.ts'
import { startTestServer, type TestServer } from '../apps/server/test/harness.ts'
import { type ChildServer, serverProcess } from '../apps/server/test/promises/child-server.ts'
import { figure, seed, size } from '../apps/server/test/promises/proof.ts'

const accounts = size(40, 1000)
const tries = size(300, 10_000)
const addresses = size(5, 50)
const timings = size(20, 1000)
/** By all strangers together, against one account, in any sixty minutes. */
const mostGuesses = 10
const password = 'lantern otter 92 quill'

let server: TestServer
let proxied: ChildServer
const random = seededRandom(seed)
const emailOf = (i: number) => `person-${i}@firm.example`

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  const hash = await hashPassword(password)
  const people = Array.from({ length: accounts + timings }, (_, i) => ({ id: newId(), account: newId(), email: emailOf(i) }))
  await server.owner`insert into users (id, name, email) select id, email, email from jsonb_to_recordset(${server.owner.json(people)}) as p(id uuid, email text)`
  await server.owner`insert into auth_account (id, user_id, provider_id, account_id, password)
    select account, id, 'credential', id, ${hash} from jsonb_to_recordset(${server.owner.json(people)}) as p(id uuid, account uuid)`
  // Behind a proxy, so that the attack may come from many addresses.
  proxied = await serverProcess(server, { roles: ['web'], trustedProxies: ['127.0.0.1'] })
})
afterAll(() => server.stop())

async function signIn(email: string, given: string, address: string, cookie = ''): Promise<{ status: number; cookie: string; ms: number }> {
  const began = performance.now()
  const response = await fetch(`${proxied.url}/api/v1/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': address,
      ...(cookie ? { cookie } : {}),
    },
    body: JSON.stringify({ email, password: given }),
  })
  await response.text()
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return {
    status: response.status,
    cookie: cookies.filter((each) => each.startsWith('zhike_device')).join('; '),
    ms: performance.now() - began,
  }
}

test(`G02: ${tries} tries on ${accounts} accounts from ${addresses} addresses: at most ${mostGuesses} looked at for each, and the owner signs in all along`, async () => {
  const owner = await signIn(emailOf(0), password, '198.51.100.7')
  expect(owner.status).toBe(200)
  const looked = new Map<string, number>()
  const statuses: Record<number, number> = {}
  let done = 0
  const attack = async () => {
    while (done < tries) {
      done++
      // Half of the attack is against one account: that of the owner who is watching.
      const email = random() < 0.5 ? emailOf(0) : emailOf(Math.floor(random() * accounts))
      const { status } = await signIn(email, `guess ${done}`, `203.0.113.${Math.floor(random() * addresses)}`)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status === 401) looked.set(email, (looked.get(email) ?? 0) + 1)
      expect([401, 429]).toContain(status)
      if (done % Math.ceil(tries / 10) === 0) {
        // At another place, but in the browser that is known.
        expect((await signIn(emailOf(0), password, `192.0.2.${done % 200}`, owner.cookie)).status).toBe(200)
      }
    }
  }
  await Promise.all([attack(), attack(), attack(), attack()])
  figure('G02', 'tries', done)
  figure('G02', 'answers by status', JSON.stringify(statuses))
  figure('G02', 'most guesses looked at for one account', Math.max(...looked.values()))
  expect(Math.max(...looked.values())).toBeLessThanOrEqual(mostGuesses)
})

test(`G02: ${2 * timings} timings do not tell an account that exists from one that does not`, async () => {
  const cases = Array.from({ length: 2 * timings }, (_, i) => ({
    known: i % 2 === 0,
    email: i % 2 === 0 ? emailOf(accounts + i / 2) : `nobody-${i}@firm.example`,
    at: random(),
    i,
  })).toSorted((a, b) => a.at - b.at)
  const times: { known: boolean; ms: number }[] = []
  for (const { known, email, i } of cases) {
    const { status, ms } = await signIn(email, 'wrong wrong wrong', `10.${i >> 8}.${i & 255}.9`)
    expect(status).toBe(401)
    times.push({ known, ms })
  }
  const auc = areaUnderCurve(times)
  figure('G02', 'timings: chance that a known account is slower than an unknown one', auc.toFixed(3))
  // Of few timings the chance itself is uncertain.
  expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(size(0.25, 0.05))
})

/** Chance that a known one took longer than an unknown one (Mann–Whitney); one half tells nothing. */
function areaUnderCurve(times: readonly { known: boolean; ms: number }[]): number {
  const [known, unknown] = [times.filter((each) => each.known), times.filter((each) => !each.known)]
  const wins = known.reduce(
    (sum, { ms }) => sum + unknown.filter((other) => ms > other.ms).length + unknown.filter((other) => ms === other.ms).length / 2,
    0,
  )
  return wins / (known.length * unknown.length)
}
