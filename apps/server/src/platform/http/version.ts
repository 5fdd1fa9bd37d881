import { Problem } from './problem.ts'

/**
 * The version that the caller edits must be the one that is there.
 * @throws Problem `version-required` without If-Match, `edit-conflict` when somebody else was faster
 */
export function refuseStale(expected: number | undefined, current: number): void {
  if (expected === undefined) throw new Problem('version-required')
  if (expected !== current) throw new Problem('edit-conflict')
}
