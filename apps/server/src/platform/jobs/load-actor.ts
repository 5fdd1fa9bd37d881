import { isKeyRevoked } from '../auth/api-keys.ts'
import type { Database } from '../database/database.ts'
import { loadPrincipal } from '../permissions/principal.ts'
import type { LoadActor } from './run-job.ts'

/** Looks up who started a job, as they are now. */
export const createLoadActor =
  ({ system }: Database): LoadActor =>
  async (userId, apiKeyId) => {
    if (apiKeyId !== null && (await isKeyRevoked(system, apiKeyId))) return undefined
    const principal = await loadPrincipal(system, userId)
    return principal && { ...principal, via: 'job', requestId: '' }
  }
