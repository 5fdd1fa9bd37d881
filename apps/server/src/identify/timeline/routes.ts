import * as customers from '@zhike/contract/identify/customers.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { readHistory } from './history.ts'
import { readTimeline } from './timeline.ts'

export const timelineRoutes: Route[] = [
  route(customers.timeline, ({ tx, actor, params, query }) => readTimeline(tx, actor, params.id, query), { plans: 'kept', asks: 'once' }),
  route(customers.history, ({ tx, actor, params, query }) => readHistory(tx, actor, params.id, query.limit ?? 50), {
    plans: 'kept',
    asks: 'once',
  }),
]
