import { z } from 'zod'

/** A number in a query string. */
export const queryInt = (min: number, max: number) =>
  z.codec(z.string().regex(/^-?\d{1,15}$/), z.int().min(min).max(max), { decode: Number, encode: String })

/** A yes or no in a query string. */
export const queryFlag = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (flag) => (flag ? 'true' : 'false'),
})

/** Ids in a query string, with commas between. */
export const queryIds = (most: number) =>
  z.codec(z.string().max(most * 37), z.array(z.uuid()).min(1).max(most), {
    decode: (text) => text.split(','),
    encode: (ids) => ids.join(','),
  })

/** A JSON document in a query string, such as a filter. */
export const queryJson = <T extends z.ZodType>(schema: T) =>
  z.codec(z.string().max(8000), schema, {
    decode: (text, context) => {
      try {
        return JSON.parse(text)
      } catch {
        context.issues.push({ code: 'invalid_format', format: 'json', input: text })
        return z.NEVER
      }
    },
    encode: (value) => JSON.stringify(value),
  })

/** How a list is paged: `after` is the `next` of the page before; opaque to the caller. */
export const pageQuery = {
  after: z.string().max(2000).optional(),
  limit: queryInt(1, 200).optional(),
}

/** A page of a list. `next` is null on the last one. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
