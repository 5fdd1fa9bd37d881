import { registerHooks } from 'node:module'
import type { default as Postgres } from 'postgres'

const library = /\/node_modules\/postgres\/src\/(connection|index)\.js$/

const place = Symbol.for('zhike.postgres-client')

interface Repair {
  of: string
  by: string
  times: number
}

/**
 * A transaction whose opening begins with these words is not waited for: what it asks first goes out in the same write. Only for
 * connections that may write nothing outside a transaction, because these statements run even if the opening fails.
 */
export const aheadOpening = 'begin read write;'

/** The code of the error by which a statement is refused that comes after the end of its transaction has been sent. */
export const transactionEnded = 'ZHIKE_TRANSACTION_ENDED'

/**
 * Of index.js: a transaction may be opened by more than `begin`, its end may be sent before the answers are there (`endAhead`), and
 * what it asks after it has ended or been lost is refused.
 */
function transactionRepairs(): Repair[] {
  const begin = "      await sql.unsafe('begin ' + options.replace(/[^a-z ]/ig, ''), [], { onexecute }).execute()\n"
  const ahead = `      const ahead = options.startsWith('${aheadOpening}')
      const text = options.startsWith('begin') ? options : 'begin ' + options.replace(/[^a-z ]/ig, '')
      await new Promise((resolve, reject) => {
        const opening = sql.unsafe(text, [], { onexecute: c => { onexecute(c); ahead && resolve() } })
        opening.then(resolve, e => { lost = e; reject(e) })
        opened = opening
      })
      ahead && move(connection, reserved)
`
  const scope = '        scope(connection, fn),\n'
  const handler = '      function handler(q) {\n        q.catch(e => uncaughtError || (uncaughtError = e))\n'
  const closed = '        new Promise((_, reject) => connection.onclose = reject)\n'
  const savepoint = '      sql.savepoint = savepoint\n'
  const rollback = '          : sql`rollback`\n'
  const commit = '          : await sql`commit`\n'
  const refuse = `if (lost || ended && q !== ended) return q.reject(lost || Object.assign(new Error('The end of this transaction has been sent'), { code: '${transactionEnded}' }))\n`
  const names = '    let savepoints = 0\n      , connection\n      , prepare = null\n'
  return [
    { of: names, by: `${names}      , opened\n      , lost\n      , ended\n`, times: 1 },
    { of: begin, by: ahead, times: 1 },
    { of: savepoint, by: `${savepoint}      sql.endAhead = () => { if (!lost) (ended = sql\`commit\`).catch(() => {}) }\n`, times: 1 },
    { of: rollback, by: '          : ended ? ended.catch(() => {}) : sql`rollback`\n', times: 1 },
    { of: commit, by: '          : await (ended || sql`commit`)\n', times: 1 },
    // No commit before the opening is known to be good.
    { of: scope, by: '        scope(connection, async sql => { const x = await fn(sql); await opened; return x }),\n', times: 1 },
    { of: handler, by: `${handler}        ${refuse}`, times: 1 },
    { of: closed, by: '        new Promise((_, reject) => connection.onclose = e => { lost = e; reject(e) })\n', times: 1 },
  ]
}

/** Of connection.js. */
function connectionRepairs(): Repair[] {
  // What was given to the dead connection fails; what waits for the next one (`initial`) does not.
  const fail =
    "const lost = Errors.connection('CONNECTION_CLOSED', options); query && queryError(query, lost); " +
    'while (sent.length) queryError(sent.shift(), lost); query = results = errorResponse = null'
  const forget = 'chunk = nextWriteTimer = null'
  const clear = '    clearImmediate(nextWriteTimer)\n'
  const write = '    const x = socket.write(chunk, fn)\n'
  const reconnect = '    if (initial)\n      return reconnect()\n'
  const types = '        return fetchArrayTypes()\n'
  // A kilobyte is less than the settings of one transaction: what is asked in one turn goes out in one write.
  const early = 'if (fn || chunk.length >= 1024)\n'
  return [
    { of: early, by: 'if (fn || chunk.length >= 16384)\n', times: 1 },
    { of: clear, by: `${clear}    ${forget}\n`, times: 2 },
    { of: write, by: `    if (socket === null) { clearImmediate(nextWriteTimer); ${forget}; ${fail}; return false }\n${write}`, times: 1 },
    { of: reconnect, by: `    stream && (stream.destroy(), stream = null); ${fail}\n${reconnect}`, times: 1 },
    { of: types, by: '        return fetchArrayTypes().catch(() => {})\n', times: 1 },
  ]
}

/** This file may be read twice in one process, as test runners do; the library is loaded, and repaired, once. */
const loadedOnce = globalThis as { [place]?: typeof Postgres }

async function loadRepaired(): Promise<typeof Postgres> {
  if (loadedOnce[place]) return loadedOnce[place]
  let repaired = 0
  const hooks = registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      const file = library.exec(url)?.[1]
      if (file === undefined) return loaded
      repaired += 1
      return { ...loaded, source: repair(textOf(loaded.source), file === 'index' ? transactionRepairs() : connectionRepairs()) }
    },
  })
  try {
    const { default: postgres } = await import('postgres')
    if (repaired !== 2) throw new Error('The PostgreSQL client was loaded before it could be repaired: take it from postgres-client.ts')
    loadedOnce[place] = postgres
    return postgres
  } finally {
    hooks.deregister()
  }
}

const textOf = (source: unknown) => (typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array))

/** @throws Error when another version of the library is installed than the one this was written for */
function repair(source: string, repairs: readonly Repair[]): string {
  return repairs.reduce((text, { of, by, times }) => {
    if (text.split(of).length - 1 !== times) throw new Error('The PostgreSQL client has changed: look whether it still needs its repair')
    return text.replaceAll(of, by)
  }, source)
}

/**
 * The client library, repaired while it is loaded, as long as version 3.4.9 (its issues 1154, 1208) does this when PostgreSQL
 * dies under it: it writes to the socket of the connection that has just closed, from a timer, where nobody can catch the
 * error, so that our process dies too; a failed question for the array types does the same; a connection that closed with
 * something yet to be written never writes again; and the first query of the next connection gets the last one's error. And a
 * transaction costs as few writes as it can, because a write that wakes PostgreSQL is the dearest thing a small request does.
 * Everybody who needs the client takes it from here.
 */
export const openPostgres: typeof Postgres = await loadRepaired()
