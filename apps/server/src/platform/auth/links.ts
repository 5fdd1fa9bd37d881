import type { Link } from '@zhike/contract/platform/users.ts'
import type { Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { newToken, tokenHash } from './token.ts'

export type LinkKind = 'invitation' | 'reset'

const hour = 60 * 60 * 1000
const lifetime: Record<LinkKind, number> = { invitation: 72 * hour, reset: 24 * hour }

/**
 * A link by which somebody chooses a password, once. Older ones of the same person stop. The token stands behind the `#`,
 * which browsers do not send: it is in no log of a server or proxy.
 */
export async function createLink(
  tx: Tx,
  wish: { userId: string; kind: LinkKind; createdBy: string; now: Date; publicUrl: string },
): Promise<Link> {
  const token = newToken()
  const expiresAt = new Date(wish.now.getTime() + lifetime[wish.kind])
  await tx`update auth_link set used_at = ${wish.now} where user_id = ${wish.userId} and used_at is null`
  await tx`insert into auth_link (id, user_id, kind, hash, expires_at, created_by)
    values (${newId()}, ${wish.userId}, ${wish.kind}, ${tokenHash(token)}, ${expiresAt}, ${wish.createdBy})`
  return { url: `${wish.publicUrl}/link#${token}`, expiresAt: expiresAt.toISOString() }
}

export interface OpenLink {
  id: string
  kind: LinkKind
  userId: string
  name: string
  email: string
  expiresAt: Date
}

/**
 * The person and purpose of a link that still works; held, so that it is used once.
 * @throws Problem `link-expired` for every link that does not: unknown, used, replaced, too old
 */
export async function openLink(tx: Tx, token: string, now: Date): Promise<OpenLink> {
  const [link] = await tx<OpenLink[]>`
    select l.id, l.kind, l.user_id as "userId", u.name, u.email, l.expires_at as "expiresAt"
      from auth_link l
      join users u on u.id = l.user_id
     where l.hash = ${tokenHash(token)} and l.used_at is null and l.expires_at > ${now} and u.disabled_at is null
       for update of l`
  if (!link) throw new Problem('link-expired')
  return link
}

export async function markUsed(tx: Tx, link: OpenLink, now: Date): Promise<void> {
  await tx`update auth_link set used_at = ${now} where id = ${link.id}`
}
