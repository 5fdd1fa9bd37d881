import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'

/** A stored file, ready to be read. */
export interface OpenFile {
  id: string
  name: string
  mediaType: string
  bytes: number
  path: string
  ownerId: string
  read(): Readable
}

export interface FileStore {
  /** Writes a stream to disk for good (it survives a power cut) before anything in the database names it. */
  save(id: string, content: Readable): Promise<{ bytes: number; sha256: Buffer }>
  /** A file by its row, as far as the transaction may see it. @throws Problem `file-not-found` */
  open(tx: Tx, id: string): Promise<OpenFile>
  remove(id: string): Promise<void>
  /** Ids of the files on disk that were written before `before`, and removes what broken uploads left. */
  olderThan(before: Date): Promise<string[]>
}

/** Files in `<folder>/aa/<id>`, by the last two characters of the id. */
export function createFileStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming')
  const pathOf = (id: string) => join(folder, id.slice(-2), id)
  return {
    save: async (id, content) => {
      const part = join(incoming, id)
      const path = pathOf(id)
      await Promise.all([mkdir(incoming, { recursive: true, mode: 0o700 }), mkdir(dirname(path), { recursive: true, mode: 0o700 })])
      try {
        const written = await writeDurably(content, part)
        await rename(part, path)
        await syncFolder(dirname(path))
        return written
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    open: async (tx, id) => {
      const [row] = await tx<{ id: string; name: string; mediaType: string; bytes: number; ownerId: string }[]>`
        select id, name, media_type as "mediaType", bytes, owner_id as "ownerId" from stored_file where id = ${id}`
      if (!row) throw new Problem('file-not-found')
      const path = pathOf(row.id)
      if (!(await stat(path).catch(() => undefined))) throw new Problem('file-not-found')
      return { ...row, path, read: () => createReadStream(path) }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    olderThan: async (before) => {
      const names = await readdir(folder, { recursive: true }).catch(() => [])
      const old: string[] = []
      for (const name of names) {
        const path = join(folder, name)
        const found = await stat(path).catch(() => undefined)
        if (!found?.isFile() || found.mtime >= before) continue
        if (dirname(path) === incoming) await rm(path, { force: true })
        else old.push(name.slice(name.lastIndexOf('/') + 1))
      }
      return old
    },
  }
}

async function writeDurably(content: Readable, path: string): Promise<{ bytes: number; sha256: Buffer }> {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }))
  return { bytes, sha256: hash.digest() }
}

/** A file's name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
