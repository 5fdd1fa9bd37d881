import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { cutAtRowEnds } from './row-cutter.ts'
import { type EngineSession, marked, type WarehouseEngine } from './warehouse-engine.ts'
import {
  insertedFormat,
  isCutAtLines,
  isStreamable,
  literal,
  type QueryRequest,
  queryRequest,
  settingsStatement,
} from './warehouse-request.ts'

/** Rows inserted at once; a body up to this size is inserted wholly or not at all. */
const pieceBytes = 16 * 1024 * 1024
/** Of a body that cannot be cut into pieces. */
const wholeBytes = 512 * 1024 * 1024

/** Runs one request in a session of its own; a client that goes away ends its query. */
export async function answerQuery(
  engine: WarehouseEngine,
  address: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = queryRequest(address)
  const gone = new AbortController()
  response.once('close', () => {
    if (response.writableFinished) return
    gone.abort()
    void engine.cancel(query.id)
  })
  response.setHeader('X-ClickHouse-Query-Id', query.id)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  const format = insertedFormat(query.sql)
  // The statement, or the first of the rows, is read before a session is taken: a slow sender must not keep others waiting.
  const statement = format === undefined ? await readStatement(query, request) : undefined
  const rows = format === undefined ? undefined : await begun(piecesOf(request, format))
  await engine.inSession(async (session) => {
    if (query.database !== undefined) await session.query(`USE ${query.database}`, 'Null')
    const settings = settingsStatement(statement?.settings ?? query.settings)
    if (settings !== undefined) await session.query(settings, 'Null')
    if (gone.signal.aborted) return
    if (rows !== undefined) await insertRows(session, query, rows, response)
    else if (statement !== undefined) await sendResult(session, query, statement.sql, request, response)
  }, gone.signal)
}

interface Statement {
  readonly sql: string
  readonly settings: ReadonlyMap<string, string>
}

/** The statement stands in the address, in the body, or begins in one and goes on in the other; or both are a form's fields. */
async function readStatement({ sql, settings }: QueryRequest, request: IncomingMessage): Promise<Statement> {
  const parts: Buffer[] = []
  for await (const part of bodyOf(request)) parts.push(part)
  const body = Buffer.concat(parts)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) {
    return { sql: [sql, body.toString()].filter((part) => part !== '').join('\n'), settings }
  }
  const fields = await new Response(body, { headers: { 'content-type': type } }).formData()
  const texts = [...fields].map(([name, value]) => [name, String(value)] as const)
  return {
    sql: texts.find(([name]) => name === 'query')?.[1] ?? sql,
    settings: new Map([...settings, ...texts.filter(([name]) => /^param_\w+$/.test(name))]),
  }
}

function piecesOf(request: IncomingMessage, format: string): AsyncGenerator<Buffer> {
  return cutAtRowEnds(bodyOf(request), isCutAtLines(format) ? pieceBytes : Number.POSITIVE_INFINITY, wholeBytes)
}

/** An iteration whose first item is already there. */
interface Begun<T> {
  readonly first: IteratorResult<T>
  readonly rest: AsyncIterator<T>
}

async function begun<T>(items: AsyncIterable<T>): Promise<Begun<T>> {
  const rest = items[Symbol.asyncIterator]()
  return { first: await rest.next(), rest }
}

async function insertRows(
  session: EngineSession,
  query: QueryRequest,
  { first, rest }: Begun<Buffer>,
  response: ServerResponse,
): Promise<void> {
  const token = query.settings.get('insert_deduplication_token')
  let written = 0
  let pieces = 0
  for (let rows = first; rows.done !== true; rows = await rest.next()) {
    // Each piece is a block of its own: under one token the second would be taken for a repetition of the first.
    if (pieces > 0 && token !== undefined) {
      await session.query(`SET insert_deduplication_token = ${literal(`${token}-${pieces}`)}`, 'Null')
    }
    written += await session.insert(marked(query.sql, query.id), rows.value)
    pieces += 1
  }
  response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: '0', read_bytes: '0', written_rows: String(written) }))
  response.end()
}

async function sendResult(
  session: EngineSession,
  query: QueryRequest,
  sql: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isStreamable(sql, query.format)) return sendStream(session, query, sql, request, response)
  const result = await session.query(marked(sql, query.id), query.format)
  response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) }))
  await pipeline([Readable.from([result.bytes]), ...compression(query, request, response), response])
}

async function sendStream(
  session: EngineSession,
  query: QueryRequest,
  sql: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Not a byte is sent before the first chunk is there, so a statement that fails at once is refused in the ordinary way.
  const chunks = await begun(session.stream(marked(sql, query.id), query.format))
  const tag = randomBytes(8).toString('hex')
  response.setHeader('X-ClickHouse-Exception-Tag', tag)
  await pipeline([Readable.from(withException(chunks, tag), { objectMode: false }), ...compression(query, request, response), response])
}

/** Once the status is sent, an error can only be told at the end of the stream, in the frame clients look for. */
async function* withException({ first, rest }: Begun<Uint8Array>, tag: string): AsyncGenerator<Uint8Array> {
  try {
    for (let chunk = first; chunk.done !== true; chunk = await rest.next()) yield chunk.value
  } catch (error) {
    const message = `${(error as Error).message.trimEnd()}\n`
    const frame = `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`
    yield Buffer.from(frame)
  } finally {
    await rest.return?.()
  }
}

function compression(query: QueryRequest, request: IncomingMessage, response: ServerResponse): Transform[] {
  if (!query.compressed || !/\bgzip\b/.test(String(request.headers['accept-encoding']))) return []
  response.setHeader('Content-Encoding', 'gzip')
  return [createGzip({ level: 1 })]
}

function bodyOf(request: IncomingMessage): AsyncIterable<Buffer> {
  if (request.headers['content-encoding'] !== 'gzip') return request
  const unpacked = createGunzip()
  // A broken upload ends the reading loop with its error; this promise has nothing to add.
  pipeline(request, unpacked).catch(() => {})
  return unpacked
}
