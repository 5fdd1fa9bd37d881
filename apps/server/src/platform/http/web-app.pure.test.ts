import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from './problem.ts'
import { registerWebApp } from './web-app.ts'

let folder: string
let app: FastifyInstance

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'web-app-'))
  app = Fastify()
  app.addHook('onRequest', async (_, reply) => void reply.header('content-security-policy', "default-src 'none'; style-src 'self'"))
  app.setErrorHandler((error, _, reply) => void reply.code(error instanceof Problem ? error.status : 500).send())
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

function build() {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<meta name="style-nonce" content="__CSP_NONCE__"><div id="root">')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'let plain')
  writeFileSync(join(folder, 'assets', 'main-abc.js.br'), 'squeezed')
  return registerWebApp(app, folder)
}
const get = (url: string, headers = {}) => app.inject({ url, headers })

test('every address that is not a file or the API is a page of the app, each visit with its own nonce', async () => {
  await build()
  const first = await get('/customers/C-000001?tab=history')
  const second = await get('/')
  const nonceOf = (reply: typeof first) => /content="([^"]+)"/.exec(reply.body)?.[1]
  expect(first).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })
  expect(first.headers['content-security-policy']).toBe(`default-src 'none'; style-src 'self' 'nonce-${nonceOf(first)}'`)
  expect(nonceOf(first)).not.toBe(nonceOf(second))
})

test('a file whose name carries its hash is kept for a year, compressed for who can read it', async () => {
  await build()
  expect(await get('/assets/main-abc.js')).toMatchObject({
    body: 'let plain',
    headers: { 'cache-control': 'public, max-age=31536000, immutable' },
  })
  const squeezed = await get('/assets/main-abc.js', { 'accept-encoding': 'br' })
  expect(squeezed).toMatchObject({ body: 'squeezed', headers: { 'content-encoding': 'br' } })
  expect(squeezed.headers['content-type']).toMatch(/javascript/)
})

test('a file of an earlier build and an unknown address of the API are not pages', async () => {
  await build()
  expect((await get('/assets/main-old.js')).statusCode).toBe(404)
  expect((await get('/api/v1/nothing')).statusCode).toBe(404)
  expect((await get('/..%2f..%2fetc%2fpasswd')).headers['content-type']).toMatch(/html/)
})

test('without a build, pages say what to do', async () => {
  await registerWebApp(app, folder)
  const reply = await get('/')
  expect(reply.statusCode).toBe(503)
  expect(reply.body).toMatch(/npm run build/)
})
