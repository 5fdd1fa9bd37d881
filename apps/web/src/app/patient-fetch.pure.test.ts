import { expect, test, vi } from 'vitest'
import { createPatientFetch, type Patience } from './patient-fetch.ts'

const problem = (name: string, status: number) => new Response(JSON.stringify({ type: `/problems/${name}`, title: '', status }), { status })
const good = () => new Response('{}')

function patient(answers: readonly (() => Response)[], wish: Partial<Patience> = {}) {
  const left = [...answers]
  const fetch = vi.fn<typeof globalThis.fetch>(async () => left.shift()!())
  const patience: Patience = {
    fetch,
    connectionLost: vi.fn<Patience['connectionLost']>(async () => {}),
    isSignedIn: () => true,
    signedInAgain: vi.fn<Patience['signedInAgain']>(async () => true),
    pause: async () => {},
    newKey: () => 'key',
    ...wish,
  }
  return { call: createPatientFetch(patience), fetch, patience }
}
const unreachable = () => {
  throw new TypeError('Failed to fetch')
}

test('a request that the server never got is made again when it answers, with the same key', async () => {
  const { call, fetch, patience } = patient([unreachable, good])
  expect((await call('/api/v1/customers', { method: 'POST', body: '{}' })).ok).toBe(true)
  expect(patience.connectionLost).toHaveBeenCalledOnce()
  expect(fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('idempotency-key'))).toEqual(['key', 'key'])
})

test('a request without a session waits for the same person and is made again', async () => {
  const { call, fetch } = patient([() => problem('not-signed-in', 401), good])
  expect((await call('/api/v1/customers')).ok).toBe(true)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('when somebody else signs in, the request is not made in their name', async () => {
  const { call, fetch } = patient([() => problem('not-signed-in', 401)], { signedInAgain: async () => false })
  expect((await call('/api/v1/customers')).status).toBe(401)
  expect(fetch).toHaveBeenCalledOnce()
})

test('who was never inside is told at once; so is who gave a wrong password', async () => {
  expect((await patient([() => problem('not-signed-in', 401)], { isSignedIn: () => false }).call('/api/v1/session')).status).toBe(401)
  expect((await patient([() => problem('sign-in-failed', 401)]).call('/api/v1/session', { method: 'POST' })).status).toBe(401)
})

test('while the engines start, a request waits; a refusal for another reason is an answer', async () => {
  expect((await patient([() => problem('engine-away', 503), good]).call('/')).ok).toBe(true)
  expect((await patient([() => problem('edit-conflict', 412)]).call('/')).status).toBe(412)
})

test('nobody waits for an answer that is not wanted any more', async () => {
  const abort = new AbortController()
  const { call } = patient([unreachable], {
    connectionLost: () => {
      setTimeout(() => abort.abort(new Error('left')))
      return new Promise(() => {})
    },
  })
  const waiting = call('/', { signal: abort.signal })
  await expect(waiting).rejects.toThrow('left')
})
