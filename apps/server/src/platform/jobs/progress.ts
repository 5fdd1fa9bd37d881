import type { Sql } from '../database/database.ts'
import { writeProgress } from './sql.ts'

const writeEveryMs = 200

export interface ProgressWriter {
  report(done: number, total?: number | null, stage?: string): Promise<void>
  /** Writes what is not written yet. */
  flush(): Promise<void>
}

/** Keeps the furthest progress and writes it a few times a second, beside the work's own transactions. */
export function progressWriter(sql: Sql, job: { id: string; attempt: number; done: number; total: number | null }): ProgressWriter {
  let { done, total } = job
  let stage: string | null = null
  let dirty = false
  let writtenAt = 0
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (!dirty) return writing
    dirty = false
    writtenAt = performance.now()
    const now = { done, total, stage }
    // Progress that cannot be written must not end the work: the next report tries again.
    writing = writing.then(() => writeProgress(sql, job, now)).catch(() => {})
    return writing
  }
  return {
    report: async (nextDone, nextTotal, nextStage) => {
      const stageChanged = nextStage !== undefined && nextStage !== stage
      done = Math.max(done, Math.floor(nextDone))
      if (nextTotal !== undefined) total = nextTotal === null ? null : Math.max(Math.floor(nextTotal), done)
      if (nextStage !== undefined) stage = nextStage
      dirty = true
      const wait = writeEveryMs - (performance.now() - writtenAt)
      if (stageChanged || wait <= 0) await write()
      else timer ??= setTimeout(() => void write(), wait)
    },
    flush: write,
  }
}
