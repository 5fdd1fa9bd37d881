import { z } from 'zod'
import { Problem } from '../http/problem.ts'

const Cursor = z.tuple([z.string(), z.array(z.union([z.string().max(400), z.number(), z.null()])).max(8)])
export type CursorValue = string | number | null

/** The place behind which the next page of a list begins: the last row's sort values, and which list they belong to. */
export function encodeCursor(list: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([list, values])).toString('base64url')
}

/** @throws Problem when it is no cursor of this list */
export function decodeCursor(text: string, list: string): CursorValue[] {
  try {
    const [of, values] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (of === list) return values
  } catch {
    // answered below, like a cursor of another list
  }
  throw new Problem('invalid-request', {}, [{ field: 'query.after', code: 'invalid' }])
}
