import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Job } from './jobs.ts'

/** The name of a backup's folder: `20260131T080500123Z`, or `before-upgrade-from-3-…`. */
export const BackupName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/i)

/** A copy of the installation: database, files, results of analyses. */
export const Backup = z.object({
  name: z.string(),
  /** `writing`: not whole yet. `broken`: was cut short or has no manifest; of no use, and may be deleted. */
  state: z.enum(['whole', 'writing', 'broken']),
  /** Made by itself before the schema changed. */
  beforeUpgrade: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Null as long as it is not whole. */
  bytes: z.int().nullable(),
  schemaVersion: z.int().nullable(),
})
export type Backup = z.infer<typeof Backup>

export const list = endpoint({
  method: 'GET',
  path: '/backups',
  access: 'system.manage',
  summary: 'The backups in the backup folder of the server, newest first',
  reply: z.object({
    /** On the machine of the server. */
    folder: z.string(),
    items: z.array(Backup),
  }),
})

/** The job's result names the backup, its folder, its bytes and files. */
export const start = endpoint({
  method: 'POST',
  path: '/backups',
  access: 'system.manage',
  summary: 'Backs the installation up as a job while it serves; the state kept is that of the end of the copy',
  reply: Job,
  status: 202,
  problems: ['backup-external', 'backup-running'],
})

export const remove = endpoint({
  method: 'DELETE',
  path: '/backups/:name',
  access: 'system.manage',
  summary: 'Deletes a backup from the disk',
  params: z.strictObject({ name: BackupName }),
  reply: z.null(),
  status: 204,
  problems: ['backup-not-found', 'backup-running'],
})
