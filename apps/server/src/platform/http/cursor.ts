import { z } from 'zod'
import { fieldProblem } from './problem.ts'

/** The place in a list behind which the next page begins: the sort values of the last row. Opaque to the caller. */
export const writeCursor = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url')

/**
 * Reads the cursor that a caller gives back; undefined without one.
 * @param mark what the cursor must begin with: the name of the query that it is of
 * @throws Problem `invalid-request` naming `query.after` when it is none of ours
 */
export function readCursor<T extends z.ZodType>(after: string | undefined, schema: T, mark?: string): z.output<T> | undefined {
  if (after === undefined) return undefined
  const parsed = schema.safeParse(parseJson(Buffer.from(after, 'base64url').toString('utf8')))
  if (!parsed.success || (mark !== undefined && (parsed.data as unknown[])[0] !== mark)) throw fieldProblem('query.after', 'invalid')
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
