import type { Job } from '@zhike/contract/platform/jobs.ts'
import type { Text } from './text.ts'

/** What the exit code says. */
export const exitCodes = {
  ok: 0,
  usage: 1,
  refused: 2,
  unreachable: 3,
  jobFailed: 4,
  cancelled: 5,
  rowsFailed: 6,
} as const

/** The call cannot be understood, or not be followed without a doubt; nothing was written. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
  readonly text: Text
  readonly values: Record<string, unknown>

  constructor(text: Text, values: Record<string, unknown> = {}) {
    super(text.en)
    this.text = text
    this.values = values
  }
}

/** The job that was waited for ended without its result. */
export class JobEnded extends Error {
  override readonly name = 'JobEnded'
  readonly job: Job

  constructor(job: Job) {
    super(`The job ${job.id} ${job.state}`)
    this.job = job
  }
}
