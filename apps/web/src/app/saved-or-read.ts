import { RequestProblem } from '@zhike/contract/client.ts'

/**
 * Saves against the version that was read. When somebody was faster, their version is read before the problem is told, so that
 * what is typed can be saved again on top of it.
 */
export async function savedOrRead<T>(save: () => Promise<T>, readAnew: () => Promise<unknown>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    if (error instanceof RequestProblem && error.problem === 'edit-conflict') await readAnew()
    throw error
  }
}
