import { randomFillSync } from 'node:crypto'

let lastMillisecond = 0
let sequence = 0
const random = Buffer.alloc(4096)
let used = random.length

/**
 * A UUID of version 7 (RFC 9562): ordered by time, with a 12-bit counter within a millisecond, so that ids made by one process
 * in a row are in order and new rows land at the end of an index.
 */
export function newId(): string {
  const now = Date.now()
  if (now > lastMillisecond) {
    lastMillisecond = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    // The counter is full: borrow the next millisecond rather than wait for it.
    lastMillisecond++
    sequence = 0
  }
  if (used + 8 > random.length) {
    randomFillSync(random)
    used = 0
  }
  const tail = random.toString('hex', used, used + 8)
  used += 8
  const time = lastMillisecond.toString(16).padStart(12, '0')
  const variant = (0x8 | (Number.parseInt(tail[0] ?? '0', 16) & 0x3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}
