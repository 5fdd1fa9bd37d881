import { BackupName } from '@zhike/contract/platform/backups.ts'
import { z } from 'zod'

export const backupKind = 'backup'

/** Starts a backup of this name; known apart from what it does, so that routes can start it. */
export const backupJobType = { kind: backupKind, input: z.strictObject({ name: BackupName }) } as const
