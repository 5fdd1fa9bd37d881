import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { type Route, route } from '../../platform/http/route.ts'

interface ChannelRow extends Omit<catalog.Channel, 'createdAt'> {
  createdAt: Date
}

const channelView = ({ createdAt, ...channel }: ChannelRow): catalog.Channel => ({ ...channel, createdAt: createdAt.toISOString() })

const selectChannels = (tx: Tx): Promise<ChannelRow[]> => tx<ChannelRow[]>`
  select code, name, kind, trust, created_at as "createdAt" from channel order by id`

/** The API of the registered sources. */
export const channelRoutes: Route[] = [
  route(catalog.listChannels, async ({ tx }) => ({ items: (await selectChannels(tx)).map(channelView) })),
  route(catalog.createChannel, async ({ tx, body, note }) => {
    const [row] = await tx<ChannelRow[]>`
      insert into channel (code, name, kind, trust) values (${body.code}, ${body.name}, ${body.kind}, ${body.trust})
      on conflict do nothing
      returning code, name, kind, trust, created_at as "createdAt"`
    if (!row) throw new Problem('channel-code-taken')
    note({ objectId: body.code })
    return channelView(row)
  }),
]
