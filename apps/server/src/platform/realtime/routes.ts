import { events } from '@zhike/contract/platform/jobs.ts'
import { localeFrom } from '@zhike/contract/texts/locale.ts'
import type { FastifyRequest } from 'fastify'
import type { Database } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { readActiveJobs } from '../jobs/job-view.ts'
import type { Actor } from '../permissions/principal.ts'
import type { EventHub } from './event-hub.ts'
import { eventText, openEventStream } from './event-stream.ts'

/** Windows of one person. */
const mostStreams = 20

export interface EventRouteOptions {
  database: Database
  hub: EventHub
  authenticate: (request: FastifyRequest) => Promise<Actor | undefined>
}

export const createEventRoutes = ({ database, hub, authenticate }: EventRouteOptions): Route[] => [
  route(
    events,
    async ({ actor, request, reply }) => {
      if (hub.countOf(actor.userId) >= mostStreams) throw new Problem('too-many-requests', { seconds: 10 })
      const locale = localeFrom(request.headers['accept-language'])
      const headers = reply.getHeaders()
      reply.hijack()
      const stream = openEventStream(reply.raw, headers)
      hub.add({ actor, locale, stream, authenticate: () => authenticate(request) })
      // What goes on already; from here on every change is told.
      for (const job of await readActiveJobs(database.system, actor.userId, locale)) stream.send(`job ${job.id}`, eventText('job', job))
    },
    { transaction: 'own' },
  ),
]
