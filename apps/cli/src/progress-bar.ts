import type { Job } from '@zhike/contract/platform/jobs.ts'

const width = 30

/** How far a job is, as one line: `RFM ██████░░░░ 61 %  labels`. Without a known end, what is done. */
export function progressLine(title: string, { done, total, stage }: Pick<Job, 'done' | 'total' | 'stage'>): string {
  const end = stage === null ? '' : `  ${stage}`
  if (total === null || total <= 0) return `${title}  ${done === 0 ? '…' : done}${end}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * width)
  return `${title} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(share * 100)).padStart(3)} %${end}`
}

/** One line that is written over again and again, on the error output. */
export const progressBar = {
  show: (line: string): void => void process.stderr.write(`\r\x1b[K${line}`),
  end: (): void => void process.stderr.write('\r\x1b[K'),
}
