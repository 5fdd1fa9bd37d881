import { setTimeout as sleep } from 'node:timers/promises'
import { RequestProblem } from '@zhike/contract/client.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import type { Context } from './command.ts'
import { exitCodes, JobEnded } from './failure.ts'
import { progressBar, progressLine } from './progress-bar.ts'

/** Between looks: short jobs are answered at once, long ones are not asked about all the time. */
const firstPauseMs = 100
const longestPauseMs = 1000
/** A server that restarts goes on with its jobs; this long we wait for it. */
const patienceMs = 60_000
const askAgainWithinMs = 10_000

/**
 * Waits for a job to be done and shows its progress. Ctrl-C cancels it: on a terminal when pressed twice, else at once.
 * @throws JobEnded when it failed or was cancelled
 */
export async function waitForJob(context: Context, id: string, title: string): Promise<jobs.Job> {
  const stopListening = cancelOnInterrupt(context, id)
  const { showsProgress } = context
  try {
    let lastAnswer = performance.now()
    for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 1.3)) {
      const job = await context.call(jobs.get, { params: { id } }).catch((error: unknown) => {
        if (!isPassing(error) || performance.now() - lastAnswer > patienceMs) throw error
        return undefined
      })
      if (job) {
        lastAnswer = performance.now()
        if (showsProgress) progressBar.show(progressLine(title, job))
        if (job.state === 'done') return job
        if (job.state === 'failed' || job.state === 'cancelled') throw new JobEnded(job)
      }
      await sleep(pause)
    }
  } finally {
    if (showsProgress) progressBar.end()
    stopListening()
  }
}

/** The server is away for a moment: restarting, or an engine is coming back. */
function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof RequestProblem && (error.body.status === 503 || error.body.status === 429))
}

/** @returns how to stop listening */
function cancelOnInterrupt({ call, say, showsProgress }: Context, id: string): () => void {
  let pressedAt = Number.NEGATIVE_INFINITY
  let asked = false
  const onInterrupt = () => {
    if (asked) process.exit(exitCodes.cancelled)
    const now = performance.now()
    if (showsProgress && now - pressedAt > askAgainWithinMs) {
      pressedAt = now
      const question = {
        zh: '要取消任务吗？再按一次 Ctrl-C 取消；不按则继续。',
        en: 'Cancel the job? Press Ctrl-C again; it goes on otherwise.',
      }
      process.stderr.write(`\n${say(question)}\n`)
      return
    }
    asked = true
    process.stderr.write(`${say({ zh: '正在取消任务…', en: 'Cancelling the job…' })}\n`)
    // A job that has just ended cannot be cancelled; the next look finds that out.
    call(jobs.cancel, { params: { id } }).catch(() => {})
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onInterrupt)
  }
}
