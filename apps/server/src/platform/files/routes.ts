import type { MultipartFile } from '@fastify/multipart'
import { download, type StoredFile, upload } from '@zhike/contract/platform/files.ts'
import type { FastifyRequest } from 'fastify'
import { audit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { fieldProblem, Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { whileAllowed } from '../http/while-allowed.ts'
import type { Actor } from '../permissions/principal.ts'
import { actorTransaction } from '../permissions/transaction.ts'
import { attachment, safeFileName, safeMediaType } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import { requireContent } from './own-file.ts'

export interface FileRouteOptions {
  database: Database
  files: FileStore
  /** Bytes. */
  limit: number
}

interface Received {
  id: string
  name: string
  mediaType: string
  bytes: number
  sha256: Buffer
}

export const createFileRoutes = ({ database, files, limit }: FileRouteOptions): Route[] => [
  route(
    upload,
    async ({ actor, request, once }) => {
      const received = await receive(request, files, limit)
      const { name, mediaType, sha256 } = received
      try {
        const stored = await actorTransaction(database, actor, 'import.run', (tx) =>
          once(tx, { name, mediaType, sha256: sha256.toString('hex') }, () => keep(tx, actor, received)),
        )
        // Sent once more under the same key: the first file stands for both.
        if (stored.id !== received.id) await files.remove(received.id)
        return stored
      } catch (error) {
        await files.remove(received.id)
        throw error
      }
    },
    { transaction: 'own' },
  ),
  route(
    download,
    async ({ actor, params, purpose, reply, recheck }) => {
      const file = await actorTransaction(database, actor, undefined, async (tx) => {
        const found = await files.open(tx, params.id)
        requireContent(actor, found, purpose)
        await audit(tx, { action: 'file.download', object: 'files', objectId: found.id, details: purpose ? { purpose } : {} })
        return found
      })
      whileAllowed(reply, recheck)
      await reply
        .header('content-type', file.mediaType)
        .header('content-length', file.bytes)
        .header('content-disposition', attachment(file.name))
        .send(file.read())
    },
    { transaction: 'own' },
  ),
]

/** Takes the one part `file` to disk, and refuses every other. */
async function receive(request: FastifyRequest, files: FileStore, limit: number): Promise<Received> {
  if (!request.isMultipart()) throw fieldProblem('body.file', 'required')
  let received: Received | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file' || part.fieldname !== 'file') throw fieldProblem(`body.${part.fieldname.slice(0, 60)}`, 'unknown_key')
      received = await receivePart(part, files, limit)
    }
  } catch (error) {
    if (received) await files.remove(received.id)
    const { code } = error as { code?: string }
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw new Problem('body-too-large', { limit: sizeText(limit) })
    throw isBrokenBody(error) ? fieldProblem('body.file', 'invalid') : error
  }
  if (!received) throw fieldProblem('body.file', 'required')
  return received
}

/** The parser tells a body that broke off by messages alone. */
function isBrokenBody(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || /multipart|part terminated|malformed/i.test(message ?? '')
}

async function receivePart(part: MultipartFile, files: FileStore, limit: number): Promise<Received> {
  const id = newId()
  const written = await files.save(id, part.file)
  if (part.file.truncated) {
    await files.remove(id)
    throw new Problem('body-too-large', { limit: sizeText(limit) })
  }
  return { id, name: safeFileName(part.filename), mediaType: safeMediaType(part.mimetype), ...written }
}

const sizeText = (bytes: number) => (bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / 1024 / 1024)} MiB`)

async function keep(tx: Tx, actor: Actor, { id, name, mediaType, bytes, sha256 }: Received): Promise<StoredFile> {
  const [row] = await tx<{ createdAt: Date }[]>`
    insert into stored_file (id, name, media_type, bytes, sha256, owner_id)
    values (${id}, ${name}, ${mediaType}, ${bytes}, ${sha256}, ${actor.userId}) returning created_at as "createdAt"`
  await audit(tx, { action: 'file.upload', object: 'files', objectId: id, details: { bytes } })
  return { id, name, mediaType, bytes, createdAt: (row?.createdAt ?? new Date()).toISOString() }
}
