import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

export const StoredFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  createdAt: z.iso.datetime(),
})
export type StoredFile = z.infer<typeof StoredFile>

export const upload = endpoint({
  method: 'POST',
  path: '/files',
  access: 'import.run',
  summary: 'Stores a file (multipart/form-data, field `file`) for a later import',
  reply: StoredFile,
  bodyType: 'upload',
  status: 201,
  problems: ['body-too-large'],
})

/** For its owner; and of those who manage imports for who sees everything in clear and says why. */
export const download = endpoint({
  method: 'GET',
  path: '/files/:id/content',
  access: 'signed-in',
  summary: 'The stored file itself',
  params: z.strictObject({ id: z.uuid() }),
  reply: z.unknown(),
  replyType: 'file',
  problems: ['file-not-found', 'purpose-needed'],
})
