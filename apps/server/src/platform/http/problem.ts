import type { FieldIssue } from '@zhike/contract/field-issues.ts'
import { type FieldProblem, type ProblemBody, type ProblemName, problems } from '@zhike/contract/problems.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { fieldProblemText, problemText } from '@zhike/contract/texts/problems.ts'

/** An expected failure. Thrown by name; it becomes a response and a log line in one place. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly problem: ProblemName
  readonly values: Record<string, unknown>
  readonly issues: readonly FieldIssue[]

  constructor(problem: ProblemName, values: Record<string, unknown> = {}, issues: readonly FieldIssue[] = []) {
    super(problem)
    this.problem = problem
    this.values = values
    this.issues = issues
  }

  get status(): number {
    return problems[this.problem].status
  }
}

/** A problem about one field of the body. */
export const fieldProblem = (field: string, code: string, values?: Record<string, unknown>): Problem =>
  new Problem('invalid-request', {}, [{ field, code, ...(values ? { values } : {}) }])

/** The body of the answer, in the caller's language. */
export function problemBody(problem: Problem, locale: Locale, requestId: string): ProblemBody {
  const values = localised(problem.values, locale)
  const { title, detail } = problemText(problem.problem, locale, { ...values, requestId })
  const errors: FieldProblem[] = problem.issues.map((issue) => ({
    field: issue.field,
    code: issue.code,
    message: fieldProblemText(issue.code, locale, issue.values ?? {}),
  }))
  return {
    type: `/problems/${problem.problem}`,
    title,
    status: problem.status,
    ...(detail ? { detail } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...values,
    requestId,
  }
}

/** A value may be a text in both languages: `{ zh, en }`. */
export function localised(values: Record<string, unknown>, locale: Locale): Record<string, unknown> {
  const pick = (value: unknown) =>
    typeof value === 'object' && value !== null && 'zh' in value && 'en' in value ? (value as Record<Locale, unknown>)[locale] : value
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pick(value)]))
}
