import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as session from '@zhike/contract/platform/session.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authenticatorCode, browserSession } from '../browser-session.ts'
import { startTestServer, type TestServer, type TestUser } from '../harness.ts'
import { type Api, type Operation, readApi } from './api.ts'
import { apart, type Deed, deedsOf, prepared } from './deeds.ts'
import { type AnswerKind, looseCookie, unguarded } from './guards.ts'
import { figure, size } from './proof.ts'
import { type Sent, send } from './send.ts'
import { sessionOf } from './session-of.ts'
import { type WriteWatch, watchWrites } from './watch-writes.ts'

let webFolder: string
let server: TestServer
let admin: TestUser
let api: Api

beforeAll(async () => {
  webFolder = mkdtempSync(join(tmpdir(), 'web-'))
  mkdirSync(join(webFolder, 'assets'))
  writeFileSync(join(webFolder, 'index.html'), '<meta name="style-nonce" content="__CSP_NONCE__"><div id="root">')
  for (const name of ['assets/main-abc.js', 'service-worker.js', 'manifest.webmanifest']) writeFileSync(join(webFolder, name), '{}')
  server = await startTestServer({ roles: ['web'], webFolder })
  admin = await server.given.administrator()
  api = await readApi(server.url)
})
afterAll(async () => {
  await server.stop()
  rmSync(webFolder, { recursive: true })
})

interface Raw {
  status: number
  headers: ReadonlyMap<string, string>
  text: string
}

/** Sends whatever a wire carries: methods and headers that `fetch` keeps to itself. Of a stream only the beginning is read. */
function sendRaw(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${url}${path}`,
      { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) } },
      (response) => {
        let text = ''
        const done = () => resolve({ status: response.statusCode ?? 0, headers: flat(response.headers), text })
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
          if (response.headers['content-type']?.startsWith('text/event-stream')) {
            done()
            outgoing.destroy()
          }
        })
        response.on('end', done)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const flat = (headers: IncomingHttpHeaders) =>
  new Map(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join('\n') : (value ?? '')]))

const somewhere = (path: string) => `/api/v1${path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000001')}`
const bearer = () => ({ authorization: `Bearer ${admin.apiKey}` })
const kindOf = (path: string): AnswerKind => (path.startsWith('/api') ? 'api' : 'page')

describe('G06: every answer carries the headers that guard it', () => {
  test('of every operation, whether it succeeds, fails or is refused', async () => {
    const wrong: string[] = []
    let answers = 0
    for (const { name, method, path } of api.operations) {
      const json = { 'content-type': 'application/json' }
      const variants: Parameters<typeof sendRaw>[2][] = [
        { headers: bearer() },
        {},
        ...(method === 'GET'
          ? []
          : [
              { headers: { ...bearer(), ...json }, body: '{"nobody knows": 1}' },
              { headers: { ...bearer(), ...json }, body: '{' },
              { headers: { ...bearer(), 'content-type': 'text/xml' }, body: '<a/>' },
            ]),
      ]
      for (const each of variants) {
        const { status, headers } = await sendRaw(server.url, somewhere(path), { method, ...each })
        answers++
        wrong.push(...unguarded(headers, 'api').map((fault) => `${name} ${status}: ${fault}`))
        if (status !== 204 && !headers.has('content-type')) wrong.push(`${name} ${status}: no content-type`)
      }
    }
    figure('G06', 'answers of operations', answers)
    expect(wrong.slice(0, 20)).toEqual([])
  })

  test('of pages, files, machines’ questions, and of everything that is not there', async () => {
    const long = 'x'.repeat(300)
    const asked: [string, number, Parameters<typeof sendRaw>[2]?][] = [
      ['/', 200],
      ['/customers/C-000001?tab=history', 200],
      ['/no/such/page', 200],
      ['/', 200, { method: 'HEAD' }],
      ['/', 404, { method: 'POST', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      ['/', 404, { method: 'TRACE' }],
      ['/', 404, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } }],
      ['/assets/gone.js', 404],
      ['/%zz', 404],
      ['/api/v1/%zz', 404],
      ['/api/v1/nothing', 404],
      [`/api/v1/customers/${long}`, 404],
      ['/api/v1/session', 404, { method: 'TRACE' }],
      ['/api/v1/session', 404, { method: 'HEAD' }],
      [
        '/api/v1/customers',
        404,
        { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } },
      ],
      [
        '/api/v1/customers',
        413,
        { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: ' '.repeat(2_200_000) },
      ],
      ['/api/v1/customers', 415, { method: 'POST', headers: { ...bearer(), 'content-type': 'text/plain' }, body: 'x' }],
      ['/healthz', 200],
      ['/readyz', 200],
      ['/metrics', 200],
      ['/metrics', 401, { headers: { 'x-forwarded-for': '192.0.2.1' } }],
    ]
    const wrong: string[] = []
    for (const [path, expected, each] of asked) {
      const { status, headers } = await sendRaw(server.url, path, each)
      if (status !== expected) wrong.push(`${each?.method ?? 'GET'} ${path}: ${status}`)
      wrong.push(...unguarded(headers, kindOf(path)).map((fault) => `${each?.method ?? 'GET'} ${path} ${status}: ${fault}`))
    }
    for (const path of ['/assets/main-abc.js', '/service-worker.js', '/manifest.webmanifest']) {
      wrong.push(...unguarded((await sendRaw(server.url, path)).headers, 'file').map((fault) => `${path}: ${fault}`))
    }
    expect(wrong).toEqual([])
  })

  test('while the engines are away, too', async () => {
    const waiting = await startTestServer({ roles: ['web'], webFolder, enginesUp: () => false })
    for (const path of ['/api/v1/session', '/', '/no/such/page']) {
      const { status, headers } = await sendRaw(waiting.url, path)
      expect({ path, status, faults: unguarded(headers, kindOf(path)) }).toEqual({
        path,
        status: path === '/api/v1/session' ? 503 : 200,
        faults: [],
      })
    }
    await waiting.stop()
  })

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['headers beyond measure', `GET / HTTP/1.1\r\nhost: a\r\nx-a: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /api/v1/session HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ])('%s: refused without a word about the program', async (_what, text, status) => {
    const answer = await overTheWire(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).not.toMatch(/^(?:server|x-powered-by):|text\/html|node|fastify/im)
  })
})

/** What the server says to bytes. */
function overTheWire(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    socket.on('end', () => resolve(answer)).on('error', reject)
  })
}

describe('G06: cookies', () => {
  test.each([
    ['http://crm.example.com', false],
    ['https://crm.example.com', true],
  ])('reached as %s, nothing but this host over its own connection gets them, and no script', async (publicUrl, secure) => {
    const own = await startTestServer({ roles: ['web'], publicUrl })
    const password = 'lantern otter 92 quill'
    const boss = own.as(await own.given.administrator())
    const { user, invitation } = await boss(users.invite, { body: { name: 'Ana', email: 'ana@test.invalid', roleIds: [], teamIds: [] } })
    const visit = browserSession(own.url)
    await visit.call(session.useLink, { body: { token: new URL(invitation.url).hash.slice(1), password } })
    await visit.call(session.signIn, { body: { email: user.email, password } })
    const { secret } = await visit.call(session.enrolSecondFactor, { body: { password } })
    await visit.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
    const again = browserSession(own.url)
    await again.call(session.signIn, { body: { email: user.email, password } })
    await again.call(session.secondFactor, { body: { code: authenticatorCode(secret, 1) } })
    await visit.call(session.signOut, {})
    const lines = [...visit.lines, ...again.lines]
    const names = new Set(lines.map((line) => line.slice(0, line.indexOf('='))))
    expect([...names].map((name) => name.replace(/^__(?:Host|Secure)-/, '')).toSorted()).toEqual([
      'zhike_device',
      'zhike_second_factor',
      'zhike_session',
    ])
    expect(lines.flatMap((line) => looseCookie(line, secure))).toEqual([])
    expect(visit.cookies.has(secure ? '__Host-zhike_session' : 'zhike_session')).toBe(false)
    await own.stop()
  })
})

describe('G06: no foreign page makes a browser change anything', () => {
  let changing: readonly Operation[]
  let deeds: Record<string, Deed>
  let writes: WriteWatch
  let cookie: string
  let elsewhere: Record<string, string>[]

  beforeAll(async () => {
    changing = api.operations.filter(({ method, name }) => method !== 'GET' && !(name in apart))
    deeds = deedsOf(server, admin)
    cookie = (await sessionOf(server, admin)).cookie
    await server.app.sync.rebuild()
    writes = await watchWrites(server.owner)
    const { host, port } = new URL(server.url)
    elsewhere = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      { origin: 'https://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { origin: `http://shop.${host}`, 'sec-fetch-site': 'same-site' },
      // The same host over a line that somebody else has a hand in, and another program on the same machine.
      { origin: `https://${host}`, 'sec-fetch-site': 'cross-site' },
      { origin: `http://${host}`, 'sec-fetch-site': 'same-site' },
      { origin: `http://127.0.0.1:${Number(port) + 1}`, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: `${server.url}.evil.example` },
      { origin: `http://evil.example/#${host}` },
      { origin: `http://${host}@evil.example` },
      { origin: '' },
    ]
  })

  /** As the visitor’s browser sends it, wherever the page is from: with their cookie, which stands for them. */
  function ridden(headers: Record<string, string> = {}): Record<string, string> {
    const apartFrom = new Set(['authorization', 'sec-fetch-site'])
    return { cookie, ...Object.fromEntries(Object.entries(headers).filter(([name]) => !apartFrom.has(name))) }
  }

  /** What a form, or a script that does not look at the answer, makes of a body: no more than these types need no leave. */
  function simpleBodies(body: unknown): { type: string | undefined; text: string }[] {
    const json = body === undefined || body instanceof FormData ? '{}' : JSON.stringify(body)
    const pairs = Object.entries(JSON.parse(json) as object).map(([name, value]): [string, string] => [name, String(value)])
    const part = (name: string, value: string, more = '') =>
      `--edge\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
    return [
      { type: 'text/plain', text: json },
      { type: 'text/plain; charset=application/json', text: json.replace(/\}$/, ',"=":""}') },
      { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(pairs).toString() },
      {
        type: 'multipart/form-data; boundary=edge',
        text: `${pairs.map(([name, value]) => part(name, value)).join('')}${part('file', '姓名\n王', '; filename="a.csv"')}--edge--\r\n`,
      },
      { type: undefined, text: json },
      { type: undefined, text: '' },
    ]
  }

  const rawBody = ({ body }: Sent) => (body === undefined || body instanceof FormData ? {} : { body: JSON.stringify(body) })

  test('whatever it sends, in whoever’s name, from wherever it says it comes', { timeout: size(120_000, 3_600_000) }, async () => {
    const wrong: string[] = []
    let tried = 0
    for (const { name, method } of changing) {
      const sent = await prepared(name, deeds[name] as Deed)
      const path = `/api/v1${sent.path}`
      await writes.take()
      const own = ridden(sent.headers)
      const attack = async (what: string, each: NonNullable<Parameters<typeof sendRaw>[2]>) => {
        const { status, headers } = await sendRaw(server.url, path, each)
        tried++
        if (status < 400 || headers.has('set-cookie')) wrong.push(`${name} ${what} ${JSON.stringify(each.headers)}: ${status}`)
      }
      for (const [i, from] of elsewhere.entries()) {
        const forms = simpleBodies(sent.body).filter((_, j) => (tried + i + j) % size(6, 1) === 0)
        for (const { type, text } of forms) {
          await attack('form', { method: 'POST', body: text, headers: { ...own, ...from, ...(type ? { 'content-type': type } : {}) } })
        }
        // As if the browser had been made to send what it asks leave for.
        await attack('script', { method, ...rawBody(sent), headers: { ...own, ...from, 'content-type': 'application/json' } })
      }
      // What anybody may make a browser fetch stays a reading, whatever it says it means.
      for (const override of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
        await sendRaw(server.url, path, { headers: { ...own, [override]: method } })
        await sendRaw(server.url, `${path}?_method=${method}`, { headers: own })
      }
      const { audit_event: _events, ...written } = await writes.take()
      if (Object.keys(written).length > 0) wrong.push(`${name}: wrote ${JSON.stringify(written)}`)
      // And it was no empty threat: from our own page the same is done.
      const { status, text } = await send(server.url, { ...sent, headers: { ...own, 'sec-fetch-site': 'same-origin' } })
      if (status >= 300) wrong.push(`${name}: from our own page ${status} ${text.slice(0, 200)}`)
    }
    figure('G06', 'requests of foreign pages', tried)
    expect(wrong.slice(0, 20)).toEqual([])
  })
})
