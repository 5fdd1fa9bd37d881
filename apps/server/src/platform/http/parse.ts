import type { z } from 'zod'
import { type FieldIssue, Problem } from './problem.ts'

/** Parses one part of a request; what does not fit becomes field problems named after the part: `body.values.phone`. */
export function parsePart(schema: z.ZodType | undefined, part: 'params' | 'query' | 'body', value: unknown): unknown {
  if (!schema) {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
    if (part !== 'params' && keys.length > 0) {
      throw new Problem(
        'invalid-request',
        {},
        keys.slice(0, 20).map((key) => ({ field: `${part}.${key}`, code: 'unknown_key' })),
      )
    }
    return undefined
  }
  const bad = part === 'params' ? undefined : unstorable(value, part)
  if (bad) throw new Problem('invalid-request', {}, [bad])
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Problem(
    'invalid-request',
    {},
    result.error.issues.slice(0, 50).flatMap((issue) => fieldIssues(issue, part)),
  )
}

function fieldIssues(issue: z.core.$ZodIssue, part: string): FieldIssue[] {
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

/** No schema is nested as deeply, and what goes through a value by calling itself must not run out of stack. */
const deepest = 40

/** The first text that no engine can keep, with NUL or with half a surrogate pair; or where a value is nested too deeply. */
function unstorable(value: unknown, path: string, depth = 0): FieldIssue | undefined {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed() ? { field: path, code: 'text_not_allowed' } : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === deepest) return { field: path, code: 'invalid' }
  for (const [key, inner] of Object.entries(value)) {
    const bad = unstorable(key, `${path}.${key.toWellFormed().replaceAll('\0', '')}`) ?? unstorable(inner, `${path}.${key}`, depth + 1)
    if (bad) return bad
  }
  return undefined
}
