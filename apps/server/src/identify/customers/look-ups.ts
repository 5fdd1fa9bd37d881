import { createHash } from 'node:crypto'
import { Problem } from '../../platform/http/problem.ts'

/** Different phones and addresses that somebody who sees masks may look up within an hour: a mask leaves ten thousand to try. */
const mostAnHour = 200
const hour = 60 * 60 * 1000

/** When each value was first looked up, by person and hash; in this process. */
const lookedUp = new Map<string, Map<string, number>>()

/**
 * Counts that somebody looks a whole phone or address up which they see masked.
 * @throws Problem `too-many-requests`
 */
export function countLookUp(userId: string, value: string): void {
  const now = Date.now()
  const values = lookedUp.get(userId) ?? new Map<string, number>()
  for (const [known, at] of values) if (at < now - hour) values.delete(known)
  const hash = createHash('sha256').update(value).digest('base64')
  if (!values.has(hash)) {
    const [oldest = now] = values.values()
    if (values.size >= mostAnHour) throw new Problem('too-many-requests', { seconds: Math.ceil((oldest + hour - now) / 1000) })
    values.set(hash, now)
  }
  lookedUp.set(userId, values)
}
