import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { cutAtRowEnds } from './row-cutter.ts'
import { type EngineSession, marked, type WarehouseEngine } from './warehouse-engine.ts'
import { type QueryRequest, queryRequest, settingsStatement } from './warehouse-request.ts'

export interface WarehouseHttp {
  readonly port: number
}

/** Rows inserted at once; a body up to this size is inserted wholly or not at all. */
const pieceBytes = 16 * 1024 * 1024
/** Long lists of values travel in the address. */
const maxHeaderSize = 4 * 1024 * 1024

/** Answers the HTTP protocol of ClickHouse on loopback, as far as its clients use it for queries, commands and inserts. */
export async function serveWarehouse(engine: WarehouseEngine, options: { password: string; port: number }): Promise<WarehouseHttp> {
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 30_000, requestTimeout: 0 }, (request, response) => {
    void answer(engine, options.password, request, response)
  })
  const until = performance.now() + 5000
  for (;;) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(options.port, '127.0.0.1', () => resolve())
      })
      break
    } catch (error) {
      // The former life's connections may still hold the port for a moment.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || performance.now() > until) throw error
      await sleep(100)
    }
  }
  return { port: (server.address() as AddressInfo).port }
}

async function answer(engine: WarehouseEngine, password: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://warehouse')
    if (url.pathname === '/ping') return void response.end('Ok.\n')
    if (!isAllowed(request, password)) throw new Error('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)')
    await runRequest(engine, queryRequest(url.searchParams), request, response)
  } catch (error) {
    fail(response, (error as Error).message)
  }
}

function isAllowed(request: IncomingMessage, password: string): boolean {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const given =
    basic === undefined
      ? request.headers['x-clickhouse-key']
      : Buffer.from(basic, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
  const [a, b] = [Buffer.from(String(given ?? '')), Buffer.from(password)]
  return a.length === b.length && timingSafeEqual(a, b)
}

async function runRequest(engine: WarehouseEngine, query: QueryRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => {
    if (response.writableFinished) return
    gone.abort()
    void engine.cancel(query.id)
  })
  response.setHeader('X-ClickHouse-Query-Id', query.id)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  await engine.inSession(async (session) => {
    if (query.database !== undefined) await session.query(`USE ${query.database}`, 'Null')
    const settings = settingsStatement(query)
    if (settings !== undefined) await session.query(settings, 'Null')
    if (query.insertsBody) await insertBody(session, query, request, response, gone.signal)
    else await select(session, query, request, response)
  }, gone.signal)
}

async function insertBody(
  session: EngineSession,
  query: QueryRequest,
  request: IncomingMessage,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  let written = 0
  let pieces = 0
  const size = query.canBeCut ? pieceBytes : Number.POSITIVE_INFINITY
  for await (const rows of cutAtRowEnds(body(request), size)) {
    if (gone.aborted) return
    // Each piece is a block of its own: under one token the second would be taken for a repetition of the first.
    if (pieces > 0 && query.deduplicationToken !== undefined) {
      await session.query(`SET insert_deduplication_token = '${query.deduplicationToken}-${pieces}'`, 'Null')
    }
    written += await session.insert(marked(query.sql, query.id), rows)
    pieces += 1
  }
  response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: '0', read_bytes: '0', written_rows: String(written) }))
  response.end()
}

async function select(session: EngineSession, query: QueryRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of body(request)) parts.push(part)
  const sql = [query.sql, Buffer.concat(parts).toString()].filter((part) => part !== '').join('\n')
  const result = await session.query(marked(sql, query.id), query.format)
  response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) }))
  if (query.compressed && /\bgzip\b/.test(String(request.headers['accept-encoding']))) {
    response.setHeader('Content-Encoding', 'gzip')
    const gzip = createGzip({ level: 1 })
    gzip.pipe(response)
    gzip.end(result.bytes)
    return
  }
  response.end(result.bytes)
}

function body(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
}

function fail(response: ServerResponse, message: string): void {
  if (response.headersSent) return void response.destroy()
  const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002'
  response.statusCode = code === '516' ? 401 : code === '60' || code === '81' ? 404 : code === '159' ? 408 : 400
  response.setHeader('X-ClickHouse-Exception-Code', code)
  response.end(message.endsWith('\n') ? message : `${message}\n`)
}
