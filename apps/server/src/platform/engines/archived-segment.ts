import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

/**
 * One segment of the database's log of changes, into the archive or out of it; run by PostgreSQL (archive_command, restore_command).
 * Ended with 0 the segment is safe there, with 1 it is not, or there is none.
 */
const [task, from = '', to = ''] = process.argv.slice(2)

function store(): void {
  const segment = readFileSync(from)
  // Asked again after a crash; another segment of the same name belongs to another installation.
  if (existsSync(to)) {
    if (!gunzipSync(readFileSync(to)).equals(segment))
      throw new Error(`${to} holds another segment: is the archive another installation's?`)
    return
  }
  const part = `${to}.part`
  rmSync(part, { force: true })
  // A segment closed by the clock is mostly empty.
  writeFileSync(part, gzipSync(segment, { level: 1 }), { mode: 0o600, flush: true })
  renameSync(part, to)
  const folder = openSync(dirname(to), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function fetch(): void {
  const kept = compressed(from)
  if (!kept) process.exit(1)
  writeFileSync(to, gunzipSync(kept), { mode: 0o600 })
}

/** Undefined when it is not there. Not asked beforehand: access(2) knows nothing of the capability that PostgreSQL's account is left with. */
function compressed(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

try {
  if (task === 'store') store()
  else fetch()
} catch (error) {
  console.error(String(error))
  process.exit(1)
}
