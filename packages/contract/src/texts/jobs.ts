import type { z } from 'zod'
import type { JobState } from '../platform/jobs.ts'
import type { Locale } from './locale.ts'

const states: Record<z.infer<typeof JobState>, Record<Locale, string>> = {
  waiting: { zh: '排队中', en: 'Waiting' },
  running: { zh: '进行中', en: 'Running' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '失败', en: 'Failed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

/** The state of a job, in words. */
export const jobStateText = (state: z.infer<typeof JobState>, locale: Locale): string => states[state][locale]
