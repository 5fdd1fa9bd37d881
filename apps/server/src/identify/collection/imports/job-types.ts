import { z } from 'zod'

const input = z.strictObject({ importId: z.uuid() })

/** Names and inputs of the import's jobs, for those who start them; `jobs.ts` holds what they do. */
export const importJobType = { kind: 'import', input } as const
export const undoJobType = { kind: 'import-undo', input } as const
