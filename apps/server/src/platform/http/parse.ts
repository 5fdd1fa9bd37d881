import { type FieldIssue, fieldIssues } from '@zhike/contract/field-issues.ts'
import type { z } from 'zod'
import { Problem } from './problem.ts'

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
