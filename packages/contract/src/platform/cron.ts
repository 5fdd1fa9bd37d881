import { z } from 'zod'

/** The fields of a schedule and their ranges; 7 is Sunday as well. */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
]

/** Whether one field is a list of stars, numbers and rising ranges within its bounds, each with or without a step. */
function isField(text: string, [from, to]: readonly [number, number]): boolean {
  return text.split(',').every((part) => {
    const parts = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
    if (!parts) return false
    const first = Number(parts[1] ?? from)
    const last = Number(parts[2] ?? parts[1] ?? to)
    return first >= from && last <= to && first <= last && Number(parts[3] ?? 1) >= 1
  })
}

/** When something starts by itself: minute, hour, day of the month, month, day of the week, by the company's clock: `0 3 * * 1`. */
export const Cron = z
  .string()
  .trim()
  .max(60)
  .refine((text) => {
    const fields = text.split(/\s+/)
    return fields.length === ranges.length && fields.every((field, i) => isField(field, ranges[i] as readonly [number, number]))
  })
