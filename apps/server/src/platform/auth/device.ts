import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The cookie that says who has signed in with this browser before proves nothing else and opens nothing. */
export const deviceSeconds = 180 * 24 * 60 * 60
/** People who share one browser. */
const mostPeople = 8

interface Known {
  userId: string
  device: string
}

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(`device:${text}`).digest('base64url')

/** The people that this browser is known to, as the cookie says with our signature. */
function readCookie(cookie: string | undefined, secret: string): Known[] {
  return (cookie ?? '').split('~').flatMap((entry) => {
    const [userId = '', device = '', signature = ''] = entry.split('.')
    const expected = Buffer.from(sign(secret, `${userId}.${device}`))
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected) ? [{ userId, device }] : []
  })
}

/** The mark that this browser got when `userId` signed in with it; undefined in a browser that is strange to them. */
export const knownDevice = (cookie: string | undefined, userId: string, secret: string): string | undefined =>
  readCookie(cookie, secret).find((known) => known.userId === userId)?.device

/** The cookie after `userId` has signed in: a new mark for them, the others' kept. */
export function markDevice(cookie: string | undefined, userId: string, secret: string): string {
  const others = readCookie(cookie, secret).filter((known) => known.userId !== userId)
  const mark = { userId, device: randomBytes(12).toString('base64url') }
  return [mark, ...others]
    .slice(0, mostPeople)
    .map((known) => `${known.userId}.${known.device}.${sign(secret, `${known.userId}.${known.device}`)}`)
    .join('~')
}
