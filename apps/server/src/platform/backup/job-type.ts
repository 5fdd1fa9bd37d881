import { BackupName } from '@zhike/contract/platform/backups.ts'
import { z } from 'zod'

export const backupKind = 'backup'

/** Starts a backup of this name; known apart from what it does, so that routes can start it. */
export const backupJobType = {
  kind: backupKind,
  input: z.strictObject({
    /** By default the moment when the job was made. */
    name: BackupName.optional(),
    /** Afterwards only so many are kept, those before an upgrade aside. */
    keep: z.int().min(1).optional(),
  }),
} as const

export type BackupInput = z.infer<typeof backupJobType.input>

/** The name of a backup's folder: that of its input, else the moment in the job's id, so that another attempt has the same. */
export function backupName(job: { id: string; input: BackupInput }): string {
  return job.input.name ?? nameAt(new Date(Number.parseInt(job.id.replaceAll('-', '').slice(0, 12), 16)))
}

/** `20260131T080500123Z` */
export const nameAt = (moment: Date): string => moment.toISOString().replaceAll(/[-:.]/g, '')
