import type { z } from 'zod'

/** A field that is wrong, before its text is written in the reader's language. */
export interface FieldIssue {
  field: string
  code: string
  /** What the text needs: limits, allowed values. */
  values?: Record<string, unknown>
}

/** What a schema found wrong, named after the part of the request and the path in it: `body.values.phone`. */
export function fieldIssues(issue: z.core.$ZodIssue, part: string): FieldIssue[] {
  const field = [part, ...issue.path.map(String)].join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ field: `${field}.${key}`, code: 'unknown_key' }))
    case 'too_small':
      return [{ field, code: `too_small_${sizeOf(issue.origin)}`, values: { minimum: Number(issue.minimum) } }]
    case 'too_big':
      return [{ field, code: `too_big_${sizeOf(issue.origin)}`, values: { maximum: Number(issue.maximum) } }]
    case 'invalid_value':
      return [{ field, code: 'not_one_of', values: { allowed: issue.values.map(String).join(', ') } }]
    case 'invalid_format':
      return [{ field, code: 'wrong_format', values: { format: issue.format } }]
    case 'invalid_type':
      return [{ field, code: issue.input === undefined ? 'required' : 'wrong_type', values: { expected: issue.expected } }]
    default:
      return [{ field, code: 'invalid' }]
  }
}

const sizeOf = (origin: string) => (origin === 'string' ? 'text' : origin === 'array' || origin === 'set' ? 'list' : 'number')
