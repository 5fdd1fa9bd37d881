import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerQuery } from './warehouse-answer.ts'
import type { WarehouseEngine } from './warehouse-engine.ts'

/** Long lists of values travel in the address. */
const maxHeaderSize = 4 * 1024 * 1024

/**
 * Answers the HTTP protocol of ClickHouse on loopback, as far as its clients use it for queries, commands and inserts.
 * @param options.port 0 takes any free one
 * @returns the port
 */
export async function serveWarehouse(engine: WarehouseEngine, options: { password: string; port: number }): Promise<number> {
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 30_000, requestTimeout: 0 }, (request, response) => {
    void answer(engine, options.password, request, response)
  })
  await listen(server, options.port)
  return (server.address() as AddressInfo).port
}

/** A former life's connections may still hold the port for a moment. */
async function listen(server: Server, port: number): Promise<void> {
  const until = performance.now() + 8000
  for (;;) {
    const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve)
      server.listen(port, '127.0.0.1', () => resolve(undefined))
    })
    server.removeAllListeners('error')
    if (problem === undefined) return
    if (problem.code !== 'EADDRINUSE' || performance.now() > until) throw problem
    await sleep(100)
  }
}

async function answer(engine: WarehouseEngine, password: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://warehouse')
    if (url.pathname === '/ping') return void response.end('Ok.\n')
    if (!isAllowed(request, password)) throw new Error('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)')
    await answerQuery(engine, url.searchParams, request, response)
  } catch (error) {
    refuse(response, (error as Error).message)
  }
}

function isAllowed({ headers }: IncomingMessage, password: string): boolean {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1]
  const given =
    basic === undefined
      ? headers['x-clickhouse-key']
      : Buffer.from(basic, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
  const [a, b] = [Buffer.from(String(given ?? '')), Buffer.from(password)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** As the server of ClickHouse chooses them: authentication, unknown things, time and memory, the rest. */
const statusOfCode: Readonly<Record<string, number>> = { 516: 401, 60: 404, 81: 404, 115: 404, 159: 408, 241: 500 }

function refuse(response: ServerResponse, message: string): void {
  if (response.headersSent) return void response.destroy()
  const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002'
  response.statusCode = statusOfCode[code] ?? 400
  response.setHeader('X-ClickHouse-Exception-Code', code)
  // What is left of a body we did not read would be taken for the next request.
  response.setHeader('Connection', 'close')
  response.end(message.endsWith('\n') ? message : `${message}\n`)
}
