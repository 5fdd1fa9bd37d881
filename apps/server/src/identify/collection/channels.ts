import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { refuseStale } from '../../platform/http/version.ts'
import { startJob } from '../../platform/jobs/start-job.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { trustJobType } from './trust-job.ts'

interface ChannelRow extends Omit<catalog.Channel, 'createdAt'> {
  createdAt: Date
}

const channelView = ({ createdAt, ...channel }: ChannelRow): catalog.Channel => ({ ...channel, createdAt: createdAt.toISOString() })

const columns = (tx: Tx) =>
  tx`code, name, kind, trust, trust_applied as "trustApplied", trust_job as "jobId", created_at as "createdAt", version`

const selectChannels = (tx: Tx): Promise<ChannelRow[]> => tx<ChannelRow[]>`select ${columns(tx)} from channel order by id`

/** @throws Problem `channel-not-found`, `version-required`, `edit-conflict` */
async function editChannel(
  tx: Tx,
  actor: Actor,
  code: string,
  expected: number | undefined,
  change: { name?: string | undefined; trust?: number | undefined },
): Promise<ChannelRow> {
  const [now] = await tx<ChannelRow[]>`select ${columns(tx)} from channel where code = ${code} for update`
  if (!now) throw new Problem('channel-not-found')
  refuseStale(expected, now.version)
  const { name = now.name, trust = now.trust } = change
  // Saying the same trust again goes on where a job was broken off.
  const brokenOff = change.trust !== undefined && !now.trustApplied && now.jobId === null
  const started = trust !== now.trust || brokenOff ? await startJob(tx, trustJobType, { channel: code }, actor) : undefined
  const [row] = await tx<ChannelRow[]>`
    update channel set name = ${name}, trust = ${trust}, trust_applied = trust_applied and ${started === undefined},
           trust_job = coalesce(${started ?? null}, trust_job), version = version + 1
     where code = ${code}
    returning ${columns(tx)}`
  return row as ChannelRow
}

/** The API of the registered sources. */
export const channelRoutes: Route[] = [
  route(catalog.listChannels, async ({ tx }) => ({ items: (await selectChannels(tx)).map(channelView) })),
  route(
    catalog.createChannel,
    async ({ tx, body, note }) => {
      const [row] = await tx<ChannelRow[]>`
        insert into channel (code, name, kind, trust) values (${body.code}, ${body.name}, ${body.kind}, ${body.trust})
        on conflict do nothing
        returning ${columns(tx)}`
      if (!row) throw new Problem('channel-code-taken')
      note({ objectId: body.code })
      return channelView(row)
    },
    { action: 'channel.create' },
  ),
  route(
    catalog.editChannel,
    async ({ tx, actor, params, body, expectedVersion, note }) => {
      note({ objectId: params.code, details: body })
      return channelView(await editChannel(tx, actor, params.code, expectedVersion, body))
    },
    { action: 'channel.edit' },
  ),
]
