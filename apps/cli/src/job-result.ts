import type { Job } from '@zhike/contract/platform/jobs.ts'

const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const

/** A job whose `rows`, if it was an import, are those with an outcome: the server's count of what it read holds the head and blank lines, too. */
export function withCountedRows(job: Job): Job {
  const { result } = job
  if (result === null || !('rows' in result)) return job
  const counts = outcomes.map((name) => result[name]).filter((value) => typeof value === 'number')
  if (counts.length < outcomes.length) return job
  return { ...job, result: { ...result, rows: counts.reduce((sum, value) => sum + value, 0) } }
}
