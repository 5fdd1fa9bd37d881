import { registerHooks } from 'node:module'
import type { default as Postgres } from 'postgres'

const library = /\/node_modules\/postgres\/src\/connection\.js$/

const place = Symbol.for('zhike.postgres-client')

interface Repair {
  of: string
  by: string
  times: number
}

function repairs(): Repair[] {
  // What was given to the dead connection fails; what waits for the next one (`initial`) does not.
  const fail =
    "const lost = Errors.connection('CONNECTION_CLOSED', options); query && queryError(query, lost); " +
    'while (sent.length) queryError(sent.shift(), lost); query = results = errorResponse = null'
  const forget = 'chunk = nextWriteTimer = null'
  const clear = '    clearImmediate(nextWriteTimer)\n'
  const write = '    const x = socket.write(chunk, fn)\n'
  const reconnect = '    if (initial)\n      return reconnect()\n'
  const types = '        return fetchArrayTypes()\n'
  return [
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
  let repaired = false
  const hooks = registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!library.test(url)) return loaded
      repaired = true
      return { ...loaded, source: repair(textOf(loaded.source)) }
    },
  })
  try {
    const { default: postgres } = await import('postgres')
    if (!repaired) throw new Error('The PostgreSQL client was loaded before it could be repaired: take it from postgres-client.ts')
    loadedOnce[place] = postgres
    return postgres
  } finally {
    hooks.deregister()
  }
}

const textOf = (source: unknown) => (typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array))

/** @throws Error when another version of the library is installed than the one this was written for */
function repair(source: string): string {
  return repairs().reduce((text, { of, by, times }) => {
    if (text.split(of).length - 1 !== times) throw new Error('The PostgreSQL client has changed: look whether it still needs its repair')
    return text.replaceAll(of, by)
  }, source)
}

/**
 * The client library, repaired while it is loaded, as long as version 3.4.9 (its issues 1154, 1208) does this when PostgreSQL
 * dies under it: it writes to the socket of the connection that has just closed, from a timer, where nobody can catch the
 * error, so that our process dies too; a failed question for the array types does the same; a connection that closed with
 * something yet to be written never writes again; and the first query of the next connection gets the last one's error.
 * Everybody who needs the client takes it from here.
 */
export const openPostgres: typeof Postgres = await loadRepaired()
