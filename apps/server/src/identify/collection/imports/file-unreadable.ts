import { fileProblemTexts } from '@zhike/contract/texts/import-problems.ts'
import { fill } from '@zhike/contract/texts/locale.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { FileProblem } from '../files/file-problem.ts'

/** The problem that tells a person why their file cannot be read. */
export function fileUnreadable({ code, values }: FileProblem): Problem {
  const text = (fileProblemTexts as Record<string, { zh: string; en: string }>)[code]
  return new Problem('file-unreadable', { code, reason: text ? { zh: fill(text.zh, values), en: fill(text.en, values) } : code })
}
