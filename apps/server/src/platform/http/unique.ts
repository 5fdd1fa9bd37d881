import type { ProblemName } from '@zhike/contract/problems.ts'
import { Problem } from './problem.ts'

/** Waits for a statement and names the problem when another row already has what must be unique. */
export async function uniqueOr<T>(statement: PromiseLike<T>, problem: ProblemName, values: Record<string, unknown> = {}): Promise<T> {
  try {
    return await statement
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw new Problem(problem, values)
    throw error
  }
}
