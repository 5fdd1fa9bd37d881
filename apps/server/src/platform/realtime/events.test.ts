import { setTimeout as sleep } from 'node:timers/promises'
import { events } from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { newId } from '../database/ids.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ roles: ['web'] })
})
afterAll(() => server.stop())

interface Heard {
  events: { event: string; data: Record<string, unknown> }[]
  ended: Promise<void>
  close(): void
}

/** Opens the stream and keeps what comes. */
async function listen(user: TestUser): Promise<Heard> {
  const abort = new AbortController()
  const response = await server.as(user).raw(events, {}, { signal: abort.signal })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(response.headers.get('x-request-id')).toBeTruthy()
  const heard: Heard['events'] = []
  const read = async () => {
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const parsed = /^event: (\w+)\ndata: (.+)$/.exec(block)
        if (parsed) heard.push({ event: parsed[1] ?? '', data: JSON.parse(parsed[2] ?? 'null') })
      }
    }
  }
  return { events: heard, ended: read().catch(() => {}), close: () => abort.abort() }
}

/** A job that somebody else's process runs: told of by notification alone. */
async function foreignJob(user: TestUser): Promise<{ id: string; tell(done: number, state?: string): Promise<void> }> {
  const id = newId()
  await server.owner`insert into job (id, kind, state, input, started_by) values (${id}, 'test', 'running', '{}', ${user.id})`
  return {
    id,
    tell: async (done, state = 'running') => {
      await server.owner`update job set done = ${done}, state = ${state}, finished_at = case when ${state} = 'running' then null else now() end where id = ${id}`
      await server.owner`select pg_notify('job_changed', ${`${id} ${user.id}`})`
    },
  }
}

const dones = (heard: Heard, id: string) =>
  heard.events.filter(({ event, data }) => event === 'job' && data['id'] === id).map(({ data }) => data['done'])

test('progress comes to whoever started the job and to those who manage jobs, and to nobody else', async () => {
  const [ana, ben, boss] = await Promise.all([
    server.given.user({ grants: ['job.read'] }),
    server.given.user({ grants: ['job.read'] }),
    server.given.user({ grants: ['job.read', 'job.manage'] }),
  ])
  const job = await foreignJob(ana)
  const streams = await Promise.all([ana, ben, boss].map(listen))
  const [anas, bens, bosss] = streams as [Heard, Heard, Heard]
  await expect.poll(() => dones(anas, job.id)).toEqual([0])
  await job.tell(5)
  await expect.poll(() => dones(anas, job.id)).toEqual([0, 5])
  await job.tell(9, 'done')
  await expect
    .poll(() => anas.events.find(({ event }) => event === 'notice')?.data)
    .toMatchObject({ type: 'job.done', job: { id: job.id } })
  expect(dones(bosss, job.id)).toEqual([5, 9])
  expect(bosss.events.some(({ event }) => event === 'notice')).toBe(false)
  expect(bens.events).toEqual([])
  for (const stream of streams) stream.close()
})

test.each([
  ['is disabled', (user: TestUser) => server.owner`update users set disabled_at = now() where id = ${user.id}`],
  ['loses the right', (user: TestUser) => server.owner`delete from user_role where user_id = ${user.id}`],
  ['has the key revoked', (user: TestUser) => server.owner`update api_key set revoked_at = now() where user_id = ${user.id}`],
])('a stream ends within a second when its person %s', async (_what, lose) => {
  const user = await server.given.user({ grants: ['job.read'] })
  const stream = await listen(user)
  await lose(user)
  const ended = await Promise.race([stream.ended.then(() => true), sleep(1000).then(() => false)])
  expect(ended).toBe(true)
})

test('whoever gains or loses a right hears of it within a second, and the stream stays', async () => {
  const user = await server.given.user({ grants: ['job.read', 'customer.read'] })
  const stream = await listen(user)
  await server.owner`update role set grants = '[{"right": "job.read", "scope": "all", "pool": false}]'
    where id = (select role_id from user_role where user_id = ${user.id})`
  await expect.poll(() => stream.events.some(({ event }) => event === 'rights'), { timeout: 1000 }).toBe(true)
  stream.close()
})

test('one person may have twenty streams and no more', async () => {
  const user = await server.given.user({ grants: ['job.read'] })
  const streams = await Promise.all(Array.from({ length: 20 }, () => listen(user)))
  expect(await refusal(listen(user))).toMatchObject({ status: 429, problem: 'too-many-requests' })
  for (const stream of streams) stream.close()
})

test('nobody listens without signing in', async () => {
  expect(await refusal(server.as(undefined).raw(events, {}))).toMatchObject({ status: 401 })
})
