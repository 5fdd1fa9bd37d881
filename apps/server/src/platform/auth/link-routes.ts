import * as session from '@zhike/contract/platform/session.ts'
import { type Route, route } from '../http/route.ts'
import { refuseCrossSite } from './cross-site.ts'
import { markUsed, openLink } from './links.ts'
import { refuseWeak, setPassword } from './passwords.ts'
import type { SessionParts } from './session-routes.ts'
import { signsFor } from './signs-for.ts'
import { addressKey } from './throttle.ts'

/** What somebody does with the link that an administrator has handed them. */
export function linkRoutes({ throttle, publicUrl, forget }: SessionParts): Route[] {
  return [
    route(
      session.readLink,
      async ({ tx, request, body, now }) => {
        refuseCrossSite(request, publicUrl)
        const attempt = await throttle.take('address', addressKey(request.ip))
        const { kind, name, email, expiresAt } = await openLink(tx, body.token, now)
        await attempt.giveBack()
        return { kind, name, email, expiresAt: expiresAt.toISOString() }
      },
      { quiet: true },
    ),
    route(
      session.useLink,
      async ({ tx, request, body, now, note, afterCommit }) => {
        refuseCrossSite(request, publicUrl)
        const attempt = await throttle.take('address', addressKey(request.ip))
        const link = await openLink(tx, body.token, now)
        await attempt.giveBack()
        const name = link.kind === 'invitation' ? (body.name ?? link.name) : link.name
        refuseWeak(body.password, [link.email, name])
        await setPassword(tx, link.userId, body.password)
        await markUsed(tx, link, now)
        await tx`update users set name = ${name}, joined_at = coalesce(joined_at, ${now}), version = version + 1 where id = ${link.userId}`
        await tx`delete from auth_session where user_id = ${link.userId}`
        await signsFor(tx, link.userId, 'session')
        note({ action: `link.use-${link.kind}`, object: 'users', objectId: link.userId })
        afterCommit(() => forget(link.userId))
        return { email: link.email }
      },
      { action: 'link.use' },
    ),
  ]
}
