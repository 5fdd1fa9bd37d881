import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { urlOf } from '@zhike/contract/client.ts'
import { exportFile } from '@zhike/contract/identify/customers.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineJob } from '../../src/platform/jobs/job-kind.ts'
import { createLoadActor } from '../../src/platform/jobs/load-actor.ts'
import { createJobRunner, type JobRunner } from '../../src/platform/jobs/runner.ts'
import { startJob } from '../../src/platform/jobs/start-job.ts'
import { type Actor, loadPrincipal } from '../../src/platform/permissions/principal.ts'
import { actorTransaction } from '../../src/platform/permissions/transaction.ts'
import { authenticatorCode, browserSession } from '../browser-session.ts'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { upload } from './company.ts'
import { figure, size } from './proof.ts'
import { send } from './send.ts'

/** From the answer to whoever took the right to the last sign of what it was good for, in ms. */
const longest = 1000
const password = 'lantern otter 92 quill'

let server: TestServer
let runner: JobRunner
let admin: TestUser
let team: string
/** Of others, who lose nothing. */
let bystanders: Stream[]

/** Long work under a person's name, which looks at nothing by itself. */
const waiting = defineJob({
  kind: 'test.waiting',
  input: z.strictObject({}),
  right: 'import.run',
  run: async ({ signal }) => {
    await once(signal, 'abort')
    throw signal.reason
  },
})

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
  admin = await server.given.administrator()
  team = await server.given.team('Lisbon')
  // More than the buffers between a server and a reader hold: 16 MB.
  await server.owner`
    insert into customer (id, kind, name, preference, team_id)
    select uuidv7(), 'person', 'n' || i, string_agg(md5(i::text || j), ''), ${team}
      from generate_series(1, 4000) i, generate_series(1, 125) j group by i`
  runner = createJobRunner({
    database: server.app.database,
    kinds: [waiting],
    log: () => {},
    loadActor: createLoadActor(server.app.database),
    roles: ['worker'],
    concurrency: 100,
  })
  await runner.start()
  const others = await Promise.all([1, 2].map(() => server.given.user({ grants: ['job.read'] })))
  bystanders = await Promise.all(
    others.flatMap(({ apiKey }) => Array.from({ length: 20 }, () => openStream({ authorization: `Bearer ${apiKey}` }))),
  )
})
afterAll(async () => {
  for (const stream of bystanders) stream.close()
  await runner.stop()
  await server.stop()
})

type Proof = 'session' | 'key'

/** Somebody at work: with a browser and with a program, both of which have much under way. */
interface Busy {
  user: users.User
  roleId: string
  browser: ReturnType<typeof browserSession>
  /** The session that what is under way rides on. */
  sessionId: string
  keyId: string
  underWay: Record<Proof, UnderWay>
}

interface UnderWay {
  headers: Record<string, string>
  streams: Stream[]
  export: SlowReader
  job: string
}

async function givenBusy(streams: number): Promise<Busy> {
  const boss = server.as(admin)
  const { id: roleId } = await boss(roles.create, {
    body: {
      name: `busy ${crypto.randomUUID()}`,
      grants: (['job.read', 'import.run', 'customer.read', 'customer.export'] as const).map((right) => ({
        right,
        scope: 'team' as const,
      })),
      personal: 'masked',
      sensitive: 'hidden',
    },
  })
  const email = `${crypto.randomUUID()}@test.invalid`
  const { user, invitation } = await boss(users.invite, { body: { name: 'Ana', email, roleIds: [roleId], teamIds: [team] } })
  const browser = browserSession(server.url)
  await browser.call(session.useLink, { body: { token: new URL(invitation.url).hash.slice(1), password } })
  await browser.call(session.signIn, { body: { email, password } })
  const { items } = await browser.call(session.list, {})
  const { id: keyId, key } = await browser.call(apiKeys.create, { body: { name: 'till', rights: null, expiresInDays: 1 } })
  const begin = async (headers: Record<string, string>, apiKeyId?: string): Promise<UnderWay> => ({
    headers,
    streams: await Promise.all(Array.from({ length: streams }, () => openStream(headers))),
    export: await startReading(urlOf(exportFile, undefined, { format: 'csv' }), headers),
    job: await jobOf(user.id, apiKeyId),
  })
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const underWay = { session: await begin({ cookie }), key: await begin({ authorization: `Bearer ${key}` }, keyId) }
  const joined = await boss(users.get, { params: { id: user.id } })
  return { user: joined, roleId, browser, sessionId: items[0]?.id ?? '', keyId, underWay }
}

async function jobOf(userId: string, apiKeyId?: string): Promise<string> {
  const principal = await loadPrincipal(server.app.database.system, userId)
  if (!principal) throw new Error('no such user')
  const actor: Actor = { ...principal, requestId: '', ...(apiKeyId ? { via: 'api-key', apiKeyId } : { via: 'session' }) }
  const id = await actorTransaction(server.app.database, actor, undefined, (tx) => startJob(tx, waiting, {}, actor))
  await expect.poll(() => stateOf(id)).toBe('running')
  return id
}

const stateOf = async (job: string) => (await server.owner<{ state: string }[]>`select state from job where id = ${job}`)[0]?.state

interface Stream {
  state: 'open' | 'told' | 'ended'
  close(): void
}

/** Listens to live events: whether the stream is open, has told of other rights, or has ended. */
async function openStream(headers: Record<string, string>): Promise<Stream> {
  const response = await answerOf(get(`${server.url}${urlOf(jobs.events)}`, { headers }))
  expect(response.statusCode).toBe(200)
  const stream: Stream = { state: 'open', close: () => response.destroy() }
  response.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('event: rights')) stream.state = 'told'
  })
  response.on('close', () => (stream.state = 'ended')).on('error', () => {})
  return stream
}

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

interface SlowReader {
  /** Reads what has been sent by now and what still comes. */
  finish(): Promise<{ bytes: number; whole: boolean }>
  leave(): void
}

/** Takes the beginning of a file, and no more for now: the server waits with the rest. */
async function startReading(path: string, headers: Record<string, string>): Promise<SlowReader> {
  const response = await answerOf(get(`${server.url}${path}`, { headers, agent: false }))
  expect(response.statusCode).toBe(200)
  await once(response, 'readable')
  return {
    finish: async () => {
      let bytes = 0
      try {
        for await (const chunk of response) bytes += (chunk as Buffer).length
      } catch {
        // Broken off.
      }
      return { bytes, whole: response.complete }
    },
    leave: () => void response.destroy(),
  }
}

type Left = 'lost' | 'kept'

/** Everything by which somebody loses something, and what of theirs must not go on. Every run of the tests tries the first five. */
const ways: Record<string, { take: (busy: Busy) => Promise<unknown>; session: Left; key: Left; told?: true }> = {
  'the person is disabled': {
    take: ({ user }) => server.as(admin)(users.edit, { params: { id: user.id }, body: { enabled: false } }, { version: user.version }),
    session: 'lost',
    key: 'lost',
  },
  'the role loses its rights': {
    take: async ({ roleId }) => {
      const role = (await server.as(admin)(roles.list, {})).items.find(({ id }) => id === roleId)
      await server.as(admin)(roles.edit, { params: { id: roleId }, body: { grants: [] } }, { version: role?.version ?? 0 })
    },
    session: 'lost',
    key: 'lost',
  },
  'the person leaves the team': {
    take: ({ user }) => server.as(admin)(users.edit, { params: { id: user.id }, body: { teamIds: [] } }, { version: user.version }),
    session: 'lost',
    key: 'lost',
    told: true,
  },
  'the key is revoked': {
    take: ({ keyId }) => server.as(admin)(apiKeys.revoke, { params: { id: keyId } }),
    session: 'kept',
    key: 'lost',
  },
  'the password is changed elsewhere': {
    take: async ({ user }) => {
      const elsewhere = browserSession(server.url)
      await elsewhere.call(session.signIn, { body: { email: user.email, password } })
      await elsewhere.call(session.changePassword, { body: { current: password, next: 'velvet anchor 17 moth' } })
    },
    session: 'lost',
    key: 'kept',
  },
  'the role is taken away': {
    take: ({ user }) => server.as(admin)(users.edit, { params: { id: user.id }, body: { roleIds: [] } }, { version: user.version }),
    session: 'lost',
    key: 'lost',
  },
  'the session is ended from elsewhere': {
    take: async ({ user, sessionId }) => {
      const elsewhere = browserSession(server.url)
      await elsewhere.call(session.signIn, { body: { email: user.email, password } })
      await elsewhere.call(session.revoke, { params: { id: sessionId } })
    },
    session: 'lost',
    key: 'kept',
  },
  'the person signs out': { take: ({ browser }) => browser.call(session.signOut, {}), session: 'lost', key: 'kept' },
  'the password is set anew by a link': {
    take: async ({ user }) => {
      const { url } = await server.as(admin)(users.link, { params: { id: user.id } })
      await browserSession(server.url).call(session.useLink, {
        body: { token: new URL(url).hash.slice(1), password: 'velvet anchor 17 moth' },
      })
    },
    session: 'lost',
    key: 'kept',
  },
  'a second factor is turned on elsewhere': {
    take: async ({ user }) => {
      const elsewhere = browserSession(server.url)
      await elsewhere.call(session.signIn, { body: { email: user.email, password } })
      const { secret } = await elsewhere.call(session.enrolSecondFactor, { body: { password } })
      await elsewhere.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
    },
    session: 'lost',
    key: 'kept',
  },
}

/** What still goes on of what must not, by name. */
async function goingOn({ underWay }: Busy, way: string): Promise<string[]> {
  const { told } = ways[way] ?? {}
  const still: string[] = []
  for (const proof of ['session', 'key'] as const) {
    if (ways[way]?.[proof] === 'kept') continue
    const { headers, streams, job } = underWay[proof]
    if (streams.some(({ state }) => state !== 'ended' && !(told && state === 'told'))) still.push(`${proof}: stream`)
    const list = await send(server.url, { method: 'GET', path: '/customers', headers })
    if (list.status < 300 && !(told && list.text.includes('"items":[]'))) still.push(`${proof}: list`)
    const wantsJob = proof === 'session' ? ways[way]?.key === 'lost' : true
    if (wantsJob && !told && (await stateOf(job)) !== 'failed') still.push(`${proof}: job`)
  }
  return still
}

/** Exports that the server has given up, as its log says. */
const brokenOff = async (user: { id: string }) =>
  (
    await server.owner`select 1 from audit_event where user_id = ${user.id} and action = 'customer.export' and details ->> 'complete' = 'false'`
  ).length

describe('G04: a lost right is lost within a second', () => {
  test.each(Object.keys(ways).slice(0, size(5, 99)))('%s', { timeout: size(60_000, 600_000) }, async (way) => {
    const wanted = ways[way]
    if (!wanted) throw new Error('no such way')
    let slowest = 0
    for (let round = 0; round < size(1, 10); round++) {
      const busy = await givenBusy(size(3, 9))
      const lost = (['session', 'key'] as const).filter((proof) => wanted[proof] === 'lost')
      await wanted.take(busy)
      const began = performance.now()
      let still: string[]
      do {
        still = [...(await goingOn(busy, way)), ...((await brokenOff(busy.user)) < lost.length ? ['export'] : [])]
        if (still.length > 0) await sleep(20)
      } while (still.length > 0 && performance.now() - began < longest)
      slowest = Math.max(slowest, performance.now() - began)
      expect(still, `after ${Math.round(performance.now() - began)} ms`).toEqual([])
      for (const proof of ['session', 'key'] as const) {
        const { streams, export: reader, job } = busy.underWay[proof]
        if (wanted[proof] === 'kept') {
          expect(streams.map(({ state }) => state)).toEqual(streams.map(() => 'open'))
          expect(await stateOf(job)).toBe('running')
        }
        if ((await stateOf(job)) === 'running') await server.as(admin)(jobs.cancel, { params: { id: job } })
        const { bytes, whole } = await reader.finish()
        expect({ proof, whole }).toEqual({ proof, whole: wanted[proof] === 'kept' })
        if (wanted[proof] === 'lost') expect(bytes).toBeLessThan(8_000_000)
        for (const stream of streams) stream.close()
      }
    }
    expect(new Set(bystanders.map(({ state }) => state))).toEqual(new Set(['open']))
    figure('G04', `${way}: over after, ms`, Math.round(slowest))
  })

  test('an export whose reader hangs up is on record with what was sent, and fails nobody', async () => {
    const user = await server.given.user({ grants: ['customer.export', 'customer.read'] })
    const reader = await startReading(urlOf(exportFile, undefined, {}), { authorization: `Bearer ${user.apiKey}` })
    reader.leave()
    await expect.poll(() => brokenOff(user)).toBe(1)
  })

  test('exports that nobody reads hold up nobody else', async () => {
    const user = await server.given.user({ grants: ['customer.export', 'customer.read'] })
    const headers = { authorization: `Bearer ${user.apiKey}` }
    const readers = await Promise.all([1, 2, 3].map(() => startReading(urlOf(exportFile, undefined, {}), headers)))
    const fourth = await send(server.url, { method: 'GET', path: '/customers/export', headers })
    expect(fourth).toMatchObject({ status: 429, problem: 'too-many-requests' })
    expect((await send(server.url, { method: 'GET', path: '/customers', headers })).status).toBe(200)
    for (const reader of readers) reader.leave()
    await expect.poll(() => brokenOff(user)).toBe(3)
    const again = await startReading(urlOf(exportFile, undefined, {}), headers)
    expect((await again.finish()).whole).toBe(true)
  })

  test('a file on its way to somebody who is disabled breaks off', async () => {
    const user = await server.given.user({ grants: ['import.run'] })
    const stored = await upload(server.as(user), new Uint8Array(16_000_000).fill(48))
    const reader = await startReading(urlOf(files.download, { id: stored.id }), { authorization: `Bearer ${user.apiKey}` })
    await server.owner`update users set disabled_at = now() where id = ${user.id}`
    await sleep(longest)
    const { bytes, whole } = await reader.finish()
    expect(whole).toBe(false)
    expect(bytes).toBeLessThan(8_000_000)
  })
})
