import { createHash, randomBytes } from 'node:crypto'
import { newId } from '../../src/platform/database/ids.ts'
import type { TestServer, TestUser } from '../harness.ts'

export interface OpenedSession {
  id: string
  /** What the browser sends as `cookie`. */
  cookie: string
}

/** A session of somebody, as if they had signed in with a password just now. */
export async function sessionOf({ owner }: TestServer, { id: userId }: TestUser): Promise<OpenedSession> {
  const token = randomBytes(24).toString('base64url')
  const id = newId()
  await owner`insert into auth_session (id, user_id, token, expires_at)
    values (${id}, ${userId}, ${createHash('sha256').update(token).digest('hex')}, now() + interval '1 day')`
  return { id, cookie: `zhike_session=${token}.signature` }
}
