import { createRequire } from 'node:module'
import { Session } from 'chdb'

/** The column engine inside this process. Every request gets a session of its own, so no setting or value outlives it. */
export interface WarehouseEngine {
  /** Runs `work` in a fresh session; waits while too many run. */
  inSession<T>(work: (session: EngineSession) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Ends the queries marked with an id, wherever they are. */
  cancel(queryId: string): Promise<void>
  close(): Promise<void>
}

interface EngineResult {
  readonly bytes: Uint8Array
  readonly rowsRead: number
  readonly bytesRead: number
}

export interface EngineSession {
  query(sql: string, format: string): Promise<EngineResult>
  /** Streams the result; formats without head and foot only, as each chunk is written by itself. */
  stream(sql: string, format: string): AsyncIterable<Uint8Array>
  /** @returns rows written, those of materialized views included */
  insert(statement: string, rows: Buffer): Promise<number>
}

/** The native side of the pinned chdb, which takes rows as bytes of any format; the typed one knows only text formats. */
interface Native {
  InsertRawAsyncConnection(connection: unknown, statement: string, rows: Buffer, countLines: boolean): Promise<{ rowsWritten: number }>
}

const chdb = createRequire(import.meta.url).resolve('chdb')
const native = (createRequire(chdb)('./dist/loader.js') as { loadNative: () => Native }).loadNative()

/** Fewer than the threads of the pool, so that cancelling always finds one. */
const concurrent = 12
const megabyte = 1024 * 1024

/** @param memoryLimit bytes for all queries together; one may take four fifths of it, and spills to disk from a third on */
export async function openWarehouse(folder: string, memoryLimit: number): Promise<WarehouseEngine> {
  const defaults = {
    max_execution_time: 600,
    max_memory_usage: Math.round(memoryLimit * 0.8),
    max_bytes_before_external_group_by: Math.round(memoryLimit / 3),
    max_bytes_before_external_sort: Math.round(memoryLimit / 3),
  }
  const connectionArgs = [
    `--max_server_memory_usage=${Math.round(memoryLimit)}`,
    `--mark_cache_size=${64 * megabyte}`,
    ...Object.entries(defaults).map(([name, value]) => `--${name}=${value}`),
  ]
  const keeper = new Session(folder, { connectionArgs })
  const admin = new Session(folder, { connectionArgs })
  await admin.queryAsync('select 1')
  const slots = limitedTo(concurrent)
  const running = new Set<Promise<unknown>>()

  const inSession = async <T>(work: (session: EngineSession) => Promise<T>, signal: AbortSignal): Promise<T> => {
    const leave = await slots.enter(signal)
    const session = new Session(folder, { connectionArgs })
    const done = work(engineSession(session))
    const settled = done.then(
      () => {},
      () => {},
    )
    running.add(settled)
    try {
      return await done
    } finally {
      running.delete(settled)
      session.close()
      leave()
    }
  }
  return {
    inSession,
    cancel: async (queryId) => {
      await admin.queryAsync(`KILL QUERY WHERE startsWith(query, '${queryMark(queryId)}') ASYNC`).catch(() => {})
    },
    close: async () => {
      await admin.queryAsync(`KILL QUERY WHERE startsWith(query, '${queryMark('')}') ASYNC`).catch(() => {})
      await Promise.all(running)
      admin.close()
      keeper.close()
    },
  }
}

/** Written before a statement; the engine gives embedded queries ids of its own. */
export function marked(sql: string, queryId: string): string {
  return `${queryMark(queryId)} */ ${sql}`
}

/** Without anything that could end the comment or a literal around it. */
function queryMark(queryId: string): string {
  const id = queryId.replaceAll(/[^\w-]/g, '')
  return id === '' ? '/* query ' : `/* query ${id}`
}

function engineSession(session: Session): EngineSession {
  return {
    query: async (sql, format) => {
      const result = await session.queryAsync(sql, { format })
      return { bytes: result.bytes(), rowsRead: result.rowsRead, bytesRead: result.bytesRead }
    },
    stream: async function* (sql, format) {
      for await (const chunk of session.queryStream(sql, { format })) yield chunk.raw()
    },
    insert: async (statement, rows) => {
      const { rowsWritten } = await native.InsertRawAsyncConnection(session.connection, statement, rows, false)
      return rowsWritten
    },
  }
}

interface Slots {
  enter(signal: AbortSignal): Promise<() => void>
}

/** Lets `most` in at a time, in the order they came. */
function limitedTo(most: number): Slots {
  let inside = 0
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) inside -= 1
    else next()
  }
  return {
    enter: async (signal) => {
      if (inside < most) inside += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      if (!signal.aborted) return leave
      leave()
      throw new Error('The client went away')
    },
  }
}
