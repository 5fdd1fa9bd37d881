import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Problem } from './problem.ts'

const noncePlace = '__CSP_NONCE__'

/**
 * Serves the built web app: its files under their own names, `index.html` for every other address that is not the API's, so
 * that each page of the app has a link. To be called before the server listens.
 * @param distFolder what `vite build` wrote; while it is not there, pages answer 503 and say what to do
 */
export async function registerWebApp(app: FastifyInstance, distFolder: string): Promise<void> {
  const indexFile = join(distFolder, 'index.html')
  if (!existsSync(indexFile)) {
    app.get('/*', (request, reply) => {
      if (belongsToApi(request.url)) throw new Problem('page-not-found')
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The web app has not been built: run “npm run build”, then start again.\n')
    })
    return
  }
  const page = readFileSync(indexFile, 'utf8')
  const files = filesIn(distFolder)
  await app.register(fastifyStatic, { root: distFolder, serve: false, preCompressed: true, decorateReply: true })
  app.get('/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const name = path.slice(1)
    if (files.has(name)) return sendFile(reply, name)
    // A file of an earlier build is gone, not a page; and the API answers for itself.
    if (belongsToApi(path) || name.startsWith('assets/')) throw new Problem('page-not-found')
    return sendPage(reply, page)
  })
}

const belongsToApi = (path: string) => path === '/api' || path.startsWith('/api/')

function filesIn(folder: string): Set<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return new Set(names.filter((name) => name !== 'index.html'))
}

/** Files under `assets/` carry a hash of their content in their names: they never change. The service worker names those of a build. */
function sendFile(reply: FastifyReply, name: string): FastifyReply {
  const hashed = name.startsWith('assets/')
  return reply.sendFile(name, hashed ? { maxAge: '365d', immutable: true } : { maxAge: name === 'service-worker.js' ? 0 : '1h' })
}

/**
 * The page with a nonce of its own: the components make their styles at run time, and the policy allows no other inline
 * style.
 */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(18).toString('base64')
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  return reply
    .header('content-security-policy', policy.replace(/style-src ('self')/, `style-src $1 'nonce-${nonce}'`))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replace(noncePlace, nonce))
}
